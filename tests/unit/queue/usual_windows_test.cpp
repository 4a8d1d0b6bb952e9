// The windows of a calibrated office.
#include <gtest/gtest.h>

#include "server/queue/plan/calibration.hpp"
#include "server/queue/plan/planner.hpp"

namespace matanai::queue {
namespace {

Instant at(int hour) { return midnight_plus(std::chrono::hours(hour)); }
WindowModel window(std::vector<std::uint16_t> groups, int from, int until) {
  return {"", std::move(groups), {{at(from), at(until)}}, 0};
}
OfficeModel two_groups() {
  OfficeModel office;
  office.groups = {"A", "C"};
  office.policies.resize(2);
  office.services = {{"a", 0, {10, 0.5}}, {"c", 1, {5, 0.5}}};
  return office;
}
double hours_of(const DayModel& model, const std::vector<std::uint16_t>& groups) {
  double hours = 0;
  for (const auto& one : model.windows)
    if (one.groups == groups)
      for (const auto& open : one.open)
        hours += std::chrono::duration<double, std::ratio<3600>>(open.until - open.from).count();
  return hours;
}

TEST(UsualWindows, EachListOfGroupsIsAPoolOfItsOwn) {
  const RecordedDay day{{}, {}, {window({0}, 9, 17), window({0}, 9, 12), window({1, 0}, 9, 17)}, 0};
  const std::vector<RecordedDay> days(3, day);
  const auto model = calibrate(two_groups(), days);
  EXPECT_EQ(kinds_of(model.windows).size(), 2U);
  EXPECT_DOUBLE_EQ(hours_of(model, {0}), 11);
  EXPECT_DOUBLE_EQ(hours_of(model, {1, 0}), 8);
  ASSERT_EQ(model.windows.size(), 3U);
  EXPECT_EQ(model.windows[0].pool, model.windows[1].pool);
  EXPECT_NE(model.windows[0].pool, model.windows[2].pool);
  EXPECT_NE(model.windows[0].id, model.windows[2].id);
}

TEST(UsualWindows, ARareListCountsWithTheCommonest) {
  const RecordedDay usual{{}, {}, {window({0}, 9, 17), window({0}, 9, 17)}, 0};
  const RecordedDay rare{{}, {}, {window({0}, 9, 17), window({1}, 9, 17)}, 0};
  const std::vector<RecordedDay> days{usual, usual, rare};
  const auto model = calibrate(two_groups(), days);
  EXPECT_EQ(kinds_of(model.windows).size(), 1U);
  EXPECT_DOUBLE_EQ(hours_of(model, {0}), 16);
}

}  // namespace
}  // namespace matanai::queue
