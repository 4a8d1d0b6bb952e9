#include "server/twin/office_log.hpp"

#include <algorithm>
#include <chrono>
#include <utility>

namespace matanai::twin {

LoggedDay& day_on(LoggedDays& days, LocalDay date) {
  const auto [at, is_new] = days.try_emplace(date);
  if (is_new) {
    const std::chrono::year_month_day parts{std::chrono::sys_days(date.time_since_epoch())};
    at->second.date = date;
    at->second.day.kind = {iso_weekday(date),
                           static_cast<int>(static_cast<unsigned>(parts.month()))};
  }
  return at->second;
}

std::vector<LoggedDay> days_with_calls(LoggedDays&& days) {
  std::vector<LoggedDay> with_calls;
  for (auto& [date, day] : days) {
    std::ranges::sort(day.day.visits, {}, [](const queue::Visit& visit) {
      return std::pair(visit.arrival, visit.number);
    });
    const bool has_calls = std::ranges::any_of(
        day.day.visits, [](const auto& visit) { return visit.called != queue::kNever; });
    if (has_calls && !day.day.windows.empty()) with_calls.push_back(std::move(day));
  }
  return with_calls;
}

queue::ServiceTime unmeasured(double typical) { return {typical, 0.5}; }

}  // namespace matanai::twin
