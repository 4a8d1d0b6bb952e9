#include "server/queue/estimate/correction.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "server/queue/estimate/accuracy.hpp"
#include "server/queue/estimate/conformal.hpp"
#include "server/queue/model/random.hpp"

namespace matanai::queue {
namespace {

Stream luck() { return stream(1, 2, 3, Purpose::search); }

TEST(LogLinear, FindsTheWeightsOfItsInputs) {
  auto random = luck();
  std::vector<double> estimates, waits;
  for (int i = 0; i < 1000; ++i) {
    const double a = 1 + 30 * random.uniform(), b = 1 + 30 * random.uniform();
    estimates.insert(estimates.end(), {a, b});
    waits.push_back(std::expm1(0.2 + 0.7 * std::log1p(a) + 0.2 * std::log1p(b)));
  }
  const auto model = LogLinear::fit(estimates, 2, waits);
  const double now[] = {10, 20};
  EXPECT_NEAR(model.at(now), std::expm1(0.2 + 0.7 * std::log1p(10) + 0.2 * std::log1p(20)), 0.01);
}

// Least squares would be drawn far up by a fifth of the waits that are ten times too long.
TEST(LogLinear, IsNotDrawnByWildCases) {
  std::vector<double> estimates, waits;
  for (int i = 0; i < 500; ++i) {
    estimates.push_back(5 + i % 40);
    waits.push_back((5 + i % 40) * (i % 5 == 0 ? 10.0 : 1.0));
  }
  const double now[] = {20};
  EXPECT_NEAR(LogLinear::fit(estimates, 1, waits).at(now), 20, 0.5);
}

TEST(LogLinear, ColumnsThatDependOnEachOtherAreNoTrouble) {
  std::vector<double> estimates, waits;
  for (int i = 0; i < 100; ++i) {
    estimates.insert(estimates.end(), {i + 1.0, i + 1.0, 0.0});
    waits.push_back(i + 1.0);
  }
  const double now[] = {30, 30, 0};
  EXPECT_NEAR(LogLinear::fit(estimates, 3, waits).at(now), 30, 0.1);
}

// Where the physics is told `factor` times as long as it happens; 30 cases a day.
std::vector<CorrectionCase> record(std::size_t n, double factor) {
  auto random = luck();
  std::vector<CorrectionCase> cases;
  for (std::size_t i = 0; i < n; ++i) {
    const double wait = 5 + 30 * random.uniform();
    cases.push_back(
        {static_cast<int>(i) / 30, wait * factor, wait * std::exp(random.normal() / 5)});
  }
  return cases;
}

TEST(Correction, IsThePhysicsWhileTheRecordIsThin) {
  const auto correction = Correction::fit(record(Correction::kEnough - 1, 1.5));
  EXPECT_TRUE(correction.is_identity());
  EXPECT_EQ(correction.at(12), 12);
}
TEST(Correction, IsThePhysicsWhileTheRecordHasFewDays) {
  auto cases = record(600, 1.5);
  for (std::size_t i = 0; i < cases.size(); ++i) cases[i].day = static_cast<int>(i) / 150;
  EXPECT_TRUE(Correction::fit(cases).is_identity());
}
TEST(Correction, RemovesALastingError) {
  const auto correction = Correction::fit(record(600, 1.5));
  EXPECT_FALSE(correction.is_identity());
  EXPECT_NEAR(correction.at(30), 20, 1);
}
TEST(Correction, IsThePhysicsWhenThatIsBetterOnTheLatestDays) {
  auto cases = record(600, 1.5);
  for (std::size_t i = 480; i < 600; ++i) cases[i].physics = cases[i].wait;
  EXPECT_TRUE(Correction::fit(cases).is_identity());
}
TEST(Correction, IsThePhysicsWhenItGainsNothing) {
  EXPECT_TRUE(Correction::fit(record(600, 1)).is_identity());
}
TEST(Correction, StaysNearThePhysicsAndGrowsWithIt) {
  const auto correction = Correction::fit(record(600, 4));
  EXPECT_EQ(correction.at(30), 15);
  for (double physics = 0; physics < 200; physics += 0.5)
    EXPECT_LE(correction.at(physics), correction.at(physics + 0.5));
}
TEST(Correction, IsNotOneThatFallsWhereThePhysicsGrows) {
  std::vector<CorrectionCase> cases;
  for (int i = 0; i < 600; ++i) cases.push_back({i / 30, 10.0 + i % 30, 25.0 - i % 30 / 2.0});
  EXPECT_TRUE(Correction::fit(cases).is_identity());
}

TEST(Conformal, BucketsOfPeopleAhead) {
  EXPECT_EQ(bucket_of(0), 0U);
  EXPECT_EQ(bucket_of(1), 1U);
  EXPECT_EQ(bucket_of(4), 3U);
  EXPECT_EQ(bucket_of(5), 4U);
  EXPECT_EQ(bucket_of(500), kBuckets - 1);
}

Ratios lognormal_ratios(Stream& random, int n) {
  Ratios ratios;
  for (int i = 0; i < n; ++i) ratios.add(20, 21 * std::exp(0.4 * random.normal()) - 1);
  ratios.sort();
  return ratios;
}

TEST(Conformal, RangesHoldAsOftenAsTheySay) {
  auto random = luck();
  const auto ratios = lognormal_ratios(random, 5000);
  const auto central = ratios.central(20), narrow = ratios.narrowest(20);
  int in_central = 0, in_narrow = 0;
  for (int i = 0; i < 10000; ++i) {
    const double wait = 21 * std::exp(0.4 * random.normal()) - 1;
    in_central += central.holds(wait);
    in_narrow += narrow.holds(wait);
  }
  EXPECT_NEAR(in_central / 10000.0, 0.8, 0.015);
  EXPECT_NEAR(in_narrow / 10000.0, 0.8, 0.015);
  EXPECT_LT(narrow.width(), 0.97 * central.width());
  EXPECT_NEAR(central.high, 21 * std::exp(0.4 * 1.2816) - 1, 1);
}
TEST(Conformal, FewerMissesWidenARange) {
  auto random = luck();
  const auto ratios = lognormal_ratios(random, 1000);
  EXPECT_GT(ratios.narrowest(20, 0.1).width(), ratios.narrowest(20).width());
}
TEST(Conformal, WithoutCasesARangeIsWide) {
  EXPECT_TRUE(Ratios().central(10).holds(6));
  EXPECT_TRUE(Ratios().narrowest(10).holds(18));
}
TEST(SteeredMiss, TooManyMissesAskForFewer) {
  SteeredMiss miss;
  for (int i = 0; i < 5; ++i) miss.see(true);
  EXPECT_NEAR(miss.now(), 0.192, 1e-9);
  for (int i = 0; i < 500; ++i) miss.see(true);
  EXPECT_EQ(miss.now(), 0.02);
}
TEST(SteeredMiss, OneMissInFiveKeepsIt) {
  SteeredMiss miss;
  for (int i = 0; i < 100; ++i) miss.see(i % 5 == 0);
  EXPECT_NEAR(miss.now(), kMiss, 1e-9);
}

TEST(Accuracy, IsOfToldAgainstHappened) {
  AccuracySum sum;
  sum.add(10, {8, 15}, 14);
  sum.add(20, {15, 30}, 12);
  const auto accuracy = sum.result();
  EXPECT_DOUBLE_EQ(accuracy.mae, 6);
  EXPECT_DOUBLE_EQ(accuracy.rmse, std::sqrt(40.0));
  EXPECT_DOUBLE_EQ(accuracy.bias, 2);
  EXPECT_DOUBLE_EQ(accuracy.coverage80.value(), 0.5);
  EXPECT_DOUBLE_EQ(accuracy.width80.value(), 11);
}
TEST(Accuracy, HasNoCoverageWhenARangeIsMissing) {
  AccuracySum sum;
  sum.add(10, {8, 15}, 14);
  sum.add(10, 14);
  EXPECT_FALSE(sum.result().coverage80);
}

}  // namespace
}  // namespace matanai::queue
