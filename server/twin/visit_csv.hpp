// An office's record as a CSV file, one visit a row: for offices whose log is not ours. Reads the
// file; any thread.
#pragma once

#include <string>
#include <string_view>

#include "server/twin/office_log.hpp"

namespace matanai::twin {

// The columns, as --help tells them.
inline constexpr const char* kVisitColumns =
    "Columns of --csv, found by their names in the first line; more are skipped, quotes mean\n"
    "nothing. Times are 09:05 or 09:05:30 of the day:\n"
    "  day       2026-11-24\n"
    "  outcome   served; absent: called, and nobody came; uncalled; no_show: a reservation that\n"
    "            nobody came to; open: no visit, its window was open from started to finished\n"
    "  group     the line (called in one order); empty: the only one\n"
    "  service   what for; always of the same group\n"
    "  window    that called\n"
    "  arrival   ticket or check-in\n"
    "  slot      the reserved time; empty: a walk-in\n"
    "  called    first call\n"
    "  started   service\n"
    "  finished  service\n"
    "  priority  1: a head start, else 0 or empty\n"
    "Cells that an outcome does not need stay empty. A window without open rows on a day is taken\n"
    "as open from the first arrival into its last service, but for the time in which it was free\n"
    "while somebody of its lines waited.\n";

// Throws std::runtime_error whose text names the file, the line and what is wrong there.
OfficeLog read_visits(const std::string& path);
// The same of a text; `name` stands for the file in the errors.
OfficeLog parse_visits(std::string_view csv, const std::string& name);

}  // namespace matanai::twin
