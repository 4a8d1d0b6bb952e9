#include "server/queue/station/replications.hpp"

#include <cmath>

namespace matanai::queue {

Estimate estimate_of(std::span<const Fraction> replications) {
  const auto count = static_cast<double>(replications.size());
  double over = 0, under = 0;
  for (const auto& fraction : replications) {
    over += fraction.over;
    under += fraction.under;
  }
  const double value = over / under;
  double squares = 0;
  for (const auto& fraction : replications) {
    const double deviation = fraction.over - value * fraction.under;
    squares += deviation * deviation;
  }
  return {value, std::sqrt(squares * count / (count - 1)) / under};
}

}  // namespace matanai::queue
