// What a person is told about their wait (product.md §3): a range in steps of five minutes, or
// "now", and a latest time that is kept. Pure; values; any thread.
#pragma once

#include <optional>
#include <string>

#include "schema/types/time.hpp"
#include "server/queue/estimate/futures.hpp"

namespace matanai::queue {

struct WaitPromise {
  Minutes low{0};  // "about low–high minutes", multiples of 5, low < high
  Minutes high{0};
  bool is_now = false;  // a call in less than three minutes is likely: "now" is told instead
  Instant latest;       // "at the latest", on a full five minutes, ≥ told at + high − 5 min
  std::string model;    // who said so: the version of the estimate
  bool operator==(const WaitPromise&) const = default;
};

// Share of the futures with a call within kSoon from which "now" is told.
inline constexpr double kNowShare = 0.8;
inline bool is_soon(const WaitForecast& wait) { return wait.share_soon > kNowShare; }

// q10 rounded down, q90 rounded up, to five minutes. nullopt: no honest range exists, as the
// windows close before the call in one of ten futures or more.
std::optional<WaitPromise> promise_of(const WaitForecast& wait, Instant now,
                                      std::string_view model);

}  // namespace matanai::queue
