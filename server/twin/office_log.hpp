// What calibrate reads of an office, be it from its database or a CSV file. Values; any thread.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "schema/types/time.hpp"
#include "server/queue/plan/calibration.hpp"

namespace matanai::twin {

struct LoggedDay {
  LocalDay date;
  queue::RecordedDay day;
};

struct OfficeLog {
  queue::OfficeModel office;    // groups and services, the handling times believed so far
  std::vector<LoggedDay> days;  // on which somebody was called, oldest first
};

using LoggedDays = std::map<LocalDay, LoggedDay>;
// That day of `days`, perhaps new.
LoggedDay& day_on(LoggedDays& days, LocalDay date);
// The days on which somebody was called and windows are known, their visits by arrival.
std::vector<LoggedDay> days_with_calls(LoggedDays&& days);

// A service nobody has measured: `typical` minutes.
queue::ServiceTime unmeasured(double typical);

}  // namespace matanai::twin
