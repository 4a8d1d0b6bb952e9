#include "server/queue/formulas/offered_load.hpp"

#include <algorithm>
#include <cmath>

#include "server/queue/model/random.hpp"

namespace matanai::queue {

double mean_up_to(const ServiceTime& service, double x) {
  if (x <= 0) return 0;
  const double sigma = service.sigma();
  if (sigma == 0) return std::min(x, service.mean_minutes);
  const double z = (std::log(x) - service.mu()) / sigma;
  return service.mean_minutes * normal_cdf(z - sigma) + x * normal_cdf(-z);
}

double offered_load(std::span<const double> rates, double piece, const ServiceTime& service,
                    double t) {
  double load = 0;
  double from = 0;  // of the piece
  for (const double rate : rates) {
    load += rate * (mean_up_to(service, t - from) - mean_up_to(service, t - from - piece));
    from += piece;
  }
  return load;
}

}  // namespace matanai::queue
