#include "server/queue/estimate/learning.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "server/queue/model/random.hpp"

namespace matanai::queue {
namespace {

Millis minutes(double value) { return Millis(std::llround(value * 60000)); }

void serve(ServiceLearner& learner, Stream& random, const ServiceTime& truth, int count) {
  for (int i = 0; i < count; ++i)
    learner.add(minutes(std::exp(truth.mu() + truth.sigma() * random.normal())));
}

TEST(ServiceLearner, StartsAsItsPrior) {
  const auto time = ServiceLearner({12, 0.5}).time();
  EXPECT_NEAR(time.mean_minutes, 12, 1e-9);
  EXPECT_NEAR(time.cv, 0.5, 1e-9);
}
TEST(ServiceLearner, FindsTheTruthBehindAWrongPrior) {
  ServiceLearner learner({20, 0.5});
  auto random = stream(1, 1, 1, Purpose::service_time);
  serve(learner, random, {8, 0.6}, 3000);
  EXPECT_NEAR(learner.time().mean_minutes, 8, 0.4);
  EXPECT_NEAR(learner.time().cv, 0.6, 0.05);
}
TEST(ServiceLearner, FewCasesMoveItLittle) {
  ServiceLearner learner({20, 0.5});
  learner.add(minutes(5));
  EXPECT_GT(learner.time().mean_minutes, 16);
  EXPECT_LT(learner.time().mean_minutes, 20);
}
TEST(ServiceLearner, HalfIsForgottenInTwentyDays) {
  ServiceLearner learner({20, 0.5});
  for (int i = 0; i < 100; ++i) learner.add(minutes(10));
  for (int day = 0; day < 20; ++day) learner.forget_a_day();
  EXPECT_NEAR(learner.cases(), 50, 1e-9);
}
TEST(ServiceLearner, FollowsAChange) {
  ServiceLearner learner({10, 0.5});
  auto random = stream(1, 1, 2, Purpose::service_time);
  for (int day = 0; day < 60; ++day) {
    serve(learner, random, {10, 0.5}, 30);
    learner.forget_a_day();
  }
  for (int day = 0; day < 40; ++day) {
    serve(learner, random, {15, 0.5}, 30);
    learner.forget_a_day();
  }
  EXPECT_NEAR(learner.time().mean_minutes, 14, 0.8);
}
TEST(ServiceLearner, ForgottenAndMistakenPressesTeachNothing) {
  ServiceLearner learner({10, 0.5});
  EXPECT_FALSE(learner.add(Millis(0)));
  EXPECT_FALSE(learner.add(Millis(-5)));
  EXPECT_FALSE(learner.add(minutes(600)));
  EXPECT_EQ(learner.cases(), 0);
}
TEST(ServiceLearner, ConstantPriorCanBeLeft) {
  ServiceLearner learner({10, 0});
  for (int i = 0; i < 100; ++i) learner.add(minutes(i % 2 == 0 ? 5 : 20));
  EXPECT_NEAR(learner.time().cv, 0.75, 0.15);
}

TEST(Pace, IsOneBeforeAnythingIsKnown) { EXPECT_EQ(Pace().value(), 1); }
TEST(Pace, MovesSlowlyTowardsToday) {
  Pace pace;
  for (int i = 0; i < 25; ++i) pace.add(minutes(15), {10, 0.4}, true);
  // Seen: 1.5, whose variance is 0.4² / 25 = 0.08², that of the days.
  EXPECT_NEAR(pace.value(), 1.25, 1e-9);
}
TEST(Pace, ServicesInAnEmptyHallDoNotCount) {
  Pace pace;
  pace.add(minutes(60), {10, 0.5}, false);
  EXPECT_EQ(pace.value(), 1);
}
TEST(Pace, StaysWithinReason) {
  Pace pace;
  for (int i = 0; i < 1000; ++i) pace.add(minutes(170), {10, 0.5}, true);
  EXPECT_EQ(pace.value(), 2);
}

}  // namespace
}  // namespace matanai::queue
