// What booking and floor tell each other, in one process and in the same transaction: each booked,
// moved or cancelled reservation becomes a row of floor's `expected` table, and attendance and the
// wishes of people at the office go back.
// Between two machines the same functions are fed by the feed. Database threads only.
#pragma once

#include <functional>
#include <memory>

#include "server/booking/commands.hpp"
#include "server/floor/context.hpp"

namespace matanai::link {

// Called after the commit, on the database thread, with the office whose floor changed: posts, must
// not block.
using OnFloorChanged = std::function<void(const OfficeId&)>;

// For BookingServices: keeps `expected` up to date.
booking::OnChange keep_expected(OnFloorChanged on_floor_changed);

// Booking as the floor reaches it. on_change: the one that BookingServices has.
struct BookingSide {
  const directory::Directory& directory;
  booking::Secrets secrets;
  booking::OnChange on_change;

  booking::Rooms rooms() const { return {directory, secrets, on_change}; }
};
using BookingSidePtr = std::shared_ptr<const BookingSide>;

// For floor's Context: marks the reservation checked in, served, in service again, no-show or given
// up.
floor::OnAttendance keep_attendance(BookingSidePtr side);
floor::EarlierTimes earlier_times(BookingSidePtr side);
floor::MoveEarlier move_earlier(BookingSidePtr side);

}  // namespace matanai::link
