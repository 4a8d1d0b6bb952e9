#include "server/queue/plan/arrival_range.hpp"

#include <gtest/gtest.h>

#include <numeric>

#include "server/queue/day/ward_day.hpp"

namespace matanai::queue {
namespace {

TEST(PeopleRange, WithoutSpreadIsPoissons) {
  const auto range = people_range(4, 0);  // P(≤ 1) = .092, P(≤ 6) = .889, P(≤ 7) = .949
  EXPECT_EQ(range.low, 2);
  EXPECT_EQ(range.high, 7);
}
TEST(PeopleRange, NobodyIsCertain) {
  EXPECT_EQ(people_range(0, 0.3).high, 0);
  EXPECT_GT(people_range(5000, 0.3).low, 2000);
}
TEST(PeopleRange, HoldsOnFourInFiveOfTheDaysDrawn) {
  auto model = ward_day({});
  model.demand.day_cv = 0.2;
  model.demand.weekday[0] = 1.5;
  const DayKind monday{1, 1};
  const auto expected = expected_arrivals(model.demand, monday);
  const double mean = std::accumulate(expected.walk_ins.begin(), expected.walk_ins.end(), 0.0);
  EXPECT_NEAR(mean, 270, 1e-9);  // 300 × 0.6 × 1.5
  const auto range = people_range(mean, 0.2);
  Arrivals arrivals(model.office, model.demand);
  std::vector<Visitor> visitors;
  constexpr int kDays = 1000;
  int held = 0;
  for (std::uint64_t day = 0; day < kDays; ++day) {
    arrivals.draw(3, day, monday, visitors);
    int walk_ins = 0;
    for (const auto& visitor : visitors) walk_ins += visitor.slot == kNever ? 1 : 0;
    held += range.low <= walk_ins && walk_ins <= range.high ? 1 : 0;
  }
  EXPECT_NEAR(static_cast<double>(held) / kDays, 0.8, 0.04);  // three standard errors
}

}  // namespace
}  // namespace matanai::queue
