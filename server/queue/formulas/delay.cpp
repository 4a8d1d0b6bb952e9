#include "server/queue/formulas/delay.hpp"

#include <cmath>

namespace matanai::queue {
namespace {

constexpr double kBurstyScv = 4;

// A*(z) of times between arrivals with mean 1/rate.
double transform(Arrivals arrivals, double rate, double z) {
  switch (arrivals) {
    case Arrivals::poisson:
      return rate / (rate + z);
    case Arrivals::deterministic:
      return std::exp(-z / rate);
    case Arrivals::bursty:
      break;
  }
  const double share = balanced_share(kBurstyScv);
  const double fast = 2 * share * rate, slow = 2 * (1 - share) * rate;
  return share * fast / (fast + z) + (1 - share) * slow / (slow + z);
}

}  // namespace

double balanced_share(double scv) { return (1 + std::sqrt((scv - 1) / (scv + 1))) / 2; }

// A*(sμ(1 − w)) − w is convex, positive at 0 and negative just below 1: halving finds its root.
double root_omega(Arrivals arrivals, double utilisation) {
  double low = 0, high = 1 - 1e-9;
  for (int i = 0; i < 100; ++i) {
    const double middle = (low + high) / 2;
    (transform(arrivals, utilisation, 1 - middle) > middle ? low : high) = middle;
  }
  return low;
}

DelayLimits delay_limits(Arrivals arrivals, double utilisation, int windows) {
  const double omega = root_omega(arrivals, utilisation);
  const double s = windows;
  return {omega, 1 / (s * (1 - omega)), 1 / (s * s * (1 - omega)),
          1 / (s * s * (1 - omega) * (1 - omega))};
}

double queue_length_wait(int ahead, int windows, double rate) {
  return (ahead + 1) / (windows * rate);
}

double queue_length_wait(int ahead, int windows, double rate, double patience_rate) {
  double wait = 0;
  for (int i = 0; i <= ahead; ++i) wait += 1 / (windows * rate + i * patience_rate);
  return wait;
}

}  // namespace matanai::queue
