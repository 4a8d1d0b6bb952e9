// Plain types of booking: slots, holds and reservations. A hold is a reservation in state `held`.
// Values, any thread.
#pragma once

#include <boost/describe.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "schema/types/ids.hpp"
#include "schema/types/locale.hpp"
#include "schema/types/messages_booking.hpp"
#include "schema/types/time.hpp"

namespace matanai::booking {

using messages::Help;

enum class State { held, expired, booked, checked_in, served, cancelled, no_show };
BOOST_DESCRIBE_ENUM(State, held, expired, booked, checked_in, served, cancelled, no_show)

// Through which door a reservation came; each has its own limit on the common count of a unit.
enum class Channel { web, kiosk, staff };
BOOST_DESCRIBE_ENUM(Channel, web, kiosk, staff)

std::string_view name_of(State state);
std::string_view name_of(Channel channel);
// Throws std::logic_error for a text that is no state (a broken table).
State state_from(std::string_view name);
Channel channel_from(std::string_view name);

// The one transition table: held → booked | expired, booked → checked_in | cancelled | no_show,
// checked_in → served | no_show (left), served → checked_in (taken back).
bool may_move(State from, State to);

// A unit of 15 minutes of a slot, and how many places the channel may fill in it.
struct Unit {
  Instant start;
  int limit = 0;
};

// A time that the office offers for a service.
struct Slot {
  OfficeId office;
  ServiceId service;
  GroupId group;
  LocalDay day{};
  TimeOfDay time{0};
  Instant start{};
  Instant end{};
  std::vector<Unit> units;  // ascending; at least one
};

// A row of the table, without contacts.
struct Reservation {
  ReservationId id;
  State state = State::held;
  OfficeId office;
  ServiceId service;
  GroupId group;
  LocalDay day{};
  Instant start{};
  Instant end{};
  Channel channel = Channel::web;
  int party = 1;
  Instant held_at{};
  bool has_place = true;  // counted in slot_usage
  std::optional<Instant>
      release_at;  // when the place goes back: end of the hold, or some time after a cancel
  std::optional<ReservationCode> code;
  std::vector<Help> help;
  Locale locale = Locale::ja;
  bool has_contact = false;
  Instant changed_at{};
  int revision = 0;
};

std::string to_text(const std::vector<Help>& help);  // "wheelchair,writing"
std::vector<Help> help_from(std::string_view text);

}  // namespace matanai::booking
