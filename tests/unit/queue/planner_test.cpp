#include "server/queue/planner.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <map>

#include "server/queue/trial.hpp"

namespace matanai::queue {
namespace {

PlanRequest small_ward(double visitors) {
  WardOptions options;
  options.visitors = visitors;
  options.reserved_share = 0;
  const DayModel model = ward_day(options);
  PlanRequest request;
  request.office = model.office;
  request.demand = model.demand;
  request.groups = {0};
  request.search_days = 60;
  request.check_days = 100;
  return request;
}

TEST(OfferedLoadStart, IsThatOfTheResearchOnTheWardDay) {
  EXPECT_NEAR(window_hours(offered_load_start(small_ward(300))), 66.5, 2.5);
}

TEST(SlotsToOffer, IsItsFormula) {
  WindowCounts counts{};
  counts[40] = 8;
  Quarters walk_ins{};
  walk_ins[40] = 6;  // 0.875 × 8 × 15 − 6 × 10 = 45 minutes; 45 / (10 × 0.9) = 5
  EXPECT_DOUBLE_EQ(slots_to_offer(counts, walk_ins, 10, 0.1, 0.875)[40], 5);
  walk_ins[40] = 12;
  EXPECT_DOUBLE_EQ(slots_to_offer(counts, walk_ins, 10, 0.1, 0.875)[40], 0);
}

void expect_rules_kept(const Roster& roster, const WindowCounts& counts, const ShiftRules& rules) {
  WindowCounts on{};
  std::map<int, std::size_t> ended;
  for (const Shift& shift : roster.shifts) {
    for (std::size_t q = shift.from; q < shift.until; ++q) ++on[q];
    EXPECT_GE(Minutes(kQuarter * static_cast<int>(shift.until - shift.from)), rules.shortest_shift);
    EXPECT_LE(Minutes(kQuarter * static_cast<int>(shift.until - shift.from)),
              rules.longest_stretch + Minutes(30));  // nobody is relieved just before the end
    if (ended.contains(shift.person)) {
      EXPECT_GT(shift.from, ended[shift.person]);
    }
    ended[shift.person] = shift.until;
  }
  EXPECT_EQ(on, counts);
  for (int person = 0; person < roster.staff; ++person) {  // a free hour between 11 and 14
    std::array<bool, kQuarters> is_on{};
    for (const Shift& shift : roster.shifts)
      if (shift.person == person)
        std::fill(is_on.begin() + static_cast<std::ptrdiff_t>(shift.from),
                  is_on.begin() + static_cast<std::ptrdiff_t>(shift.until), true);
    bool has_lunch = false;
    for (std::size_t q = 44; q + 4 <= 56; ++q)
      has_lunch = has_lunch || std::none_of(is_on.begin() + static_cast<std::ptrdiff_t>(q),
                                            is_on.begin() + static_cast<std::ptrdiff_t>(q) + 4,
                                            [](bool on_duty) { return on_duty; });
    EXPECT_TRUE(has_lunch) << person;
  }
}

TEST(Roster, KeepsStretchesBreaksAndLunch) {
  const WindowCounts counts = ward_counts({});
  const auto roster = roster_of(counts, {});
  ASSERT_TRUE(roster.has_value());
  expect_rules_kept(*roster, counts, {});
}
TEST(Roster, IsRefusedWhenThereAreTooFewPeople) {
  ShiftRules rules;
  rules.staff = 9;  // nine windows at ten o'clock, but a third is at lunch at noon
  EXPECT_FALSE(roster_of(ward_counts({}), rules).has_value());
}

TEST(HourCounts, StandardErrorIsThatOfARatio) {
  HourCounts counts;  // two days: 8 of 10 and 6 of 10 in time
  counts.people[9] = 20;
  counts.in_time[9] = 14;
  counts.people_squared[9] = 200;
  counts.in_time_squared[9] = 100;
  counts.product[9] = 140;
  EXPECT_NEAR(counts.share(9), 0.7, 1e-12);
  EXPECT_NEAR(counts.standard_error(9), std::sqrt(2.0) / 20, 1e-12);
}

TEST(Planner, MeetsTheShareInEveryHourWithFewerWindowsThanItsStart) {
  const auto request = small_ward(100);
  const auto plan = plan_day(request);
  ASSERT_TRUE(plan.has_value());
  EXPECT_TRUE(plan->is_met);
  EXPECT_LT(plan->window_hours, plan->start_window_hours);
  for (const auto& hour : plan->hours) EXPECT_GE(hour.share, request.share) << hour.hour;
  expect_rules_kept(plan->roster, plan->windows, request.shifts);
}
TEST(Planner, TooFewPeopleIsSaidAndTheBestIsStillPlanned) {
  auto request = small_ward(100);
  request.shifts.staff = 3;
  const auto plan = plan_day(request);
  ASSERT_TRUE(plan.has_value());
  EXPECT_FALSE(plan->is_met);
  EXPECT_LE(*std::ranges::max_element(plan->windows), 3);
}

}  // namespace
}  // namespace matanai::queue
