// An office whose parameters are known, and the record that the twin makes of it.
#pragma once

#include <algorithm>
#include <cstdint>
#include <vector>

#include "server/queue/plan/calibration.hpp"

namespace matanai::support {

// The ward day with a window more and everything that calibration fits.
inline queue::DayModel known_office() {
  queue::WardOptions options;
  options.visitors = 275;
  options.more_windows = 1;
  options.reserved_share = 0.3;
  auto model = queue::ward_day(options);
  for (auto& window : model.windows) window.pool = 0;
  model.office.way = Millis(40000);
  model.demand.way_cv = 0.4;
  model.demand.day_cv = 0.06;
  model.demand.weekday[0] = 1.15;
  model.demand.priority = 0.06;
  model.demand.patience_mean = 150;
  return model;
}

// The same before anybody has measured its services.
inline queue::OfficeModel unmeasured_office() {
  auto office = known_office().office;
  for (auto& service : office.services) service.time = {10, 0.5};
  return office;
}

inline bool is_reserved(const queue::Visit& visit) { return visit.slot != queue::kNever; }

// `days` working days of June, from Monday on, as an event log tells them.
inline std::vector<queue::RecordedDay> recorded_days(const queue::DayModel& model, int days,
                                                     std::uint64_t seed) {
  queue::OfficeDay office_day(model.office, model.demand, model.rules);
  std::vector<queue::RecordedDay> record;
  for (int day = 0; day < days; ++day) {
    const queue::DayKind kind{day % 5 + 1, 6};
    queue::RecordedDay recorded{kind, {}, model.windows, {}};
    recorded.visits =
        office_day.run(model.windows, seed, static_cast<std::uint64_t>(day), kind).visits;
    for (auto& visit : recorded.visits) {
      const bool has_priority = visit.ready_at < visit.arrival && !is_reserved(visit);
      visit.reason = has_priority ? OrderReason::priority_head_start : OrderReason::ready_time;
      visit.left = queue::kNever;
    }
    const auto came = std::ranges::count_if(recorded.visits, is_reserved);
    recorded.no_shows =
        static_cast<int>(office_day.arrivals().booked().size()) - static_cast<int>(came);
    record.push_back(std::move(recorded));
  }
  return record;
}

}  // namespace matanai::support
