#include "server/queue/station/classic_estimators.hpp"

#include <gtest/gtest.h>

#include "server/queue/formulas/delay.hpp"

namespace matanai::queue {
namespace {

double of(const std::array<double, kEstimators>& all, Estimator one) {
  return all[static_cast<std::size_t>(one)];
}

TEST(ClassicEstimators, OfALineThatIsSeen) {
  ClassicEstimators estimators({.windows = 4, .rate = 0.5, .arrivals = 1.8, .mean_wait = 7});
  const auto told = estimators.estimate({.ahead = 5, .les = 2, .hol = 3, .rcs = 1});
  EXPECT_EQ(of(told, Estimator::ql), 3);
  EXPECT_EQ(of(told, Estimator::qlm), 3);  // nobody leaves
  EXPECT_EQ(of(told, Estimator::les), 2);
  EXPECT_EQ(of(told, Estimator::hol), 3);
  EXPECT_DOUBLE_EQ(of(told, Estimator::refined_hol), (1.8 * 3 + 2) / 2);
  EXPECT_EQ(of(told, Estimator::rcs), 1);
  EXPECT_EQ(of(told, Estimator::ni), 7);
}

TEST(ClassicEstimators, WithPatienceSomeAheadLeave) {
  ClassicEstimators estimators({.windows = 4, .rate = 0.5, .arrivals = 3, .patience_rate = 0.1});
  for (const int ahead : {9, 0, 4})
    EXPECT_DOUBLE_EQ(of(estimators.estimate({.ahead = ahead}), Estimator::qlm),
                     queue_length_wait(ahead, 4, 0.5, 0.1));
}

// The conventions, on a schedule that can be followed by hand: one window, services of 1.
TEST(ClassicEstimators, FollowTheStationAsANewcomerCould) {
  StationModel model;
  Source source;
  source.service.law = Law::deterministic;
  source.schedule = {0, 0.5, 0.75, 1.25};
  model.sources = {source};
  model.customers = source.schedule.size();
  const auto errors = measure_estimators(model, {.windows = 1}, 1, 0);
  // Waits: 0, .5, 1.25, 1.75. Told to the last three, QL: 1, 2, 2 (two wait, then one); LES: 0, 0,
  // .5; HOL: 0, .25, .5; RCS: 0, 0, 0.
  EXPECT_EQ(errors.customers, 3U);
  EXPECT_DOUBLE_EQ(errors.wait, 3.5);
  EXPECT_DOUBLE_EQ(errors.squares_of(Estimator::ql), 0.25 + 0.75 * 0.75 + 0.25 * 0.25);
  EXPECT_DOUBLE_EQ(errors.squares_of(Estimator::les), 0.25 + 1.25 * 1.25 + 1.25 * 1.25);
  EXPECT_DOUBLE_EQ(errors.squares_of(Estimator::hol), 0.25 + 1 + 1.25 * 1.25);
  EXPECT_DOUBLE_EQ(errors.squares_of(Estimator::rcs), 0.25 + 1.25 * 1.25 + 1.75 * 1.75);
}

}  // namespace
}  // namespace matanai::queue
