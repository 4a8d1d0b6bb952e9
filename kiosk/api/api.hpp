// The touch screen's own HTTP interface, on loopback only:
//   GET  /api/state           ScreenState; the same frames follow on the WebSocket /api/live
//   GET  /api/office          {"locales": {"ja": OfficeDetail, …}}
//   POST /api/walk-in         WalkIn → 201 TicketAnswer
//   POST /api/check-in        CheckIn → 201 TicketAnswer
//   POST /api/print-answer    PrintAnswer → 204
//   POST /api/staff-call      CallStaff → 204
//   GET  /healthz, /readyz
// walk-in and check-in take an Idempotency-Key: one per press. A Host that is not this machine's
// loopback is refused (a page elsewhere may point its own name here); the listener refuses foreign
// Origins.
#pragma once

#include "kiosk/desk.hpp"
#include "kiosk/screen.hpp"
#include "kiosk/staff_bell.hpp"
#include "server/http/router.hpp"

namespace matanai::kiosk {

// All outlive the router.
void add_routes(http::Router& router, Desk& desk, StaffBell& bell, Screen& screen,
                OfficeLink& link);

}  // namespace matanai::kiosk
