#include "server/queue/day/estimator_promise.hpp"

#include <algorithm>

#include "server/queue/estimate/promise.hpp"

namespace matanai::queue {

namespace {

// Copies share nothing: each has futures of its own.
class EstimatorPromise {
 public:
  EstimatorPromise(const OfficeModel& office, std::uint64_t seed, int count)
      : office_(office), seed_(seed), count_(count), futures_(office_, seed_, count_) {}
  EstimatorPromise(const EstimatorPromise& other)
      : EstimatorPromise(other.office_, other.seed_, other.count_) {}

  Instant operator()(const FloorNow& floor, std::uint16_t group, const Person& newcomer) {
    if (is_called_at_once(floor, group)) return floor.now;
    const auto forecast = forecast_newcomer(futures_, floor, group, newcomer);
    const auto told = promise_of(forecast.wait, floor.now, {});
    return told ? told->latest : kNever;
  }

 private:
  // Whoever meets a free window is, and all futures say so.
  bool is_called_at_once(const FloorNow& floor, std::uint16_t group) const {
    return office_.policies[group].rules().calls_before_ready && has_free_window(floor, group);
  }

  OfficeModel office_;
  std::uint64_t seed_;
  int count_;
  Futures futures_;
};

}  // namespace

PersonForecast forecast_newcomer(Futures& futures, FloorNow floor, std::uint16_t group,
                                 const Person& newcomer) {
  floor.lines[group].insert(newcomer);
  const auto forecast = futures.look(floor);
  return *std::ranges::find(forecast.waiting, newcomer.id, &PersonForecast::id);
}

Promise estimator_promise(const OfficeModel& office, std::uint64_t seed, int futures) {
  return EstimatorPromise(office, seed, futures);
}

}  // namespace matanai::queue
