// What can be known of a wait: GI/M/s, first come first served, times in units of the mean service
// (μ = 1). The limits against which delay estimators are measured: Ibrahim and Whitt, "Real-time
// delay estimation based on delay history", M&SOM 11(3), 2009. Pure; any thread.
#pragma once

namespace matanai::queue {

enum class Arrivals {
  poisson,        // M
  deterministic,  // D
  bursty,         // H2 with balanced means and squared coefficient of variation 4
};

// How hyperexponential "balanced means" splits: the share p of draws with rate 2pλ, the others
// 2(1−p)λ; p = (1 + √((c² − 1)/(c² + 1))) / 2. scv ≥ 1.
double balanced_share(double scv);

// ω of GI/M/s, which depends on the utilisation alone: the root below 1 of ω = A*(sμ(1 − ω)), A*
// the Laplace transform of the times between arrivals. Poisson: ω = ρ. 0 < utilisation < 1.
double root_omega(Arrivals arrivals, double utilisation);

struct DelayLimits {
  double omega = 0;
  double mean_wait = 0;  // of those who wait; their wait is exponential: 1/(s(1−ω))
  double ql_mse = 0;     // mean squared error of QL, which nothing beats: 1/(s²(1−ω))
  double ni_mse = 0;     // of telling everybody the mean: 1/(s²(1−ω)²)
};
DelayLimits delay_limits(Arrivals arrivals, double utilisation, int windows);

// QL: the mean wait behind `ahead` waiting while all windows are busy: (n + 1)/(sμ).
double queue_length_wait(int ahead, int windows, double rate);
// QLm: the same when each who waits leaves at `patience_rate`: Σ_{i=0…n} 1/(sμ + iγ) (Whitt,
// "Improving service by informing customers about anticipated delays", Management Science 45(2),
// 1999).
double queue_length_wait(int ahead, int windows, double rate, double patience_rate);

}  // namespace matanai::queue
