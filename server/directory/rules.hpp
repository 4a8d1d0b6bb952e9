// When an office is open and which slot starts a day has: pure calendar rules over the reference
// data. Order of precedence on one day: emergency closure, special opening, closure, national
// holiday, other hours of that day, ordinary hours of the weekday. Not for capacities that are
// taken (booking). No I/O, no clock; any thread.
#pragma once

#include <optional>
#include <vector>

#include "server/directory/directory.hpp"

namespace matanai::directory {

enum class ClosureKind { none, weekly, holiday, closed, emergency };
BOOST_DESCRIBE_ENUM(ClosureKind, none, weekly, holiday, closed, emergency)

struct DayPlan {
  LocalDay day{};
  bool is_open = false;
  TimeOfDay opens{0};   // 0 when closed
  TimeOfDay closes{0};  // 0 when closed
  bool takes_reservations = false;
  TimeOfDay first_start{0};  // of a reservation; only when takes_reservations
  TimeOfDay last_start{0};
  ClosureKind closure = ClosureKind::none;
  LocalizedText reason;  // why it is closed (勤労感謝の日, 年末年始, 土曜日 …); empty when open
  LocalizedText note;    // name of a special or extended opening; empty on an ordinary day

  bool is_open_at(TimeOfDay time) const { return is_open && time >= opens && time < closes; }
};

// Throws std::logic_error for an unknown office.
DayPlan day_plan(const Directory& directory, const OfficeId& office, LocalDay day);

// Starts of a reservation of `length` on that day: on the grid of min(length, 30 min), from
// first_start, at most last_start, over at closing time. A service of 30 min starts on :00 and :30.
std::vector<TimeOfDay> slot_starts(const DayPlan& plan, Minutes length);
bool is_slot_start(const DayPlan& plan, TimeOfDay start, Minutes length);
// The capacity units a reservation takes: 9:00 and 30 min → 9:00, 9:15.
std::vector<TimeOfDay> slot_units(TimeOfDay start, Minutes length);

// `from` when the office is open then, else the next opening instant. nullopt when it never opens
// within 400 days.
std::optional<Instant> next_open_instant(const Directory& directory, const OfficeId& office,
                                         Instant from);
// The first open day after `day`; nullopt as above.
std::optional<LocalDay> next_open_day(const Directory& directory, const OfficeId& office,
                                      LocalDay day);

}  // namespace matanai::directory
