// The event log of an office database, read as days for the engine. Reads only; one thread.
#pragma once

#include <string>
#include <vector>

#include "server/db/transaction.hpp"
#include "server/queue/calibration.hpp"

namespace matanai::twin {

struct LoggedDay {
  LocalDay date;
  queue::RecordedDay day;
};

struct OfficeLog {
  queue::OfficeModel office;  // groups and services of the directory, their handling times
  std::vector<LoggedDay> days;
};

// Offices that have tickets.
std::vector<std::string> offices_with_tickets(db::Transaction& tx);

// Every day of `office` on which somebody was called, oldest first. A window's intervals come from
// its opened, closed, paused and resumed events; as it closes only when nobody is there any more,
// an interval that ends with a service is cut in that service's middle, when closing was probably
// due. Windows serve the groups of the directory's window; without one, those they called.
OfficeLog read_office_log(db::Transaction& tx, const std::string& office);

}  // namespace matanai::twin
