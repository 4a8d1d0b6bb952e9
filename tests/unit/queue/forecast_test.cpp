#include "server/queue/plan/forecast.hpp"

#include <gtest/gtest.h>

#include <cmath>

namespace matanai::queue {
namespace {

// A day in June on which so many people came at nine.
ArrivalDay day_of(int weekday, double people) {
  ArrivalDay day{{weekday, 6}, {}};
  day.people[36] = people;
  return day;
}

TEST(FitArrivals, NobodyEverCame) {
  const auto fit = fit_arrivals(std::vector{day_of(1, 0)});
  EXPECT_EQ(fit.level, 0);
  EXPECT_EQ(fit.weekday[0], 1);
}

TEST(FitArrivals, AWeekdaysFactorIsShrunkByOneAverageDay) {
  std::vector<ArrivalDay> days;
  for (int week = 0; week < 3; ++week) {
    days.push_back(day_of(1, 150));
    days.push_back(day_of(2, 50));
  }
  const auto fit = fit_arrivals(days);
  EXPECT_NEAR(fit.weekday[0], (4.5 + 1) / (3 + 1), 1e-12);
  EXPECT_NEAR(fit.weekday[1], (1.5 + 1) / (3 + 1), 1e-12);
  EXPECT_EQ(fit.weekday[2], 1);
  EXPECT_EQ(fit.month[5], 1);  // one month says nothing of months
}

// Squares 4 · 0.5² over the degrees of freedom, less Poisson's 1/100.
TEST(FitArrivals, EachFittedFactorTakesADegreeOfFreedomFromTheSpread) {
  const auto spread = [](int other) {
    return fit_arrivals(
               std::vector{day_of(1, 50), day_of(1, 150), day_of(other, 50), day_of(other, 150)})
        .day_cv;
  };
  EXPECT_NEAR(spread(1), std::sqrt(1.0 / 3 - 0.01), 1e-12);
  EXPECT_NEAR(spread(2), std::sqrt(1.0 / 2 - 0.01), 1e-12);
}

TEST(FitArrivals, TheLevelWeighsADayHalfAsMuchAfterTwentyMore) {
  std::vector<ArrivalDay> days(21, day_of(1, 100));
  days.front() = day_of(1, 300);
  double weights = 0;
  for (int age = 0; age <= 20; ++age) weights += std::exp2(-age / 20.0);
  EXPECT_NEAR(fit_arrivals(days).level, 100 + 200 * 0.5 / weights, 1e-9);
}

}  // namespace
}  // namespace matanai::queue
