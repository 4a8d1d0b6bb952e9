#include "server/queue/model/service_time.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <vector>

#include "server/queue/model/random.hpp"

namespace matanai::queue {

double ServiceTime::sigma() const { return std::sqrt(std::log1p(cv * cv)); }
double ServiceTime::mu() const { return std::log(mean_minutes) - 0.5 * sigma() * sigma(); }

ServiceTime ServiceTime::from_log(double mu, double sigma) {
  return {std::exp(mu + 0.5 * sigma * sigma), std::sqrt(std::expm1(sigma * sigma))};
}

DurationTable::DurationTable(const ServiceTime& time) {
  std::vector<double> minutes(kCells);
  for (std::size_t i = 0; i < kCells; ++i) {
    const double p = (static_cast<double>(i) + 0.5) / static_cast<double>(kCells);
    minutes[i] = std::exp(time.mu() + time.sigma() * normal_quantile(p));
  }
  const double mean = std::accumulate(minutes.begin(), minutes.end(), 0.0) / double{kCells};
  const double scale = time.mean_minutes / mean * 60000;
  std::ranges::transform(minutes, cells_.begin(), [&](double value) {
    return static_cast<std::int32_t>(std::llround(value * scale));
  });
  mean_ = Millis(std::llround(time.mean_minutes * 60000));
}

double DurationTable::share_below(Millis elapsed) const {
  const auto above = std::ranges::upper_bound(cells_, elapsed.count());
  const auto below =
      std::min<std::size_t>(static_cast<std::size_t>(above - cells_.begin()), kCells - 1);
  return static_cast<double>(below) / static_cast<double>(kCells);
}

}  // namespace matanai::queue
