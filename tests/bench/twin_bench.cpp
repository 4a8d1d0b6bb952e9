// The queue engine's speed, one JSON line a figure: the generic station on M/M/3 at rho .9 in
// events per second (arrivals and departures; bar 5 M) and over SimPy on the same model in the same
// run (bar 15), the first-come-first-served kernel in customers per second (bar 10 M). One thread.
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <vector>

#include "server/queue/station/kernel.hpp"
#include "server/queue/station/station.hpp"

namespace {

using namespace matanai::queue;
using Clock = std::chrono::steady_clock;

constexpr int kRepeats = 5;  // the best counts: others share the machine
constexpr std::uint64_t kCustomers = 2'000'000;
constexpr double kUtilisation = 0.9;
constexpr double kMillion = 1e6;
constexpr const char* kSimPy = "/usr/bin/python3 tests/bench/simpy_mm3.py";

double seconds_since(Clock::time_point start) {
  return std::chrono::duration<double>(Clock::now() - start).count();
}

void report(const char* name, double value, const char* unit, double bar, const char* how) {
  std::printf(
      "{\"name\":\"%s\",\"value\":%.2f,\"unit\":\"%s\",\"bar\":%g,\"ok\":%s,\"how\":\"at least; "
      "%s\"}\n",
      name, value, unit, bar, value >= bar ? "true" : "false", how);
}
void report(const char* name, double value, const char* unit, const char* how) {
  std::printf("{\"name\":\"%s\",\"value\":%.2f,\"unit\":\"%s\",\"how\":\"%s\"}\n", name, value,
              unit, how);
}

StationModel markov(int windows, double utilisation) {
  StationModel model;
  model.windows = windows;
  model.customers = kCustomers;
  model.sources = {Source{}};
  model.sources[0].between.mean = 1 / (utilisation * windows);
  return model;
}

// Million events a second, the best of some runs.
double station_speed(const StationModel& model) {
  double best = 0;
  for (int i = 0; i < kRepeats; ++i) {
    const auto start = Clock::now();
    const auto totals = run_station(model, 1, static_cast<std::uint64_t>(i));
    best = std::max(best, static_cast<double>(totals.events) / seconds_since(start) / kMillion);
  }
  return best;
}

double kernel_speed(int windows) {
  std::vector<std::int64_t> arrivals, services;
  auto random = stream(1, 0, 0, Purpose::arrival);
  const Sampler between({.mean = 1 / (kUtilisation * windows)}, kTicksPerUnit);
  const Sampler service({}, kTicksPerUnit);
  std::int64_t now = 0;
  for (std::uint64_t i = 0; i < kCustomers; ++i) {
    arrivals.push_back(now += between.draw(random));
    services.push_back(service.draw(random));
  }
  std::vector<std::int64_t> waits(arrivals.size());
  double best = 0;
  for (int i = 0; i < kRepeats; ++i) {
    const auto start = Clock::now();
    fcfs_waits(arrivals, services, windows, waits);
    best = std::max(best, static_cast<double>(kCustomers) / seconds_since(start) / kMillion);
  }
  return best;
}

// Million events a second of SimPy, 0 when it is not there.
double simpy_speed() {
  std::FILE* pipe = ::popen(kSimPy, "r");
  double events = 0;
  if (!pipe || std::fscanf(pipe, "%lf", &events) != 1) events = 0;
  if (pipe) ::pclose(pipe);
  return events / kMillion;
}

void compare_with_simpy(double ours) {
  const double simpy = simpy_speed();
  if (simpy == 0) {
    std::printf(
        "{\"name\":\"twin_over_simpy\",\"value\":null,\"unit\":\"x\",\"how\":\"not compared: "
        "python3-simpy3 could not be installed\"}\n");
    return;
  }
  report("simpy_mm3", simpy, "M events/s", "SimPy, best of 3 runs of 100,000 customers");
  report("twin_over_simpy", ours / simpy, "x", 15, "both in this run, one thread each");
}

}  // namespace

int main() {
  const double events = station_speed(markov(3, kUtilisation));
  report("twin_mm3_events", events, "M events/s", 5, "generic station, M/M/3 rho .9, one thread");
  compare_with_simpy(events);

  report("twin_mm100_events", station_speed(markov(100, kUtilisation)), "M events/s",
         "the same, M/M/100");
  auto model = markov(3, kUtilisation);
  model.sources[0].service = {Law::lognormal, 1, 0.76};
  report("twin_mg3_events", station_speed(model), "M events/s", "lognormal service, scv .76");
  model = markov(3, kUtilisation);
  model.sources[0].patience = Distribution{.mean = 10};
  report("twin_mm3m_events", station_speed(model), "M events/s", "with patience, mean 10");
  model = markov(3, kUtilisation);
  model.policy = CallPolicy(CallRules{});
  report("twin_mm3_policy_events", station_speed(model), "M events/s",
         "the production's call policy, slack with both guarantees");

  report("twin_fcfs_kernel", kernel_speed(3), "M customers/s", 10, "arrays to waits, 3 windows");
  report("twin_fcfs_kernel_100", kernel_speed(100), "M customers/s", "100 windows");
  return 0;
}
