#include "server/directory/rules.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/unit/directory/seeded.hpp"

namespace matanai::directory {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

std::string ja(const LocalizedText& text) { return text.in(Locale::ja); }

struct DayCase {
  const char* day;
  bool is_open;
  ClosureKind closure;
  const char* reason;
};

class SeedDays : public testing::TestWithParam<DayCase> {};

TEST_P(SeedDays, OpenOrClosedForTheRightReason) {
  const auto& expected = GetParam();
  const auto plan = day_plan(seeded(), kKokura, day(expected.day));
  EXPECT_EQ(plan.is_open, expected.is_open) << expected.day;
  EXPECT_EQ(plan.closure, expected.closure) << expected.day;
  EXPECT_EQ(ja(plan.reason), expected.reason) << expected.day;
  EXPECT_EQ(plan.takes_reservations, expected.is_open) << expected.day;
}

using enum ClosureKind;
INSTANTIATE_TEST_SUITE_P(
    JapaneseCalendar, SeedDays,
    testing::Values(
        DayCase{"2026-09-21", false, holiday, "敬老の日"},
        DayCase{"2026-09-22", false, holiday, "休日"},  // between two holidays
        DayCase{"2026-11-20", true, none, ""}, DayCase{"2026-11-21", false, weekly, "土曜日"},
        DayCase{"2026-11-22", false, weekly, "日曜日"},
        DayCase{"2026-11-23", false, holiday, "勤労感謝の日"},
        DayCase{"2026-11-24", true, none, ""},
        DayCase{"2026-12-28", true, none, ""},  // the last open day of the year
        DayCase{"2026-12-29", false, closed, "年末年始"},
        DayCase{"2027-01-01", false, closed, "年末年始"},  // a holiday within the closure
        DayCase{"2027-01-03", false, closed, "年末年始"}, DayCase{"2027-01-04", true, none, ""},
        DayCase{"2027-03-21", false, holiday, "春分の日"},
        DayCase{"2027-03-22", false, holiday, "春分の日 振替休日"},
        DayCase{"2027-03-28", true, none, ""},  // special Sunday opening
        DayCase{"2027-04-04", true, none, ""}, DayCase{"2027-05-03", false, holiday, "憲法記念日"},
        DayCase{"2027-05-04", false, holiday, "みどりの日"},
        DayCase{"2027-05-05", false, holiday, "こどもの日"}, DayCase{"2027-05-06", true, none, ""},
        DayCase{"2028-02-29", true, none, ""}, DayCase{"2049-12-31", false, closed, "年末年始"},
        DayCase{"2050-11-23", false, holiday, "勤労感謝の日"}),
    [](const auto& row) {
      std::string name(row.param.day);
      std::erase(name, '-');
      return name;
    });

TEST(DayPlan, OrdinaryDayHasTheOfficesHours) {
  const auto plan = day_plan(seeded(), kKokura, day("2026-11-24"));
  EXPECT_EQ(plan.opens, at("08:30"));
  EXPECT_EQ(plan.closes, at("17:15"));
  EXPECT_EQ(plan.first_start, at("09:00"));
  EXPECT_EQ(plan.last_start, at("16:30"));
  EXPECT_TRUE(plan.note.is_empty());
}

TEST(DayPlan, OpenFromTheOpeningMinuteUntilBeforeTheClosingMinute) {
  const auto plan = day_plan(seeded(), kKokura, day("2026-11-24"));
  EXPECT_FALSE(plan.is_open_at(at("08:29")));
  EXPECT_TRUE(plan.is_open_at(at("08:30")));
  EXPECT_TRUE(plan.is_open_at(at("17:14")));
  EXPECT_FALSE(plan.is_open_at(at("17:15")));
}

TEST(DayPlan, SpecialSundayHasItsOwnHoursAndName) {
  const auto plan = day_plan(seeded(), kKokura, day("2027-03-28"));
  EXPECT_EQ(plan.opens, at("10:00"));
  EXPECT_EQ(plan.closes, at("14:00"));
  EXPECT_EQ(plan.last_start, at("13:00"));
  EXPECT_EQ(ja(plan.note), "日曜臨時開庁");
}

TEST(DayPlan, OpenDaysOfTheFiscalYearsMatchTheGazette) {
  const auto open_days = [](const char* first, const char* last) {
    int count = 0;
    for (auto d = day(first); d <= day(last); d += std::chrono::days(1)) {
      const auto plan = day_plan(seeded(), kKokura, d);
      count += plan.is_open && plan.note.is_empty() ? 1 : 0;
    }
    return count;
  };
  EXPECT_EQ(open_days("2026-04-01", "2027-03-31"), 241);
  EXPECT_EQ(open_days("2027-04-01", "2028-03-31"), 243);
}

Directory with_entry(CalendarEntry entry) {
  auto tables = seed_tables();
  tables.calendar.push_back(std::move(entry));
  return Directory(std::move(tables));
}

CalendarEntry entry_on(const char* d, CalendarKind kind, const char* name) {
  CalendarEntry entry;
  entry.first = entry.last = day(d);
  entry.kind = kind;
  entry.name = text(name);
  return entry;
}

TEST(DayPlan, EmergencyClosesAnOrdinaryDay) {
  const auto directory =
      with_entry(entry_on("2026-11-24", CalendarKind::emergency, "計画運休のため休止"));
  const auto plan = day_plan(directory, kKokura, day("2026-11-24"));
  EXPECT_FALSE(plan.is_open);
  EXPECT_FALSE(plan.takes_reservations);
  EXPECT_EQ(plan.closure, emergency);
  EXPECT_EQ(ja(plan.reason), "計画運休のため休止");
}

TEST(DayPlan, EmergencyWinsOverASpecialOpening) {
  const auto directory = with_entry(entry_on("2027-03-28", CalendarKind::emergency, "台風"));
  EXPECT_EQ(day_plan(directory, kKokura, day("2027-03-28")).closure, emergency);
}

TEST(DayPlan, StormFromElevenLeavesTheMorning) {
  auto storm = entry_on("2026-11-24", CalendarKind::emergency, "台風");
  storm.closes = at("11:00");
  const auto directory = with_entry(storm);
  const auto plan = day_plan(directory, kKokura, day("2026-11-24"));
  EXPECT_TRUE(plan.is_open);
  EXPECT_EQ(plan.opens, at("08:30"));
  EXPECT_EQ(plan.closes, at("11:00"));
  EXPECT_EQ(slot_starts(plan, Minutes(30)).back(), at("10:30"));
  EXPECT_EQ(ja(plan.note), "台風");
}

TEST(DayPlan, EmergencyOnASundayLeavesTheWeeklyReason) {
  auto storm = entry_on("2026-11-22", CalendarKind::emergency, "台風");
  storm.closes = at("11:00");
  EXPECT_EQ(day_plan(with_entry(storm), kKokura, day("2026-11-22")).closure, weekly);
}

TEST(DayPlan, AClosureOfOneOfficeLeavesTheOthersOpen) {
  auto entry = entry_on("2026-11-24", CalendarKind::closed, "停電");
  entry.office = kMoji;
  const auto directory = with_entry(entry);
  EXPECT_FALSE(day_plan(directory, kMoji, day("2026-11-24")).is_open);
  EXPECT_TRUE(day_plan(directory, kKokura, day("2026-11-24")).is_open);
}

TEST(DayPlan, SpecialOpeningWinsOverAHoliday) {
  auto entry = entry_on("2026-11-23", CalendarKind::special, "祝日開庁");
  entry.opens = at("09:00");
  entry.closes = at("12:00");
  const auto plan = day_plan(with_entry(entry), kKokura, day("2026-11-23"));
  EXPECT_TRUE(plan.is_open);
  EXPECT_FALSE(plan.takes_reservations) << "no reservation times were given";
  EXPECT_THAT(slot_starts(plan, Minutes(15)), IsEmpty());
}

TEST(DayPlan, ExtendedHoursApplyToOpenDaysOnly) {
  auto entry = entry_on("2026-11-23", CalendarKind::extended, "夜間窓口");
  entry.last = day("2026-11-24");
  entry.closes = at("19:00");
  const auto directory = with_entry(entry);
  EXPECT_FALSE(day_plan(directory, kKokura, day("2026-11-23")).is_open);
  const auto plan = day_plan(directory, kKokura, day("2026-11-24"));
  EXPECT_EQ(plan.closes, at("19:00"));
  EXPECT_EQ(plan.last_start, at("16:30")) << "reservations stay as usual";
}

// Thursdays until 19:00 from 2026-12-03 on, and no longer from 2026-12-17 on: two rows of data.
Directory with_late_thursdays() {
  auto tables = seed_tables();
  Hours late{.office = kKokura, .weekday = 4, .valid_from = day("2026-12-03"), .is_open = true};
  late.opens = at("08:30");
  late.closes = at("19:00");
  late.first_start = at("09:00");
  late.last_start = at("18:15");
  auto usual = late;
  usual.valid_from = day("2026-12-17");
  usual.closes = at("17:15");
  usual.last_start = at("16:30");
  tables.hours.push_back(usual);
  tables.hours.push_back(late);
  return Directory(std::move(tables));
}

TEST(DayPlan, ThursdayExtensionIsDataWithDates) {
  const auto directory = with_late_thursdays();
  EXPECT_FALSE(day_plan(directory, kKokura, day("2026-11-26")).is_open_at(at("18:59")));
  EXPECT_TRUE(day_plan(directory, kKokura, day("2026-12-03")).is_open_at(at("18:59")));
  EXPECT_FALSE(day_plan(directory, kKokura, day("2026-12-04")).is_open_at(at("18:59"))) << "Friday";
  EXPECT_TRUE(day_plan(directory, kKokura, day("2026-12-10")).is_open_at(at("18:59")));
  EXPECT_FALSE(day_plan(directory, kKokura, day("2026-12-17")).is_open_at(at("18:59")));
  EXPECT_FALSE(day_plan(directory, kMoji, day("2026-12-03")).is_open_at(at("18:59")));
}

TEST(DayPlan, AWeekdayThatClosesIsData) {
  auto tables = seed_tables();
  tables.hours.push_back({.office = kMoji, .weekday = 3, .valid_from = day("2026-12-01")});
  const Directory directory(std::move(tables));
  EXPECT_TRUE(day_plan(directory, kMoji, day("2026-11-25")).is_open);
  const auto plan = day_plan(directory, kMoji, day("2026-12-02"));
  EXPECT_FALSE(plan.is_open);
  EXPECT_EQ(plan.closure, weekly);
}

TEST(DayPlan, UnknownOfficeIsABug) {
  EXPECT_THROW(day_plan(seeded(), OfficeId("hakata"), day("2026-11-24")), std::logic_error);
}

TEST(SlotStarts, HalfHourServiceStartsOnTheHalfHours) {
  const auto plan = day_plan(seeded(), kKokura, day("2026-11-24"));
  const auto starts = slot_starts(plan, Minutes(30));
  EXPECT_EQ(starts.front(), at("09:00"));
  EXPECT_EQ(starts[1], at("09:30"));
  EXPECT_EQ(starts.back(), at("16:30"));
  EXPECT_EQ(starts.size(), 16u);
  EXPECT_THAT(starts, testing::Contains(at("12:00"))) << "lunch is a matter of capacity";
}

TEST(SlotStarts, QuarterHourServiceStartsOnTheQuarters) {
  const auto starts = slot_starts(day_plan(seeded(), kKokura, day("2026-11-24")), Minutes(15));
  EXPECT_EQ(starts[1], at("09:15"));
  EXPECT_EQ(starts.back(), at("16:30"));
  EXPECT_EQ(starts.size(), 31u);
}

TEST(SlotStarts, AnHourMustEndByClosing) {
  const auto plan = day_plan(seeded(), kKokura, day("2026-11-24"));
  EXPECT_EQ(slot_starts(plan, Minutes(60)).back(), at("16:00"));
  EXPECT_FALSE(is_slot_start(plan, at("16:30"), Minutes(60)));
}

TEST(SlotStarts, OnlyTimesOfTheGrid) {
  const auto plan = day_plan(seeded(), kKokura, day("2026-11-24"));
  EXPECT_TRUE(is_slot_start(plan, at("09:15"), Minutes(15)));
  EXPECT_FALSE(is_slot_start(plan, at("09:15"), Minutes(30)));
  EXPECT_FALSE(is_slot_start(plan, at("09:10"), Minutes(15)));
  EXPECT_FALSE(is_slot_start(plan, at("08:45"), Minutes(15)));
  EXPECT_FALSE(is_slot_start(plan, at("16:45"), Minutes(15)));
  EXPECT_FALSE(is_slot_start(plan, at("10:00"), Minutes(0))) << "not reservable";
}

TEST(SlotStarts, NoneOnAClosedDay) {
  EXPECT_THAT(slot_starts(day_plan(seeded(), kKokura, day("2026-11-23")), Minutes(30)), IsEmpty());
}

TEST(SlotUnits, AsManyQuartersAsItLasts) {
  EXPECT_THAT(slot_units(at("09:00"), Minutes(15)), ElementsAre(at("09:00")));
  EXPECT_THAT(slot_units(at("16:30"), Minutes(30)), ElementsAre(at("16:30"), at("16:45")));
  EXPECT_EQ(slot_units(at("09:00"), Minutes(60)).size(), 4u);
}

Instant instant(const char* d, const char* t) { return instant_at(day(d), at(t)); }

TEST(NextOpenInstant, NowWhileOpen) {
  const auto now = instant("2026-11-24", "10:32") + Millis(17);
  EXPECT_EQ(next_open_instant(seeded(), kKokura, now), now);
}

TEST(NextOpenInstant, ThisMorningBeforeOpening) {
  EXPECT_EQ(next_open_instant(seeded(), kKokura, instant("2026-11-24", "05:00")),
            instant("2026-11-24", "08:30"));
}

TEST(NextOpenInstant, OverASundayAndAHoliday) {
  EXPECT_EQ(next_open_instant(seeded(), kKokura, instant("2026-11-22", "12:00")),
            instant("2026-11-24", "08:30"));
}

TEST(NextOpenInstant, OverTheYearsEndFromTheClosingMinute) {
  EXPECT_EQ(next_open_instant(seeded(), kKokura, instant("2026-12-28", "17:15")),
            instant("2027-01-04", "08:30"));
}

TEST(NextOpenInstant, NoneForAnOfficeThatNeverOpens) {
  auto tables = seed_tables();
  tables.hours.clear();
  tables.calendar.clear();
  EXPECT_EQ(
      next_open_instant(Directory(std::move(tables)), kKokura, instant("2026-11-24", "10:00")),
      std::nullopt);
}

TEST(NextOpenDay, NeverTheSameDay) {
  EXPECT_EQ(next_open_day(seeded(), kKokura, day("2026-11-24")), day("2026-11-25"));
  EXPECT_EQ(next_open_day(seeded(), kKokura, day("2026-11-20")), day("2026-11-24"));
}

}  // namespace
}  // namespace matanai::directory
