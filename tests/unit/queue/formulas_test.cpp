#include <gtest/gtest.h>

#include <array>
#include <cmath>

#include "server/queue/formulas/delay.hpp"
#include "server/queue/formulas/erlang.hpp"
#include "server/queue/formulas/offered_load.hpp"
#include "server/queue/formulas/priority.hpp"
#include "server/queue/formulas/session.hpp"

// The published values stand in tests/unit/twin/checks_test.cpp; here: what must hold between them.
namespace matanai::queue {
namespace {

TEST(ErlangB, KnownBySum) {
  double sum = 0, term = 1;
  for (int k = 0; k <= 6; ++k, term *= 4.2 / k) sum += term;
  EXPECT_NEAR(erlang_b(6, 4.2), term * 7 / 4.2 / sum, 1e-14);
  EXPECT_EQ(erlang_b(0, 3), 1);
}

TEST(ErlangC, WaitsAreExponential) {
  const MarkovQueue queue{3, 2.7, 1};
  EXPECT_NEAR(queue.wait_exceeds(0), queue.delay_probability(), 1e-15);
  EXPECT_NEAR(queue.wait_exceeds(2), queue.delay_probability() * std::exp(-0.6), 1e-14);
  EXPECT_EQ(allen_cunneen_wait(queue, 1, 1), queue.mean_wait());
  EXPECT_EQ(allen_cunneen_wait(queue, 1, 0), queue.mean_wait() / 2);
}

TEST(ErlangC, AnOverloadWaitsForEver) {
  const MarkovQueue queue{2, 2, 1};
  EXPECT_EQ(queue.delay_probability(), 1);
  EXPECT_TRUE(std::isinf(queue.mean_wait()));
  EXPECT_EQ(queue.wait_exceeds(100), 1);
}

TEST(ErlangA, WithoutPatienceIsErlangC) {
  const MarkovQueue queue{5, 4.5, 1};
  const auto patient = erlang_a(queue, 1e-9);
  EXPECT_NEAR(patient.delay_probability, queue.delay_probability(), 1e-6);
  EXPECT_NEAR(patient.mean_wait, queue.mean_wait(), 1e-5);
}
TEST(ErlangA, PatienceAsLongAsServiceIsAPoissonNumber) {
  // Everybody leaves at rate 1, in line or at a window: M/M/∞.
  const auto result = erlang_a({2, 3, 1}, 1);
  EXPECT_NEAR(result.delay_probability, 1 - std::exp(-3.0) * (1 + 3), 1e-12);
}

TEST(HalfinWhitt, ThereAndBack) {
  for (const double delay : {.99, .5, .1, .001})
    EXPECT_NEAR(halfin_whitt_delay(halfin_whitt_beta(delay)), delay, 1e-12);
  EXPECT_EQ(square_root_windows(100, 0.5), 105);
  EXPECT_EQ(square_root_windows(0, 0.5), 1);
}

TEST(Staffing, TheLeastNumberThatKeepsTheTarget) {
  const int windows = windows_for_target(20, 0.1, 10, 0.2);
  EXPECT_LE((MarkovQueue{windows, 20, 0.1}.wait_exceeds(10)), 0.2);
  EXPECT_GT((MarkovQueue{windows - 1, 20, 0.1}.wait_exceeds(10)), 0.2);
}

TEST(Priority, OneClassIsErlangC) {
  EXPECT_NEAR(priority_waits(4, 1, std::array{3.5})[0], (MarkovQueue{4, 3.5, 1}.mean_wait()),
              1e-12);
}
TEST(Priority, ConservesTheWaitOfThreeClasses) {
  const std::array arrivals{0.5, 1.2, 2.0};
  const auto waits = priority_waits(4, 1, arrivals);
  EXPECT_NEAR(conserved_wait(arrivals, waits), (MarkovQueue{4, 3.7, 1}.mean_wait()), 1e-12);
}
TEST(Accumulating, BetweenFirstComeAndAbsolute) {
  const auto equal = accumulating_waits(3, 1, 1.2, 1.5, 1);
  EXPECT_NEAR(equal.high, equal.low, 1e-12);
  const auto absolute = accumulating_waits(3, 1, 1.2, 1.5, 0);
  const auto classes = priority_waits(3, 1, std::array{1.2, 1.5});
  EXPECT_NEAR(absolute.high, classes[0], 1e-12);
  EXPECT_NEAR(absolute.low, classes[1], 1e-12);
}

TEST(Delay, PatienceShortensTheLine) {
  EXPECT_EQ(queue_length_wait(4, 5, 0.2), 5);
  EXPECT_NEAR(queue_length_wait(2, 4, 0.25, 0.5), 1 + 1 / 1.5 + 0.5, 1e-15);
  EXPECT_EQ(queue_length_wait(2, 4, 0.25, 0), queue_length_wait(2, 4, 0.25));
}

TEST(OfferedLoad, InTheLongRunIsLittlesLaw) {
  const ServiceTime service{10.25, std::sqrt(0.76)};
  const std::array<double, 40> rates = [] {
    std::array<double, 40> all{};
    all.fill(0.6);
    return all;
  }();
  EXPECT_NEAR(offered_load(rates, 15, service, 600), 0.6 * 10.25, 1e-6);
  EXPECT_EQ(offered_load(rates, 15, service, 0), 0);
  EXPECT_LT(offered_load(rates, 15, service, 620), offered_load(rates, 15, service, 601));
}
TEST(OfferedLoad, OfAConstantServiceIsThoseOfItsLength) {
  const ServiceTime service{12, 0};
  const std::array rates{1.0, 3.0};
  EXPECT_NEAR(offered_load(rates, 15, service, 20), 7 * 1.0 + 5 * 3.0, 1e-12);
}
TEST(OfferedLoad, PartialMeanAgreesWithItsIntegral) {
  const ServiceTime service{10, 0.8};
  double sum = 0;
  for (double u = 0.005; u < 25; u += 0.01)
    sum += 0.01 * 0.5 * std::erfc((std::log(u) - service.mu()) / service.sigma() / std::sqrt(2.0));
  EXPECT_NEAR(mean_up_to(service, 25), sum, 1e-4);
}

TEST(Session, TwoByHand) {
  // The second comes one service later and finds the first still there with probability 1/e.
  const auto result = appointment_session(std::array{1, 1});
  EXPECT_NEAR(result.mean_wait, std::exp(-1.0) / 2, 1e-15);
  EXPECT_NEAR(result.end, 1 + std::exp(-1.0) + 1, 1e-15);
}

}  // namespace
}  // namespace matanai::queue
