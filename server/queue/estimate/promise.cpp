#include "server/queue/estimate/promise.hpp"

#include <algorithm>

namespace matanai::queue {
namespace {

using Step = std::chrono::duration<std::int64_t, std::ratio<300>>;
constexpr Step kStep{1};

Minutes step_down(Millis time) { return std::chrono::floor<Step>(time); }
Minutes step_up(Millis time) { return std::chrono::ceil<Step>(time); }

}  // namespace

std::optional<WaitPromise> promise_of(const WaitForecast& wait, Instant now,
                                      std::string_view model) {
  if (!wait.q10 || !wait.q90) return std::nullopt;
  WaitPromise promise;
  promise.low = step_down(*wait.q10);
  promise.high = std::max(step_up(*wait.q90), promise.low + kStep);
  promise.is_now = is_soon(wait);
  promise.latest = Instant(step_up(now.time_since_epoch() + *wait.q90));
  promise.model = model;
  return promise;
}

}  // namespace matanai::queue
