#include "server/booking/rules.hpp"

#include "booking_fixture.hpp"

namespace matanai::booking {
namespace {

const directory::Directory& city() {
  static const directory::Directory directory(tiny::tables(2));
  return directory;
}

Offer offer_of(const ServiceId& service) { return find_offer(city(), kNorth, service).value(); }

struct SlotCase {
  const char* name;
  const char* now_day;
  const char* now_time;
  Millis now_shift;
  const char* day;
  const char* time;
  const ServiceId& service;
  std::optional<RefusalCode> refusal;  // nullopt: may be booked
};

void PrintTo(const SlotCase& c, std::ostream* out) { *out << c.name; }

class FindSlot : public testing::TestWithParam<SlotCase> {};

TEST_P(FindSlot, AllowsOrSaysWhyNot) {
  const auto& c = GetParam();
  const auto now = local(c.now_day, c.now_time) + c.now_shift;
  const auto slot =
      find_slot(city(), offer_of(c.service), day_of(c.day), time_of(c.time), Channel::web, now);
  EXPECT_EQ(slot.has_error(), c.refusal.has_value()) << c.name;
  if (c.refusal && slot.has_error())
    EXPECT_EQ(entry_of(slot.error().code).name, entry_of(*c.refusal).name) << c.name;
}

using enum RefusalCode;
constexpr Millis kMs{1};
const SlotCase kCases[] = {
    {"first of the day", "2026-11-20", "12:00", {}, "2026-11-24", "09:00", kLong, {}},
    {"last start", "2026-11-20", "12:00", {}, "2026-11-24", "16:30", kLong, {}},
    {"after the last start",
     "2026-11-20",
     "12:00",
     {},
     "2026-11-24",
     "16:45",
     kShort,
     no_such_slot},
    {"before the first start",
     "2026-11-20",
     "12:00",
     {},
     "2026-11-24",
     "08:45",
     kShort,
     no_such_slot},
    {"an hour that ends after closing",
     "2026-11-20",
     "12:00",
     {},
     "2026-11-24",
     "16:30",
     kHour,
     no_such_slot},
    {"off the grid", "2026-11-20", "12:00", {}, "2026-11-24", "09:15", kLong, no_such_slot},
    {"15 minutes at a quarter", "2026-11-20", "12:00", {}, "2026-11-24", "09:15", kShort, {}},
    {"lunch", "2026-11-20", "12:00", {}, "2026-11-24", "12:00", kShort, no_such_slot},
    {"into lunch", "2026-11-20", "12:00", {}, "2026-11-24", "11:30", kHour, no_such_slot},
    {"up to lunch", "2026-11-20", "12:00", {}, "2026-11-24", "11:30", kLong, {}},
    {"holiday", "2026-11-20", "12:00", {}, "2026-11-23", "10:00", kLong, office_closed},
    {"Saturday", "2026-11-20", "12:00", {}, "2026-11-28", "10:00", kLong, office_closed},
    {"last day before year-end", "2026-12-10", "12:00", {}, "2026-12-28", "10:00", kLong, {}},
    {"year-end", "2026-12-10", "12:00", {}, "2026-12-29", "10:00", kLong, office_closed},
    {"end of year-end", "2026-12-10", "12:00", {}, "2027-01-03", "10:00", kLong, office_closed},
    {"first day of the year", "2026-12-10", "12:00", {}, "2027-01-04", "10:00", kLong, {}},
    {"special Sunday", "2026-11-20", "12:00", {}, "2026-12-06", "10:00", kLong, {}},
    {"special Sunday outside its hours",
     "2026-11-20",
     "12:00",
     {},
     "2026-12-06",
     "09:00",
     kLong,
     no_such_slot},
    {"storm", "2026-11-20", "12:00", {}, "2026-12-02", "10:00", kLong, office_closed},
    {"storm from eleven, before", "2026-11-20", "12:00", {}, "2026-12-03", "10:30", kLong, {}},
    {"storm from eleven, after",
     "2026-11-20",
     "12:00",
     {},
     "2026-12-03",
     "11:00",
     kLong,
     no_such_slot},
    {"last day of the horizon", "2026-11-25", "00:00", {}, "2026-12-25", "10:00", kLong, {}},
    {"first day beyond the horizon",
     "2026-11-25",
     "23:59",
     {},
     "2026-12-28",
     "10:00",
     kLong,
     beyond_horizon},
    {"horizon a millisecond before midnight", "2026-11-25", "00:00", -kMs, "2026-12-25", "10:00",
     kLong, beyond_horizon},
    {"horizon over a month's end", "2026-11-30", "10:00", {}, "2026-12-28", "10:00", kLong, {}},
    {"29 February", "2028-02-10", "10:00", {}, "2028-02-29", "10:00", kLong, {}},
    {"horizon over 29 February",
     "2028-02-10",
     "10:00",
     {},
     "2028-03-13",
     "10:00",
     kLong,
     beyond_horizon},
    {"exactly at the cut-off", "2026-11-24", "09:00", {}, "2026-11-24", "10:00", kLong, {}},
    {"a millisecond past the cut-off", "2026-11-24", "09:00", kMs, "2026-11-24", "10:00", kLong,
     too_late_to_book},
    {"past", "2026-11-24", "12:00", {}, "2026-11-24", "10:00", kLong, too_late_to_book},
    {"yesterday", "2026-11-25", "08:00", {}, "2026-11-24", "10:00", kLong, too_late_to_book},
};
INSTANTIATE_TEST_SUITE_P(Cases, FindSlot, testing::ValuesIn(kCases));

TEST(FindOffer, NamesWhatIsWrong) {
  EXPECT_REFUSED(find_offer(city(), OfficeId("nowhere"), kLong), unknown_office);
  EXPECT_REFUSED(find_offer(city(), kNorth, ServiceId("nothing")), unknown_service);
  EXPECT_REFUSED(find_offer(city(), kNorth, kWalkIn), service_not_reservable);
}

TEST(FindSlot, KioskBooksSameDayWithoutCutOff) {
  const auto now = local("2026-11-24", "09:59");
  EXPECT_TRUE(find_slot(city(), offer_of(kLong), kTuesday, time_of("10:00"), Channel::kiosk, now)
                  .has_value());
  EXPECT_REFUSED(find_slot(city(), offer_of(kLong), day_of("2026-11-25"), time_of("10:00"),
                           Channel::kiosk, now),
                 beyond_horizon);
}

TEST(FindSlot, EachChannelHasItsLimit) {
  const auto now = local("2026-11-20", "12:00");
  const auto limit = [&](Channel channel) {
    return find_slot(city(), offer_of(kLong), kTuesday, time_of("10:00"), channel, now)
        .value()
        .units.front()
        .limit;
  };
  EXPECT_EQ(limit(Channel::web), 2);
  EXPECT_EQ(limit(Channel::staff), 3);
}

TEST(FreePlaces, IsTheLeastOfTheUnits) {
  const auto slot = find_slot(city(), offer_of(kLong), kTuesday, time_of("10:00"), Channel::web,
                              local("2026-11-20", "12:00"))
                        .value();
  ASSERT_EQ(slot.units.size(), 2U);
  Usage usage;
  EXPECT_EQ(free_places(slot, usage), 2);
  usage.add(local("2026-11-24", "10:15"), 1);
  EXPECT_EQ(free_places(slot, usage), 1);
  usage.add(local("2026-11-24", "10:00"), 5);
  EXPECT_EQ(free_places(slot, usage), 0);
}

DaySummary summary_of(std::string_view day, Instant now, const Usage& usage = {}) {
  return summarise_day(city(), offer_of(kLong), day_of(day), Channel::web, now, usage);
}

// Fills every time of Tuesday but the last `left`.
Usage all_but(int left) {
  const auto slots = slots_of(city(), offer_of(kLong), kTuesday, Channel::web);
  Usage usage;
  for (std::size_t i = 0; i + static_cast<std::size_t>(left) < slots.size(); ++i)
    usage.add(slots[i].start, 2);
  return usage;
}

TEST(DayState, TellsThemApart) {
  const auto now = local("2026-11-20", "12:00");
  const auto state = [&](std::string_view day, const Usage& usage = {}) {
    return summary_of(day, now, usage).state;
  };
  EXPECT_EQ(state("2026-11-19"), DayState::past);
  EXPECT_EQ(state("2026-11-23"), DayState::closed);
  EXPECT_EQ(state("2026-12-21"), DayState::not_yet);
  EXPECT_EQ(state("2026-11-24"), DayState::many);
  EXPECT_EQ(state("2026-11-24", all_but(4)), DayState::many) << "4 of 14 are more than a quarter";
  EXPECT_EQ(state("2026-11-24", all_but(3)), DayState::few);
  EXPECT_EQ(state("2026-11-24", all_but(1)), DayState::few);
  EXPECT_EQ(state("2026-11-24", all_but(0)), DayState::full);
  EXPECT_EQ(summary_of("2026-11-24", now, all_but(3)).free_times, 3);
}

TEST(DayState, TodayIsPastOnceTheLastStartIsWithinTheCutOff) {
  EXPECT_EQ(summary_of("2026-11-24", local("2026-11-24", "15:30")).state, DayState::few);
  EXPECT_EQ(summary_of("2026-11-24", local("2026-11-24", "15:30") + kMs).state, DayState::past);
}

TEST(Soonest, StartsAfterTheCutOffAndGoesOverClosedDays) {
  const auto now = local("2026-11-20", "15:00");  // Friday; Monday is a holiday
  const auto found = soonest(city(), offer_of(kLong), Channel::web, now, {});
  ASSERT_EQ(found.size(), 3U);
  EXPECT_EQ(found[0].slot.start, local("2026-11-20", "16:00"));
  EXPECT_EQ(found[1].slot.start, local("2026-11-20", "16:30"));
  EXPECT_EQ(found[2].slot.start, local("2026-11-24", "09:00"));
}

TEST(Nearest, TakesTheClosestEarlierFirst) {
  const auto found = nearest(city(), offer_of(kLong), local("2026-11-24", "14:00"), Channel::web,
                             local("2026-11-20", "12:00"), [] {
                               Usage usage;
                               usage.add(local("2026-11-24", "14:00"), 2);
                               usage.add(local("2026-11-24", "14:30"), 2);
                               return usage;
                             }());
  ASSERT_EQ(found.size(), 3U);
  EXPECT_EQ(found[0].slot.start, local("2026-11-24", "13:30"));
  EXPECT_EQ(found[1].slot.start, local("2026-11-24", "13:00"));
  EXPECT_EQ(found[2].slot.start, local("2026-11-24", "15:00"));
}

TEST(Nearest, GoesToTheDaysAround) {
  const auto found = nearest(city(), offer_of(kLong), local("2026-11-24", "14:00"), Channel::web,
                             local("2026-11-20", "12:00"), all_but(1));
  ASSERT_EQ(found.size(), 3U);
  EXPECT_EQ(found[0].slot.start, local("2026-11-24", "16:30"));
  EXPECT_EQ(found[1].slot.start, local("2026-11-25", "09:00")) << "Monday is a holiday";
  EXPECT_EQ(found[2].slot.start, local("2026-11-25", "09:30"));
}

TEST(Usage, GivesDuePlacesBackOncePerUnit) {
  Usage usage;
  usage.add(local("2026-11-24", "10:00"), 2);
  usage.add(local("2026-11-24", "10:15"), 1);
  usage.subtract(local("2026-11-24", "10:00"), local("2026-11-24", "10:30"));
  EXPECT_EQ(usage.taken(local("2026-11-24", "10:00")), 1);
  EXPECT_EQ(usage.taken(local("2026-11-24", "10:15")), 0);
  EXPECT_EQ(usage.taken(local("2026-11-24", "10:30")), 0);
}

TEST(HoldEnd, IsTenMinutesWithinAnHourAndBeforeTheStart) {
  const auto first = local("2026-11-24", "08:00");
  const auto end = [&](Instant from, Instant start) {
    return hold_end(city(), kNorth, kGroup, first, from, start);
  };
  EXPECT_EQ(end(first, local("2026-11-24", "10:00")), first + Minutes(10));
  EXPECT_EQ(end(first + Minutes(55), local("2026-11-24", "10:00")), first + Minutes(60));
  EXPECT_EQ(end(first + Minutes(25), local("2026-11-24", "08:30")), first + Minutes(30));
}

TEST(Transitions, OnlyThoseOfTheTable) {
  using enum State;
  const State all[] = {held, expired, booked, checked_in, served, cancelled, no_show};
  int legal = 0;
  for (const auto from : all) {
    for (const auto to : all) legal += may_move(from, to) ? 1 : 0;
  }
  EXPECT_EQ(legal, 8);
  EXPECT_TRUE(may_move(held, booked));
  EXPECT_FALSE(may_move(expired, booked));
  EXPECT_FALSE(may_move(cancelled, booked));
  EXPECT_FALSE(may_move(checked_in, cancelled));
}

}  // namespace
}  // namespace matanai::booking
