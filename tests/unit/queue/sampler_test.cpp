#include "server/queue/model/sampler.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <vector>

namespace matanai::queue {
namespace {

constexpr int kDraws = 400000;
constexpr double kTicks = 0x1.0p30;

std::vector<double> draws(const Distribution& distribution) {
  const Sampler sampler(distribution, kTicks);
  auto random = stream(11, 0, 0, Purpose::service_time);
  std::vector<double> values(kDraws);
  for (double& value : values) value = static_cast<double>(sampler.draw(random)) / kTicks;
  std::ranges::sort(values);
  return values;
}

// Kolmogorov's distance; 1.95/√n is passed by chance once in a thousand.
template <class Cdf>
double distance(const std::vector<double>& sorted, const Cdf& cdf) {
  double worst = 0;
  for (std::size_t i = 0; i < sorted.size(); ++i) {
    const double share = (static_cast<double>(i) + 0.5) / static_cast<double>(sorted.size());
    worst = std::max(worst, std::abs(cdf(sorted[i]) - share));
  }
  return worst;
}
const double kCritical = 1.95 / std::sqrt(double{kDraws});

TEST(Sampler, Exponential) {
  const auto values = draws({Law::exponential, 2});
  EXPECT_LT(distance(values, [](double x) { return 1 - std::exp(-x / 2); }), kCritical);
  EXPECT_GT(values.back(), 2 * 9.0);  // the tail beyond the last layer (7.7 means) is there
}

TEST(Sampler, LognormalHasItsMeanAndVariance) {
  const double sigma = std::sqrt(std::log1p(0.76));
  const auto values = draws({Law::lognormal, 10, 0.76});
  const auto cdf = [&](double x) {
    return normal_cdf((std::log(x / 10) + sigma * sigma / 2) / sigma);
  };
  EXPECT_LT(distance(values, cdf), kCritical);
  EXPECT_GT(values.back(), 10 * std::exp(3.9 * sigma - sigma * sigma / 2));  // the tail too
}

TEST(Sampler, HyperexponentialHasBalancedMeans) {
  const double share = (1 + std::sqrt(0.6)) / 2;  // scv 4
  const auto values = draws({Law::hyperexponential, 1, 4});
  const auto cdf = [&](double x) {
    return 1 - share * std::exp(-2 * share * x) - (1 - share) * std::exp(-2 * (1 - share) * x);
  };
  EXPECT_LT(distance(values, cdf), kCritical);
}

TEST(Sampler, DeterministicIsItsMean) {
  const auto values = draws({Law::deterministic, 0.3});
  EXPECT_EQ(values.front(), values.back());
  EXPECT_NEAR(values.front(), 0.3, 1e-9);
}

}  // namespace
}  // namespace matanai::queue
