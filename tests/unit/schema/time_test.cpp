#include "schema/types/time.hpp"

#include <gtest/gtest.h>

#include <tuple>

#include "schema/types/wareki.hpp"

namespace matanai {
namespace {

using std::chrono::hours;

Instant instant(const char* text) { return parse_instant(text).value(); }
LocalDay day(const char* text) { return parse_day(text).value(); }

TEST(Time, TokyoIsNineHoursAhead) {
  EXPECT_EQ(local_day(instant("2026-11-23T15:00:00.000Z")), day("2026-11-24"));
  EXPECT_EQ(local_day(instant("2026-11-23T14:59:59.999Z")), day("2026-11-23"));
  EXPECT_EQ(local_time_of_day(instant("2026-11-24T01:30:59.999Z")), hours(10) + Minutes(30));
  EXPECT_EQ(instant_at(day("2026-11-24"), hours(10)), instant("2026-11-24T01:00:00.000Z"));
}

TEST(Time, EveryMinuteOfADayComesBack) {
  for (TimeOfDay time{0}; time < hours(24); time += Minutes(1)) {
    const auto at = instant_at(day("2026-12-31"), time);
    ASSERT_EQ(local_day(at), day("2026-12-31")) << time.count();
    ASSERT_EQ(local_time_of_day(at), time);
  }
}

TEST(Time, WeekdaysStartOnMonday) {
  EXPECT_EQ(iso_weekday(day("2026-11-23")), 1);
  EXPECT_EQ(iso_weekday(day("2026-11-22")), 7);
  EXPECT_EQ(iso_weekday(day("2028-02-29")), 2);
}

TEST(Time, WireFormsComeBack) {
  EXPECT_EQ(to_wire(instant("2026-11-24T01:30:00.007Z")), "2026-11-24T01:30:00.007Z");
  EXPECT_EQ(to_wire(day("2028-02-29")), "2028-02-29");
  EXPECT_EQ(to_wire(parse_time_of_day("08:05").value()), "08:05");
  EXPECT_EQ(to_millis(instant("1970-01-01T00:00:01.500Z")), 1500);
  EXPECT_EQ(from_millis(1500), instant("1970-01-01T00:00:01.500Z"));
}

class NotADay : public testing::TestWithParam<const char*> {};
TEST_P(NotADay, IsRefused) { EXPECT_EQ(parse_day(GetParam()), std::nullopt) << GetParam(); }
INSTANTIATE_TEST_SUITE_P(Time, NotADay,
                         testing::Values("", "2026-11-31", "2027-02-29", "2026-13-01", "2026-00-10",
                                         "2026-1-1", "2026/11/24", "2026-11-24 ", " 2026-11-24",
                                         "-026-11-24", "２０２６-11-24", "2026-11-24T00:00",
                                         "20261124"));

class NotATime : public testing::TestWithParam<const char*> {};
TEST_P(NotATime, IsRefused) {
  EXPECT_EQ(parse_time_of_day(GetParam()), std::nullopt) << GetParam();
}
INSTANTIATE_TEST_SUITE_P(Time, NotATime,
                         testing::Values("", "9:00", "25:00", "10:60", "10.30", "10:30:00", "-1:30",
                                         "+9:00", "1030"));

class NotAnInstant : public testing::TestWithParam<const char*> {};
TEST_P(NotAnInstant, IsRefused) {
  EXPECT_EQ(parse_instant(GetParam()), std::nullopt) << GetParam();
}
INSTANTIATE_TEST_SUITE_P(Time, NotAnInstant,
                         testing::Values("", "2026-11-24", "2026-11-24T01:30:00",
                                         "2026-11-24 01:30:00.000Z", "2026-11-24T25:30:00.000Z",
                                         "2026-11-24T01:60:00.000Z", "2026-02-30T01:30:00.000Z",
                                         "2026-11-24T01:30:00.000Zx", "yesterday"));

TEST(Time, SpokenTimesHaveNoLeadingZero) {
  EXPECT_EQ(spoken_time(parse_time_of_day("08:05").value()), "8:05");
  EXPECT_EQ(spoken_time(parse_time_of_day("00:00").value()), "0:00");
  EXPECT_EQ(spoken_time(parse_time_of_day("10:30").value()), "10:30");
}

TEST(OffsetClock, MovesForwardOnly) {
  OffsetClock clock;
  const auto before = clock.now();
  EXPECT_TRUE(clock.set_offset(hours(48)));
  EXPECT_GE(clock.now(), before + hours(48));
  EXPECT_FALSE(clock.set_offset(hours(47)));
  EXPECT_EQ(clock.offset(), hours(48));
  EXPECT_GE(clock.now(), before + hours(48));
}

TEST(ManualClock, IsWhereTheTestPutIt) {
  ManualClock clock(instant("2026-11-24T01:30:00.000Z"));
  clock.advance(Millis(1));
  EXPECT_EQ(clock.now(), instant("2026-11-24T01:30:00.001Z"));
}

struct WarekiCase {
  const char* day;
  const char* text;
};
class Wareki : public testing::TestWithParam<WarekiCase> {};
TEST_P(Wareki, IsWrittenAsOnPaper) { EXPECT_EQ(to_wareki(day(GetParam().day)), GetParam().text); }
INSTANTIATE_TEST_SUITE_P(Eras, Wareki,
                         testing::Values(WarekiCase{"2026-11-24", "令和8年11月24日(火)"},
                                         WarekiCase{"2019-05-01", "令和元年5月1日(水)"},
                                         WarekiCase{"2019-04-30", "平成31年4月30日(火)"},
                                         WarekiCase{"1989-01-08", "平成元年1月8日(日)"},
                                         WarekiCase{"1989-01-07", "昭和64年1月7日(土)"},
                                         WarekiCase{"1926-12-25", "昭和元年12月25日(土)"},
                                         WarekiCase{"1912-07-30", "大正元年7月30日(火)"},
                                         WarekiCase{"1912-07-29", "明治45年7月29日(月)"},
                                         WarekiCase{"1868-01-25", "明治元年1月25日(土)"},
                                         WarekiCase{"1868-01-24", "1868年1月24日(金)"}));

TEST(Wareki, ANewEraIsARow) {
  std::vector<Era> table = {{day("2030-04-01"), "新元", "X"}};
  table.insert(table.end(), eras().begin(), eras().end());
  EXPECT_EQ(to_wareki_year(day("2030-03-31"), table), "令和12年");
  EXPECT_EQ(to_wareki_year(day("2030-04-01"), table), "新元元年");
  EXPECT_EQ(to_wareki_without_weekday(day("2031-01-02"), table), "新元2年1月2日");
}

}  // namespace
}  // namespace matanai
