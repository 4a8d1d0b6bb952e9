// The seam to `link`: what booking tells the office side, and how attendance comes back. Booking
// does not know who listens, and never includes floor. Everything here happens inside the caller's
// transaction. Database threads only.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "server/booking/types.hpp"
#include "server/db/transaction.hpp"

namespace matanai::booking {

class Secrets;

struct ReservationChange {
  ReservationId id;
  ReservationCode code;
  OfficeId office;
  ServiceId service;
  GroupId group;
  LocalDay day{};
  Instant start{};
  Instant end{};
  State state = State::booked;  // booked | cancelled
  Locale locale = Locale::ja;
  std::vector<Help> help;
  int party = 1;
  std::string check_in_token_hash;  // lower-case hex SHA-256 of the token that the QR code holds
};

// Called once for each reservation that was booked, moved to another time or cancelled, in that
// transaction; what it throws undoes it.
using OnChange = std::function<void(db::Transaction&, const ReservationChange&)>;

// Calls `use` for every reservation of the office on that day that has ever been booked, in any
// later state, by start: for a listener that has to catch up.
void each_reservation_of(db::Transaction& tx, const Secrets& secrets, const OfficeId& office,
                         LocalDay day, const std::function<void(const ReservationChange&)>& use);

// Attendance. Marking twice is fine. Refusals: reservation_not_found, reservation_cancelled,
// illegal_move (values from, command).
Result<void> mark_checked_in(db::Transaction& tx, const ReservationId& id, Instant at);
Result<void> mark_served(db::Transaction& tx, const ReservationId& id, Instant at);
// A clerk took the end of the service back: served → checked in.
Result<void> take_back_served(db::Transaction& tx, const ReservationId& id, Instant at);
Result<void> mark_no_show(db::Transaction& tx, const ReservationId& id, Instant at);

}  // namespace matanai::booking
