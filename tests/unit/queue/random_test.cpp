#include "server/queue/model/random.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "server/queue/model/service_time.hpp"

namespace matanai::queue {
namespace {

TEST(Random, TheSameQuestionGetsTheSameAnswer) {
  EXPECT_EQ(stream(1, 2, 3, Purpose::arrival).bits(), stream(1, 2, 3, Purpose::arrival).bits());
  EXPECT_NE(stream(1, 2, 3, Purpose::arrival).bits(), stream(1, 2, 3, Purpose::patience).bits());
  EXPECT_NE(stream(1, 2, 3, Purpose::arrival).bits(), stream(1, 3, 2, Purpose::arrival).bits());
}

// Published to 16 digits: Wichura 1988 gives these three as a check of the algorithm.
TEST(NormalQuantile, AgreesWithItsPaper) {
  EXPECT_NEAR(normal_quantile(0.25), -0.6744897501960817, 1e-15);
  EXPECT_NEAR(normal_quantile(0.001), -3.090232306167814, 1e-14);
  EXPECT_NEAR(normal_quantile(1e-20), -9.262340089798408, 1e-13);
}
TEST(NormalQuantile, IsTheInverseOfTheDistribution) {
  for (double z = -6; z <= 6; z += 0.01) EXPECT_NEAR(normal_quantile(normal_cdf(z)), z, 1e-7) << z;
}

struct Moments {
  double mean = 0;
  double variance = 0;
};
template <class Draw>
Moments moments(const Draw& draw) {
  constexpr int kDraws = 400000;
  double sum = 0;
  double squares = 0;
  for (int i = 0; i < kDraws; ++i) {
    const double x = draw();
    sum += x;
    squares += x * x;
  }
  const double mean = sum / kDraws;
  return {mean, squares / kDraws - mean * mean};
}

TEST(Random, MomentsOfEachDistribution) {
  auto random = stream(5, 0, 0, Purpose::search);
  const auto uniform = moments([&] { return random.uniform(); });
  EXPECT_NEAR(uniform.mean, 0.5, 0.003);
  EXPECT_NEAR(uniform.variance, 1.0 / 12, 0.001);
  const auto exponential = moments([&] { return random.exponential(); });
  EXPECT_NEAR(exponential.mean, 1, 0.01);
  EXPECT_NEAR(exponential.variance, 1, 0.03);
  const auto normal = moments([&] { return random.normal(); });
  EXPECT_NEAR(normal.mean, 0, 0.01);
  EXPECT_NEAR(normal.variance, 1, 0.02);
  for (const double shape : {0.4, 1.0, 9.0}) {
    const auto gamma = moments([&] { return random.gamma(shape); });
    EXPECT_NEAR(gamma.mean, shape, 0.015 * shape + 0.01);
    EXPECT_NEAR(gamma.variance, shape, 0.03 * shape + 0.01);
  }
  for (const double mean : {0.3, 7.0, 40.0}) {
    const auto poisson = moments([&] { return static_cast<double>(random.poisson(mean)); });
    EXPECT_NEAR(poisson.mean, mean, 0.01 * mean + 0.01);
    EXPECT_NEAR(poisson.variance, mean, 0.03 * mean + 0.01);
  }
}

TEST(DurationTable, HasTheMeanAndSpreadOfItsDistribution) {
  const ServiceTime time{20, 0.5};
  const DurationTable table(time);
  auto random = stream(6, 0, 0, Purpose::service_time);
  const auto drawn =
      moments([&] { return static_cast<double>(table.at(random.uniform()).count()) / 60000; });
  EXPECT_NEAR(drawn.mean, 20, 0.05);
  EXPECT_NEAR(std::sqrt(drawn.variance) / drawn.mean, 0.5, 0.01);
}
TEST(DurationTable, TheRestOfAServiceIsConditionalOnWhatHasPassed) {
  const DurationTable table(ServiceTime{10, 0.6});
  const Millis elapsed = Minutes(8);
  const double share = table.share_below(elapsed);
  auto random = stream(6, 1, 0, Purpose::service_time);
  double sum = 0;
  int count = 0;
  for (int i = 0; i < 400000; ++i) {  // the same by throwing away what would have ended
    const auto whole = table.at(random.uniform());
    if (whole <= elapsed) continue;
    sum += static_cast<double>((whole - elapsed).count());
    ++count;
  }
  const auto rest = moments(
      [&] { return static_cast<double>(table.rest(elapsed, share, random.uniform()).count()); });
  EXPECT_NEAR(rest.mean / (sum / count), 1, 0.01);
}
TEST(DurationTable, AServiceLongerThanEverKnownEndsAtOnce) {
  const DurationTable table(ServiceTime{10, 0});
  EXPECT_EQ(table.rest(Minutes(30), table.share_below(Minutes(30)), 0.5), Millis(0));
}
TEST(ServiceTime, LogParametersAndMomentsAreTwoFormsOfOne) {
  const ServiceTime time{15, 0.4};
  const auto back = ServiceTime::from_log(time.mu(), time.sigma());
  EXPECT_NEAR(back.mean_minutes, 15, 1e-9);
  EXPECT_NEAR(back.cv, 0.4, 1e-9);
}

}  // namespace
}  // namespace matanai::queue
