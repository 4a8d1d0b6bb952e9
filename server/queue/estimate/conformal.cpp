#include "server/queue/estimate/conformal.hpp"

#include <algorithm>
#include <cmath>

namespace matanai::queue {
namespace {

constexpr int kFrom[kBuckets - 1] = {1, 2, 3, 5, 8, 12, 20, 32};

Range around(double estimate, double low, double high) {
  return {std::max(0.0, (estimate + 1) * low - 1), std::max(0.0, (estimate + 1) * high - 1)};
}

}  // namespace

std::size_t bucket_of(int people_ahead) {
  return static_cast<std::size_t>(std::ranges::upper_bound(kFrom, people_ahead) - kFrom);
}

void Ratios::add(double estimate, double wait) { ratios_.push_back((wait + 1) / (estimate + 1)); }

void Ratios::sort() { std::ranges::sort(ratios_); }

// Without cases: half to double.
Range Ratios::central(double estimate, double miss) const {
  if (ratios_.empty()) return around(estimate, 0.5, 2);
  const double last = static_cast<double>(ratios_.size() - 1);
  const auto at = [&](double rank) { return ratios_[static_cast<std::size_t>(rank)]; };
  return around(estimate, at(std::floor(last * miss / 2)), at(std::ceil(last * (1 - miss / 2))));
}

Range Ratios::narrowest(double estimate, double miss) const {
  if (ratios_.empty()) return central(estimate, miss);
  const auto count = ratios_.size();
  const auto inside = std::clamp<std::size_t>(
      static_cast<std::size_t>(std::ceil(static_cast<double>(count) * (1 - miss))), 1, count);
  std::size_t best = 0;
  for (std::size_t i = 0; i + inside <= count; ++i)
    if (ratios_[i + inside - 1] - ratios_[i] < ratios_[best + inside - 1] - ratios_[best]) best = i;
  return around(estimate, ratios_[best], ratios_[best + inside - 1]);
}

void SteeredMiss::see(bool missed) {
  miss_ = std::clamp(miss_ + kStep * (target_ - (missed ? 1 : 0)), target_ / 10, 3 * target_);
}

}  // namespace matanai::queue
