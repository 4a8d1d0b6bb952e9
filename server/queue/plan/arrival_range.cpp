#include "server/queue/plan/arrival_range.hpp"

#include <cmath>
#include <numeric>

namespace matanai::queue {
namespace {

constexpr double kNoSpread = 1e-4;  // below it the day factor is 1

// ln P(n people): Poisson, or with shape r = 1/cv² negative binomial.
double log_probability(int n, double mean, double day_cv) {
  const double factorial = std::lgamma(n + 1.0);
  if (day_cv < kNoSpread) return n * std::log(mean) - mean - factorial;
  const double r = 1 / (day_cv * day_cv);
  return std::lgamma(n + r) - std::lgamma(r) - factorial + r * std::log(r / (r + mean)) +
         n * std::log(mean / (r + mean));
}

}  // namespace

PeopleRange people_range(double mean, double day_cv, double share) {
  PeopleRange range{mean, 0, 0};
  if (mean <= 0) return range;
  const double below = (1 - share) / 2;
  const auto most = static_cast<int>(mean * (1 + 10 * day_cv) + 10 * std::sqrt(mean) + 20);
  double sum = 0;
  for (int n = 0; n <= most; ++n) {
    const double before = sum;
    sum += std::exp(log_probability(n, mean, day_cv));
    if (before < below && sum >= below) range.low = n;
    range.high = n;
    if (sum >= 1 - below) break;
  }
  return range;
}

ExpectedArrivals expected_arrivals(const DemandModel& demand, const DayKind& kind) {
  ExpectedArrivals expected;
  const double shares = std::accumulate(demand.profile.begin(), demand.profile.end(), 0.0);
  const double walk_ins = demand.walk_ins *
                          demand.weekday[static_cast<std::size_t>(kind.weekday - 1)] *
                          demand.month[static_cast<std::size_t>(kind.month - 1)];
  for (std::size_t q = 0; q < kQuarters; ++q) {
    expected.walk_ins[q] = shares > 0 ? demand.profile[q] / shares * walk_ins : 0;
    expected.reserved[q] = demand.booked[q] * (1 - demand.no_show);
  }
  return expected;
}

}  // namespace matanai::queue
