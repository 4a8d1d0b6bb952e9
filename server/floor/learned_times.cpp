#include "server/floor/learned_times.hpp"

#include <algorithm>

#include "server/floor/store.hpp"

namespace matanai::floor {
namespace {

constexpr std::chrono::days kRecord{60};
constexpr double kSpread = 0.6;  // research queueing.md §1: of a service whose record is unknown
// Whoever waited longer than this was called out of a line, not into an empty hall.
constexpr Minutes kWasInLine{1};

queue::ServiceTime typical_time(const directory::Service& service) {
  return {static_cast<double>(std::max<std::int64_t>(1, service.typical.count())), kSpread};
}

}  // namespace

LearnedTimes LearnedTimes::before(db::Transaction& tx, const directory::Directory& directory,
                                  const OfficeId& office, LocalDay today) {
  LearnedTimes learned;
  for (const auto* service : directory.services_of(office))
    learned.services_.emplace(service->id, queue::ServiceLearner(typical_time(*service)));
  std::optional<LocalDay> day;
  for (const auto& served : store::served_between(tx, office, today - kRecord, today)) {
    if (day && *day != served.day)
      for (auto& [id, learner] : learned.services_) learner.forget_a_day();
    day = served.day;
    const auto found = learned.services_.find(served.service);
    if (found != learned.services_.end()) found->second.add(served.took);
  }
  return learned;
}

double LearnedTimes::pace_of(db::Transaction& tx, const OfficeId& office, LocalDay today) const {
  queue::Pace pace;
  for (const auto& served :
       store::served_between(tx, office, today, today + std::chrono::days(1))) {
    const auto found = services_.find(served.service);
    if (found == services_.end()) continue;
    pace.add(served.took, found->second.time(), served.waited > kWasInLine);
  }
  return pace.value();
}

queue::ServiceTime LearnedTimes::time_of(const ServiceId& service, double pace) const {
  const auto found = services_.find(service);
  if (found == services_.end()) return {};
  auto time = found->second.time();
  time.mean_minutes *= pace;
  return time;
}

}  // namespace matanai::floor
