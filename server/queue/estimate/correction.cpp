#include "server/queue/estimate/correction.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

namespace matanai::queue {
namespace {

constexpr int kRounds = 40;
constexpr double kSettled = 1e-3;        // change of a weight from round to round
constexpr double kSmallestError = 0.02;  // bounds a case's weight
constexpr double kRidge = 1e-6;          // of the mean diagonal
constexpr double kLongest = 1440;

double log1(double minutes) { return std::log1p(std::max(0.0, minutes)); }

// Solves A x = b for a symmetric positive A (row-major, changed) by Cholesky's decomposition.
std::vector<double> solve(std::vector<double>& a, std::vector<double> b) {
  const std::size_t n = b.size();
  for (std::size_t i = 0; i < n; ++i)
    for (std::size_t j = 0; j <= i; ++j) {
      double sum = a[i * n + j];
      for (std::size_t k = 0; k < j; ++k) sum -= a[i * n + k] * a[j * n + k];
      a[i * n + j] = i == j ? std::sqrt(std::max(sum, 1e-12)) : sum / a[j * n + j];
    }
  for (std::size_t i = 0; i < n; ++i) {
    for (std::size_t k = 0; k < i; ++k) b[i] -= a[i * n + k] * b[k];
    b[i] /= a[i * n + i];
  }
  for (std::size_t i = n; i-- > 0;) {
    for (std::size_t k = i + 1; k < n; ++k) b[i] -= a[k * n + i] * b[k];
    b[i] /= a[i * n + i];
  }
  return b;
}

double dot(std::span<const double> a, std::span<const double> b) {
  double sum = 0;
  for (std::size_t i = 0; i < a.size(); ++i) sum += a[i] * b[i];
  return sum;
}

double farthest(std::span<const double> a, std::span<const double> b) {
  double most = 0;
  for (std::size_t i = 0; i < a.size(); ++i) most = std::max(most, std::abs(a[i] - b[i]));
  return most;
}

std::vector<double> weighted_least_squares(std::span<const double> rows, std::size_t n,
                                           std::span<const double> y,
                                           std::span<const double> case_weights) {
  std::vector<double> a(n * n), b(n);
  for (std::size_t c = 0; c < y.size(); ++c) {
    const auto row = rows.subspan(c * n, n);
    for (std::size_t i = 0; i < n; ++i) {
      const double x = row[i] * case_weights[c];
      b[i] += x * y[c];
      for (std::size_t j = 0; j <= i; ++j) a[i * n + j] += x * row[j];
    }
  }
  double trace = 0;
  for (std::size_t i = 0; i < n; ++i) trace += a[i * n + i];
  for (std::size_t i = 0; i < n; ++i) a[i * n + i] += kRidge * (trace / static_cast<double>(n) + 1);
  return solve(a, std::move(b));
}

LogLinear curve_of(std::span<const CorrectionCase> cases) {
  std::vector<double> physics, waits;
  for (const auto& one : cases) {
    physics.push_back(one.physics);
    waits.push_back(one.wait);
  }
  return LogLinear::fit(physics, 1, waits);
}

bool grows(const LogLinear& curve) {
  const double less[] = {10}, more[] = {20};
  return curve.at(less) < curve.at(more);
}

int days_of(std::span<const CorrectionCase> cases) {
  int days = 0;
  for (std::size_t i = 0; i < cases.size(); ++i)
    if (i == 0 || cases[i].day != cases[i - 1].day) ++days;
  return days;
}

// Cases before the latest days that have at least a fifth of them.
std::size_t before_latest(std::span<const CorrectionCase> cases) {
  std::size_t count = cases.size() * 4 / 5;
  while (count > 0 && cases[count - 1].day == cases[count].day) --count;
  return count;
}

}  // namespace

LogLinear LogLinear::fit(std::span<const double> estimates, std::size_t width,
                         std::span<const double> waits) {
  const std::size_t n = width + 1;
  std::vector<double> rows, y;
  rows.reserve(waits.size() * n);
  for (std::size_t c = 0; c < waits.size(); ++c) {
    rows.push_back(1);
    for (std::size_t i = 0; i < width; ++i) rows.push_back(log1(estimates[c * width + i]));
    y.push_back(log1(waits[c]));
  }
  LogLinear model;
  std::vector<double> case_weights(waits.size(), 1.0);
  for (int round = 0; round < kRounds; ++round) {
    const auto before =
        std::exchange(model.weights_, weighted_least_squares(rows, n, y, case_weights));
    if (!before.empty() && farthest(before, model.weights_) < kSettled) break;
    for (std::size_t c = 0; c < waits.size(); ++c) {
      const double error = y[c] - dot(model.weights_, std::span(rows).subspan(c * n, n));
      case_weights[c] = 1 / std::max(kSmallestError, std::abs(error));
    }
  }
  return model;
}

double LogLinear::at(std::span<const double> estimates) const {
  double sum = weights_[0];
  for (std::size_t i = 0; i < estimates.size(); ++i) sum += weights_[i + 1] * log1(estimates[i]);
  return std::clamp(std::expm1(sum), 0.0, kLongest);
}

Correction Correction::fit(std::span<const CorrectionCase> cases) {
  if (cases.size() < kEnough || days_of(cases) < kEnoughDays) return {};
  const std::size_t known = before_latest(cases);
  if (known == 0) return {};
  Correction tried;
  tried.curve_ = curve_of(cases.first(known));
  double physics = 0, corrected = 0;
  for (const auto& one : cases.subspan(known)) {
    physics += std::abs(one.physics - one.wait);
    corrected += std::abs(tried.at(one.physics) - one.wait);
  }
  if (corrected > (1 - kGain) * physics) return {};
  tried.curve_ = curve_of(cases);
  return grows(*tried.curve_) ? tried : Correction();
}

double Correction::at(double physics) const {
  if (!curve_) return physics;
  return std::clamp(curve_->at({&physics, 1}), physics / 2, physics * 2);
}

}  // namespace matanai::queue
