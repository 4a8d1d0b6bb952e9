#include "server/queue/formulas/erlang.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>

#include "server/queue/model/random.hpp"

namespace matanai::queue {

double erlang_b(int windows, double load) {
  double blocking = 1;
  for (int k = 1; k <= windows; ++k) blocking = load * blocking / (k + load * blocking);
  return blocking;
}

double erlang_c(int windows, double load) {
  if (load >= windows) return 1;
  const double blocking = erlang_b(windows, load);
  return blocking / (1 - load / windows * (1 - blocking));
}

double MarkovQueue::mean_wait() const {
  const double spare = windows * rate - arrivals;
  return spare > 0 ? delay_probability() / spare : std::numeric_limits<double>::infinity();
}

double MarkovQueue::wait_exceeds(double time) const {
  const double spare = windows * rate - arrivals;
  return spare > 0 ? delay_probability() * std::exp(-spare * time) : 1;
}

double allen_cunneen_wait(const MarkovQueue& queue, double arrival_scv, double service_scv) {
  return queue.mean_wait() * (arrival_scv + service_scv) / 2;
}

double halfin_whitt_delay(double beta) {
  const double density =
      std::exp(-beta * beta / 2) * std::numbers::inv_sqrtpi / std::numbers::sqrt2;
  return 1 / (1 + beta * normal_cdf(beta) / density);
}

double halfin_whitt_beta(double delay) {
  double low = 0, high = 40;  // the delay falls from 1 to less than any double above 0
  for (int i = 0; i < 100; ++i) {
    const double middle = (low + high) / 2;
    (halfin_whitt_delay(middle) > delay ? low : high) = middle;
  }
  return high;
}

int square_root_windows(double load, double beta) {
  return std::max(1, static_cast<int>(std::ceil(load + beta * std::sqrt(load))));
}

int windows_for_target(double arrivals, double rate, double time, double share) {
  MarkovQueue queue{std::max(1, static_cast<int>(arrivals / rate)), arrivals, rate};
  while (queue.wait_exceeds(time) > share) ++queue.windows;
  return queue.windows;
}

// The birth and death chain of how many are there, from the state with every window just busy
// outwards, where its probabilities are largest, so that nothing overflows.
ErlangA erlang_a(const MarkovQueue& queue, double patience_rate) {
  constexpr double kNegligible = 1e-17;
  double idle = 0;  // states below c, relative to state c
  double weight = 1;
  for (int n = queue.windows; n > 0; --n) {
    weight *= n * queue.rate / queue.arrivals;
    idle += weight;
  }
  double busy = 1;
  double waiting = 0;
  weight = 1;
  for (int n = 1;; ++n) {
    const double leaving = queue.windows * queue.rate + n * patience_rate;
    weight *= queue.arrivals / leaving;
    busy += weight;
    waiting += n * weight;
    if (leaving > queue.arrivals && n * weight < kNegligible * busy) break;
  }
  const double total = idle + busy;
  ErlangA result;
  result.delay_probability = busy / total;
  result.mean_waiting = waiting / total;
  result.mean_wait = result.mean_waiting / queue.arrivals;
  result.abandon_probability = patience_rate * result.mean_wait;
  return result;
}

}  // namespace matanai::queue
