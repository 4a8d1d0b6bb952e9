// The forecast of a full floor: 100 waiting in four lines, 7 windows, 40 % reserved, 400 futures
// under the default rule. Bar: p99 ≤ 5 ms for everybody's forecast at once, in the thread's CPU
// time.
#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <vector>

#include "server/queue/estimate/futures.hpp"
#include "server/queue/model/random.hpp"

namespace {

using namespace matanai;
using namespace matanai::queue;

constexpr int kLooks = 400;

// The thread's own time: on a busy machine the wall clock would measure the others.
double cpu_milliseconds() {
  timespec time{};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
  return static_cast<double>(time.tv_sec) * 1e3 + static_cast<double>(time.tv_nsec) * 1e-6;
}

Instant at(double minutes) { return Instant(Millis(static_cast<std::int64_t>(minutes * 60000))); }

OfficeModel office(std::size_t lines) {
  OfficeModel model;
  constexpr ServiceTime kTimes[] = {{5, 0.6}, {20, 0.5}, {15, 0.4}};
  for (std::size_t i = 0; i < lines; ++i) model.groups.emplace_back(1, static_cast<char>('A' + i));
  model.policies.resize(lines);
  for (std::size_t i = 0; i < 3 * lines; ++i)
    model.services.push_back({"s", static_cast<std::uint16_t>(i / 3), kTimes[i % 3]});
  return model;
}

// At 11:00; `full` of a hundred wait since up to an hour, their promises run out one by one.
FloorNow floor_of(const OfficeModel& model, std::uint64_t look, int waiting) {
  Stream luck = stream(1, look, 0, Purpose::search);
  FloorNow floor;
  floor.now = at(660);
  const auto lines = model.groups.size();
  floor.lines.resize(lines);
  for (int i = 0; i < waiting; ++i) {
    Person person;
    person.id = i + 1;
    person.arrival = at(600 + 0.6 * i);
    person.service = static_cast<std::uint16_t>(luck.uniform() * 3 * static_cast<double>(lines));
    person.latest = person.arrival + Minutes(30 + i / 4);
    const auto& service = model.services[person.service];
    person.mean_service = Millis(static_cast<std::int64_t>(service.time.mean_minutes * 60000));
    if (luck.uniform() < 0.4) person.slot = person.arrival + Minutes(6);
    const auto ready = ready_time(
        person.arrival, person.has_slot() ? std::optional(person.slot) : std::nullopt, false, {});
    person.ready_at = ready.ready_at;
    person.reason = ready.reason;
    floor.lines[service.group].insert(person);
  }
  for (std::uint16_t i = 0; i < 7; ++i) {
    WindowNow window;
    for (std::uint16_t k = 0; k < std::min<std::size_t>(lines, 2); ++k)
      window.window.groups.push_back(static_cast<std::uint16_t>((i + k) % lines));
    window.window.open = {{at(510), at(720 + 15 * (i % 4))}, {at(780 + 15 * (i % 4)), at(1200)}};
    window.is_busy = window.is_started = true;
    window.service = static_cast<std::uint16_t>(3 * (i % lines) + i % 3);
    window.person = 1000 + i;
    window.since = at(660 - 8 * luck.uniform());
    floor.windows.push_back(window);
  }
  for (int i = 0; i < 40; ++i)
    floor.reservations.push_back(
        {2000 + i, at(660 + 15 * (i / 4)),
         static_cast<std::uint16_t>(luck.uniform() * 3 * static_cast<double>(lines)), 0.9});
  return floor;
}

void measure(const char* name, std::size_t lines, int waiting, double bar) {
  const auto model = office(lines);
  Futures futures(model);
  std::vector<double> times;
  for (int i = 0; i < kLooks; ++i) {
    const auto floor = floor_of(model, static_cast<std::uint64_t>(i), waiting);
    const double before = cpu_milliseconds();
    const auto forecast = futures.look(floor);
    times.push_back(cpu_milliseconds() - before);
    if (forecast.waiting.size() != static_cast<std::size_t>(waiting)) std::abort();
  }
  std::ranges::sort(times);
  const double p50 = times[kLooks / 2], p99 = times[kLooks * 99 / 100];
  std::printf("{\"name\":\"%s_p50\",\"value\":%.3f,\"unit\":\"ms\"}\n", name, p50);
  std::printf("{\"name\":\"%s_p99\",\"value\":%.3f,\"unit\":\"ms\"", name, p99);
  if (bar > 0) std::printf(",\"bar\":\"<= %.0f\",\"ok\":%s", bar, p99 <= bar ? "true" : "false");
  std::printf("}\n");
}

}  // namespace

int main() {
  measure("forecast_100_waiting_4_lines", 4, 100, 5);
  measure("forecast_100_waiting_1_line", 1, 100, 5);
  measure("forecast_20_waiting_4_lines", 4, 20, 0);
}
