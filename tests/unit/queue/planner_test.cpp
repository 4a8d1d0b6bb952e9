#include "server/queue/plan/planner.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <map>

#include "server/queue/plan/trial.hpp"

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
  request.kinds = {{{0}}};
  request.search_days = 60;
  request.check_days = 100;
  return request;
}

TEST(OfferedLoadStart, IsThatOfTheResearchOnTheWardDay) {
  EXPECT_NEAR(window_hours(sum_of(offered_load_start(small_ward(300)))), 66.5, 2.5);
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

TEST(DayShare, StandardErrorIsThatOfARatio) {
  DayShare share;
  share.add_day(10, 8);
  share.add_day(10, 6);
  EXPECT_NEAR(share.share(), 0.7, 1e-12);
  EXPECT_NEAR(share.standard_error(), std::sqrt(2.0) / 20, 1e-12);
}

TEST(Planner, MeetsTheShareInEveryHourWithFewerWindowsThanItsStart) {
  const auto request = small_ward(100);
  const auto plan = plan_day(request);
  ASSERT_TRUE(plan.has_value());
  EXPECT_TRUE(plan->is_met);
  EXPECT_LT(plan->window_hours, plan->start_window_hours);
  for (const auto& hour : plan->hours) EXPECT_GE(hour.share, request.share) << hour.of;
  ASSERT_EQ(plan->kinds.size(), 1U);
  EXPECT_EQ(plan->kinds[0].windows, plan->windows);
  expect_rules_kept(plan->kinds[0].roster, plan->windows, request.shifts);
}
TEST(Planner, TooFewPeopleIsSaidAndTheBestIsStillPlanned) {
  auto request = small_ward(100);
  request.shifts.staff = 3;
  const auto plan = plan_day(request);
  ASSERT_TRUE(plan.has_value());
  EXPECT_FALSE(plan->is_met);
  EXPECT_LE(*std::ranges::max_element(plan->windows), 3);
}

// Certificates have windows of their own, the two longer services share the others.
PlanRequest two_kinds(double visitors) {
  auto request = small_ward(visitors);
  request.office.groups = {"certificates", "counsel"};
  request.office.policies.resize(2);
  request.office.services[1].group = request.office.services[2].group = 1;
  request.kinds = {{{0}}, {{1}}};
  return request;
}
TEST(Planner, EachKindOfWindowGetsWhatItsGroupsNeed) {
  const auto request = two_kinds(150);
  const auto plan = plan_day(request);
  ASSERT_TRUE(plan.has_value());
  EXPECT_TRUE(plan->is_met);
  ASSERT_EQ(plan->groups.size(), 2U);
  for (const auto& group : plan->groups) EXPECT_GE(group.share, request.share) << group.of;
  // 60 % of the visitors, 29 % of the work.
  EXPECT_LT(window_hours(plan->kinds[0].windows), window_hours(plan->kinds[1].windows));
  EXPECT_EQ(sum_of({plan->kinds[0].windows, plan->kinds[1].windows}), plan->windows);
  EXPECT_EQ(plan->staff, plan->kinds[0].roster.staff + plan->kinds[1].roster.staff);
  for (const auto& kind : plan->kinds) {
    expect_rules_kept(kind.roster, kind.windows, request.shifts);
    for (std::size_t q = request.opens; q < request.closes; ++q) EXPECT_GE(kind.windows[q], 1);
  }
}
TEST(Planner, SharedStaffIsCountedOverTheKinds) {
  auto request = two_kinds(60);
  request.shifts.staff = 3;  // two people for each kind's single window, by turns
  EXPECT_FALSE(plan_day(request).has_value());
}
TEST(KindsOf, AreTheDifferentListsOfGroups) {
  std::vector<WindowModel> windows(4);
  windows[0].groups = {0, 1};
  windows[1].groups = {1};
  windows[2].groups = {0, 1};
  windows[3].groups = {1, 0};
  const auto kinds = kinds_of(windows);
  ASSERT_EQ(kinds.size(), 3U);
  EXPECT_EQ(kinds[2].groups, (std::vector<std::uint16_t>{1, 0}));
}

}  // namespace
}  // namespace matanai::queue
