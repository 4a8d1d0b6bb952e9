// The event log of an office database, read as days for the engine. Reads only; one thread.
#pragma once

#include <string>
#include <vector>

#include "server/db/transaction.hpp"
#include "server/twin/office_log.hpp"

namespace matanai::twin {

// Offices that have tickets.
std::vector<std::string> offices_with_tickets(db::Transaction& tx);

// Every day of `office` on which somebody was called, oldest first. A window's intervals come from
// its opened, closed, paused and resumed events; as it closes only when nobody is there any more,
// an interval that ends with a service is cut in that service's middle, when closing was probably
// due. Windows serve the groups of the directory's window; without one, those they called.
// No-shows are known as long as the office keeps the day's reservations (some days: they are
// personal).
OfficeLog read_office_log(db::Transaction& tx, const std::string& office);

}  // namespace matanai::twin
