#include "server/queue/day/plain_promise.hpp"

#include <algorithm>
#include <cmath>

namespace matanai::queue {
namespace {

constexpr double kNineInTen = 1.2816;  // standard normal quantile
using FiveMinutes = std::chrono::duration<std::int64_t, std::ratio<300>>;
constexpr Minutes kGrace{5};  // a reservation is told its slot and this at least

struct Work {
  double mean = 0;      // minutes
  double variance = 0;  // minutes²
  void add(const ServiceTime& time, double share = 1) {
    mean += share * time.mean_minutes;
    variance += share * time.mean_minutes * time.mean_minutes * (time.cv * time.cv + 1 - share);
  }
};

Instant rounded_up(Instant at) {
  return Instant(std::chrono::ceil<FiveMinutes>(at.time_since_epoch()));
}

}  // namespace

Promise plain_promise(const OfficeModel& office) {
  return [&office](const FloorNow& floor, std::uint16_t group, const Person& newcomer) {
    int windows = 0;
    int busy = 0;
    double residual = 0;  // Σ m (1 + cv²) / 2 over busy windows: the mean rest of a service
    for (const WindowNow& at : floor.windows) {
      if (!is_open_for(at.window, group, floor.now)) continue;
      ++windows;
      if (!at.is_busy) continue;
      ++busy;
      const ServiceTime& time = office.services[at.service].time;
      residual += time.mean_minutes * (1 + time.cv * time.cv) / 2;
    }
    Work ahead;
    for (const Person& person : floor.lines[group].people())
      if (person.ready_at <= newcomer.ready_at) ahead.add(office.services[person.service].time);
    const double s = std::max(1, windows);
    const auto end =
        floor.now + Minutes(static_cast<std::int64_t>(ahead.mean / s) + kGrace.count());
    for (const ReservationToCome& coming : floor.reservations)
      if (office.services[coming.service].group == group && coming.slot >= floor.now &&
          coming.slot < end)
        ahead.add(office.services[coming.service].time, coming.show_probability);
    if (busy == windows && busy > 0) ahead.mean += residual / busy;
    const double minutes = ahead.mean / s + kNineInTen * std::sqrt(ahead.variance) / s;
    const Instant latest = floor.now + Millis(std::llround(minutes * 60000));
    return rounded_up(newcomer.has_slot() ? std::max<Instant>(latest, newcomer.slot + kGrace)
                                          : latest);
  };
}

}  // namespace matanai::queue
