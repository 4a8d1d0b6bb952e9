// An appointment session at one window: exponential services, everybody punctual. Exact, by the
// distribution of how many are there: n' = max(n + k − Poisson(gap), 0), the recursion of Jansson,
// "Choosing a good appointment system", Operations Research 14(2), 1966. Pure; any thread.
#pragma once

#include <span>

namespace matanai::queue {

struct SessionResult {
  double mean_wait = 0;  // of a visitor
  double end = 0;        // mean time from the first slot to the last one's departure
};

// `booked`: how many come at each slot, at least one in all; `slot` and the result in units of the
// mean service.
SessionResult appointment_session(std::span<const int> booked, double slot = 1);

}  // namespace matanai::queue
