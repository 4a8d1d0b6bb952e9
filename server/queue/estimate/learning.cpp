#include "server/queue/estimate/learning.hpp"

#include <algorithm>
#include <cmath>

namespace matanai::queue {
namespace {

constexpr double kSmallestCv = 0.05;  // of a prior, so that it can be left

double minutes(Millis time) { return static_cast<double>(time.count()) / 60000; }

}  // namespace

ServiceLearner::ServiceLearner(const ServiceTime& prior) {
  const ServiceTime wide{prior.mean_minutes, std::max(prior.cv, kSmallestCv)};
  prior_mu_ = wide.mu();
  prior_variance_ = wide.sigma() * wide.sigma();
}

bool ServiceLearner::add(Millis duration) {
  if (duration < kShortest || duration > kLongest) return false;
  const double x = std::log(minutes(duration)) - prior_mu_;
  cases_ += 1;
  sum_ += x;
  squares_ += x * x;
  return true;
}

void ServiceLearner::forget_a_day() {
  const double keep = std::exp2(-1 / kHalfLifeDays);
  cases_ *= keep;
  sum_ *= keep;
  squares_ *= keep;
}

// Posterior mean of mu; of the variance its posterior scale. The distance between the cases' mean
// and the prior's counts as spread while cases are few, which widens ranges when they disagree.
ServiceTime ServiceLearner::time() const {
  if (cases_ <= 0) return ServiceTime::from_log(prior_mu_, std::sqrt(prior_variance_));
  const double mean = sum_ / cases_;
  const double within = std::max(0.0, squares_ - cases_ * mean * mean);
  const double between = kPriorCases * cases_ / (kPriorCases + cases_) * mean * mean;
  const double variance =
      (kPriorCases * prior_variance_ + within + between) / (kPriorCases + cases_);
  return ServiceTime::from_log(prior_mu_ + sum_ / (kPriorCases + cases_), std::sqrt(variance));
}

void Pace::add(Millis duration, const ServiceTime& expected, bool somebody_waited) {
  if (!somebody_waited || duration < ServiceLearner::kShortest ||
      duration > ServiceLearner::kLongest)
    return;
  took_ += minutes(duration);
  expected_ += expected.mean_minutes;
  variance_ += expected.mean_minutes * expected.mean_minutes * expected.cv * expected.cv;
}

double Pace::value() const {
  if (expected_ <= 0) return 1;
  const double spread = kSpread * kSpread;
  const double weight = spread / (spread + variance_ / (expected_ * expected_));
  return std::clamp(1 + weight * (took_ / expected_ - 1), 0.5, 2.0);
}

}  // namespace matanai::queue
