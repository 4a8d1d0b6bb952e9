// From independent replications to an estimate with its error. Pure; any thread.
#pragma once

#include <span>

namespace matanai::queue {

// Of one replication: what is estimated is Σ over / Σ under, such as waits over customers.
struct Fraction {
  double over = 0;
  double under = 0;
};

struct Estimate {
  double value = 0;
  double error = 0;  // standard error
};

// The ratio estimator: Law, "Simulation Modeling and Analysis", 5th edition, chapter 9; error by
// the deviations over − value × under. At least two replications; Σ under > 0.
Estimate estimate_of(std::span<const Fraction> replications);

}  // namespace matanai::queue
