// Strong types for identifiers, so that an office is never passed where a service is meant.
// On the wire and in tables an id is its text. Values, any thread.
#pragma once

#include <compare>
#include <string>
#include <utility>

namespace matanai {

template <class Tag>
struct Id {
  std::string value;

  Id() = default;
  explicit Id(std::string text) : value(std::move(text)) {}
  auto operator<=>(const Id&) const = default;
};

using OfficeId = Id<struct OfficeTag>;    // slug: "kokurakita"
using ServiceId = Id<struct ServiceTag>;  // slug: "move_in"
using GroupId = Id<struct GroupTag>;      // service group, one ticket series: its letter, "A"
using WindowId = Id<struct WindowTag>;    // number within the office as text: "3"
using StaffId = Id<struct StaffTag>;      // login name
using DeviceId = Id<struct DeviceTag>;    // "kokurakita-kiosk-1"
using ReservationId = Id<struct ReservationTag>;  // 26 characters Crockford base32, random 128 bit
using TicketId = Id<struct TicketTag>;            // same form
using ReservationCode =
    Id<struct ReservationCodeTag>;  // 8 digits, the last a check digit (codes.hpp)

}  // namespace matanai
