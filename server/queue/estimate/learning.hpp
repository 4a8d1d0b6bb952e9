// What an office's own record teaches about its services: lognormal–normal conjugate estimates with
// forgetting (Gelman et al., Bayesian Data Analysis, 3rd ed., §3.3, on ln minutes), and how fast
// today goes. Pure; values; any thread.
#pragma once

#include "schema/types/time.hpp"
#include "server/queue/model/service_time.hpp"

namespace matanai::queue {

// One service at one office. Starts as the prior: the seed's handling time, or what the same
// service takes in the whole city.
class ServiceLearner {
 public:
  static constexpr double kPriorCases = 10;    // what the prior weighs
  static constexpr double kHalfLifeDays = 20;  // working days until a case weighs half
  // Anything else is a press forgotten or by mistake, and not learned from.
  static constexpr Millis kShortest{5000};
  static constexpr Minutes kLongest{180};

  explicit ServiceLearner(const ServiceTime& prior = {});

  // From the start of a service to its end. False: not plausible, not learned.
  bool add(Millis duration);
  // At the end of each working day.
  void forget_a_day();

  ServiceTime time() const;
  double cases() const { return cases_; }  // as they weigh now, without the prior

 private:
  double prior_mu_ = 0, prior_variance_ = 0;
  double cases_ = 0, sum_ = 0, squares_ = 0;  // of ln minutes − prior_mu_, weighted
};

// Today's services against the model's: 1.2 is 20 % longer. Normal shrinkage towards 1 (Efron and
// Morris, JASA 70, 1975): what was seen weighs τ² / (τ² + its own variance), τ = kSpread, so that
// the luck of single services does not tell. Only services that others waited for count, as an
// empty hall invites to take time.
class Pace {
 public:
  static constexpr double kSpread = 0.08;  // standard deviation of days around 1
  void add(Millis duration, const ServiceTime& expected, bool somebody_waited);
  double value() const;  // 0.5…2

 private:
  double took_ = 0, expected_ = 0;  // minutes
  double variance_ = 0;             // of took_, were the model true; minutes²
};

}  // namespace matanai::queue
