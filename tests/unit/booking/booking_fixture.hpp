// A small city with two offices on a real database file, and a clock moved by hand.
// north and south: group A, services of 15, 30 and 60 minutes and one without reservations; Monday
// to Friday 8:30–17:15, slots 9:00–16:30 but at lunch; 2026-11-24 is a Tuesday.
#pragma once

#include <gtest/gtest.h>

#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "schema/types/codes.hpp"
#include "server/booking/commands.hpp"
#include "server/booking/proof.hpp"
#include "server/booking/rules.hpp"
#include "server/booking/store.hpp"
#include "server/db/database.hpp"
#include "tests/unit/support/folder.hpp"

namespace matanai::booking {

inline const OfficeId kNorth("north");
inline const OfficeId kSouth("south");
inline const GroupId kGroup("A");
inline const ServiceId kShort("short"), kLong("long"), kHour("hour"), kWalkIn("walk_in");

inline LocalDay day_of(std::string_view text) { return parse_day(text).value(); }
inline TimeOfDay time_of(std::string_view text) { return parse_time_of_day(text).value(); }
inline Instant local(std::string_view day, std::string_view time) {
  return instant_at(day_of(day), time_of(time));
}

inline const LocalDay kTuesday = day_of("2026-11-24");

namespace tiny {

inline directory::LocalizedText text(std::string_view ja) {
  directory::LocalizedText out;
  out.set(Locale::ja, std::string(ja));
  out.set(Locale::en, std::string(ja) + " en");
  return out;
}

inline directory::Service service(const ServiceId& id, int slot_minutes) {
  directory::Service out;
  out.id = id;
  out.group = kGroup;
  out.name = text(id.value);
  out.typical = Minutes(10);
  out.slot = Minutes(slot_minutes);
  out.is_reservable = slot_minutes > 0;
  return out;
}

inline std::vector<directory::SlotPart> parts(int web) {
  return {{time_of("09:00"), time_of("12:00"), web, web, web + 1},
          {time_of("13:00"), time_of("17:15"), web, web, web + 1}};
}

inline void add_office(directory::Tables& tables, const OfficeId& id, int web) {
  directory::Office office;
  office.id = id;
  office.lg_code = "401005";
  office.name = text(id.value + " office");
  office.address = text("1-1, Castle; Town");
  tables.offices.push_back(office);
  directory::Window window;
  window.office = id;
  window.id = WindowId("1");
  window.number = 1;
  window.zone = "A";
  window.groups = {kGroup};
  tables.windows.push_back(window);
  tables.slot_rules.push_back({id, kGroup, day_of("2020-01-01"), parts(web)});
}

inline directory::CalendarEntry entry(std::string_view first, std::string_view last,
                                      directory::CalendarKind kind) {
  directory::CalendarEntry out;
  out.first = day_of(first);
  out.last = day_of(last);
  out.kind = kind;
  out.name = text("a reason");
  return out;
}

inline std::vector<directory::CalendarEntry> calendar() {
  using enum directory::CalendarKind;
  std::vector<directory::CalendarEntry> out;
  out.push_back(entry("2026-11-23", "2026-11-23", holiday));
  out.push_back(entry("2026-12-29", "2027-01-03", closed));
  auto sunday = entry("2026-12-06", "2026-12-06", special);
  sunday.opens = time_of("10:00");
  sunday.closes = time_of("14:00");
  sunday.first_start = time_of("10:00");
  sunday.last_start = time_of("11:30");
  out.push_back(sunday);
  auto storm = entry("2026-12-02", "2026-12-02", emergency);
  out.push_back(storm);
  storm = entry("2026-12-03", "2026-12-03", emergency);
  storm.closes = time_of("11:00");
  out.push_back(storm);
  return out;
}

inline std::vector<directory::Setting> settings() {
  namespace names = directory::settings;
  std::vector<directory::Setting> out;
  for (const auto name : names::kAll)
    out.push_back({std::string(name), {}, {}, day_of("2020-01-01"), 0});
  const std::pair<std::string_view, int> values[] = {{names::kHorizonDays, 30},
                                                     {names::kCutOffMinutes, 60},
                                                     {names::kHoldMinutes, 10},
                                                     {names::kCancelledSlotDelayMinutes, 10},
                                                     {names::kMaxParty, 4},
                                                     {names::kContactErasedDays, 7},
                                                     {names::kContactErasedAfterCancelHours, 24},
                                                     {names::kCheckInEarlyMinutes, 15},
                                                     {names::kCheckInLateMinutes, 10}};
  for (auto& setting : out) {
    for (const auto& [name, value] : values) {
      if (setting.name == name) setting.value = value;
    }
  }
  return out;
}

// `web` places at once in every unit; staff has one more.
inline directory::Tables tables(int web) {
  directory::Tables out;
  add_office(out, kNorth, web);
  add_office(out, kSouth, web);
  directory::ServiceGroup group;
  group.id = kGroup;
  group.name = text("group");
  group.zone = "A";
  out.groups.push_back(group);
  group.id = GroupId("R");
  group.is_reservations = true;
  out.groups.push_back(group);
  out.services = {service(kShort, 15), service(kLong, 30), service(kHour, 60), service(kWalkIn, 0)};
  out.bring_items.push_back({kLong, 1, text("a card"), text("with a photo")});
  out.errands.push_back({"move", "", 1, "home", text("moving"), text("in, out"), {}});
  out.errands.push_back({"move_far", "move", 1, "", text("far"), {}, kLong});
  for (int weekday = 1; weekday <= 7; ++weekday) {
    const bool is_open = weekday <= 5;
    const auto time = [&](std::string_view wanted) {
      return is_open ? time_of(wanted) : TimeOfDay(0);
    };
    out.hours.push_back({{},
                         weekday,
                         day_of("2020-01-01"),
                         is_open,
                         time("08:30"),
                         time("17:15"),
                         time("09:00"),
                         time("16:30")});
  }
  out.calendar = calendar();
  out.settings = settings();
  return out;
}

}  // namespace tiny

// Random bytes that differ at each call, the same in every run.
class CountingRandom {
 public:
  void operator()(std::span<std::uint8_t> out) {
    const auto call = ++*calls_;
    for (std::size_t i = 0; i < out.size(); ++i)
      out[i] = static_cast<std::uint8_t>(i < 8 ? call >> (8 * i) : i);
  }

 private:
  std::shared_ptr<std::uint64_t> calls_ = std::make_shared<std::uint64_t>(0);
};

inline RefusalCode code_of(const auto& result) {
  return result.has_error() ? result.error().code : RefusalCode::internal_error;
}

#define EXPECT_REFUSED(result, refusal) \
  EXPECT_EQ(entry_of(code_of(result)).name, entry_of(RefusalCode::refusal).name)

// Memory, where there is such a folder: thousands of days are written.
inline std::filesystem::path memory_or_disk() {
  const std::filesystem::path memory("/dev/shm");
  return std::filesystem::exists(memory) ? memory : std::filesystem::temp_directory_path();
}

class BookingTest : public testing::Test {
 protected:
  BookingTest() {
    db::Options options;
    options.file = folder_.path() / "matanai.db";
    options.migration_sets = {"common", "city"};
    database_ = std::make_unique<db::Database>(std::move(options));
  }

  template <class T>
  Result<T> write(std::function<Result<T>(db::Transaction&)> work) {
    return database_->write_blocking<T>(std::move(work));
  }
  Rooms rooms() { return {directory_, secrets_, on_change_}; }

  HoldOrder order(std::string_view time, const ServiceId& service = kShort,
                  LocalDay day = kTuesday) {
    HoldOrder out;
    out.id = ReservationId(db::random_id(random_));
    out.office = kNorth;
    out.service = service;
    out.day = day;
    out.time = time_of(time);
    return out;
  }
  Result<Reservation> hold(const HoldOrder& wanted) {
    return write<Reservation>([=, this](db::Transaction& tx) {
      return booking::hold(tx, directory_, wanted, clock_.now());
    });
  }
  Result<Reservation> hold(std::string_view time, const ServiceId& service = kShort) {
    return hold(order(time, service));
  }
  BookOrder book_order(const ReservationId& id, std::vector<NormalContact> contacts = {}) {
    BookOrder out;
    out.hold = id;
    out.contacts = std::move(contacts);
    for (std::size_t i = 0; i < kCodeDraws; ++i) out.code_draws.push_back(next_code_ += 7919);
    return out;
  }
  Result<Reservation> book(const BookOrder& wanted) {
    return write<Reservation>([=, this](db::Transaction& tx) {
      return booking::book(tx, rooms(), wanted, clock_.now());
    });
  }
  Result<Reservation> book(const ReservationId& id, std::vector<NormalContact> contacts = {}) {
    return book(book_order(id, std::move(contacts)));
  }
  // A booked reservation; fails the test when it is refused.
  Reservation booked(std::string_view time, std::vector<NormalContact> contacts = {},
                     const ServiceId& service = kShort) {
    const auto held = hold(time, service);
    if (held.has_error()) ADD_FAILURE() << "not held: " << entry_of(held.error().code).name;
    const auto row = book(held.value().id, std::move(contacts));
    if (row.has_error()) ADD_FAILURE() << "not booked: " << entry_of(row.error().code).name;
    return row.value();
  }
  Result<Reservation> extend(const ReservationId& id) {
    return write<Reservation>([=, this](db::Transaction& tx) {
      return booking::extend(tx, directory_, id, clock_.now());
    });
  }
  Result<Reservation> cancel(const ReservationId& id) {
    return write<Reservation>(
        [=, this](db::Transaction& tx) { return booking::cancel(tx, rooms(), id, clock_.now()); });
  }
  Swept sweep() {
    return *write<Swept>([this](db::Transaction& tx) -> Result<Swept> {
      return booking::sweep(tx, clock_.now(), 1000);
    });
  }
  Result<bool> release(const ReservationId& id) {
    return write<bool>([=, this](db::Transaction& tx) -> Result<bool> {
      booking::release(tx, id, clock_.now());
      return true;
    });
  }
  std::optional<Reservation> find(const ReservationId& id) {
    return *write<std::optional<Reservation>>(
        [=](db::Transaction& tx) -> Result<std::optional<Reservation>> {
          return store::find(tx, id);
        });
  }
  // Free places now, as a screen is told.
  int free_at(std::string_view time, const ServiceId& service = kShort) {
    return free_at(directory_, time, service);
  }
  int free_at(const directory::Directory& directory, std::string_view time,
              const ServiceId& service) {
    const auto offer = find_offer(directory, kNorth, service).value();
    const auto usage = *write<Usage>([&](db::Transaction& tx) -> Result<Usage> {
      return store::usage(tx, kNorth, kGroup, instant_at(kTuesday, TimeOfDay(0)),
                          instant_at(kTuesday, TimeOfDay(1440)), clock_.now());
    });
    for (const auto& free :
         times_of(directory, offer, kTuesday, Channel::web, clock_.now(), usage)) {
      if (free.slot.time == time_of(time)) return free.free;
    }
    return -1;
  }
  std::int64_t miscounted() {
    return *write<std::int64_t>(
        [](db::Transaction& tx) -> Result<std::int64_t> { return store::miscounted_units(tx); });
  }

  tests::Folder folder_{memory_or_disk()};
  directory::Directory directory_{tiny::tables(1)};
  ManualClock clock_{local("2026-11-24", "07:00")};
  CountingRandom random_;
  db::ServerKey key_{{1, 2, 3}};
  Secrets secrets_{key_};
  std::vector<ReservationChange> changes_;
  OnChange on_change_ = [this](db::Transaction&, const ReservationChange& change) {
    changes_.push_back(change);
  };
  std::uint32_t next_code_ = 0;
  std::unique_ptr<db::Database> database_;
};

}  // namespace matanai::booking
