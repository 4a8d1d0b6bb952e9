// What booking and floor tell each other, in one process and in the same transaction: each booked
// or cancelled reservation becomes a row of floor's `expected` table, and attendance goes back.
// Between two machines the same functions are fed by the feed. Database threads only.
#pragma once

#include <functional>

#include "server/booking/outgoing.hpp"
#include "server/floor/context.hpp"

namespace matanai::link {

// Called after the commit, on the database thread, with the office whose floor changed: posts, must
// not block.
using OnFloorChanged = std::function<void(const OfficeId&)>;

// For BookingServices: keeps `expected` up to date.
booking::OnChange keep_expected(const Clock& clock, OnFloorChanged on_floor_changed);

// For floor's Context: marks the reservation checked in, served or no-show.
floor::OnAttendance keep_attendance();

}  // namespace matanai::link
