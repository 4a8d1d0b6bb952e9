// The classic estimators of a wait from what a newcomer sees, and their errors in a simulated
// station: Ibrahim and Whitt, "Real-time delay estimation based on delay history", M&SOM 11(3),
// 2009, and "... in overloaded multiserver queues with abandonments", Management Science 55(10),
// 2009. Every newer estimate has to beat them. Pure; any thread.
#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "server/queue/station/station.hpp"

namespace matanai::queue {

enum class Estimator {
  ql,           // queue length: (n + 1)/(sμ)
  qlm,          // the same with patience: Σ_{i=0…n} 1/(sμ + iγ)
  les,          // the wait of the last to enter service; 0 when that one did not wait
  hol,          // how long the head of the line has waited; 0 when nobody waits
  refined_hol,  // (λ × hol + 2)/(sμ): the head, those behind it and the newcomer are ahead
  rcs,          // the wait of the latest to arrive among those who finished
  ni,           // no information: the mean wait of those who wait
};
inline constexpr std::size_t kEstimators = 7;

// What does not change from one newcomer to the next.
struct StationFacts {
  int windows = 1;
  double rate = 1;           // μ
  double arrivals = 0;       // λ
  double patience_rate = 0;  // γ
  double mean_wait = 0;      // of those who wait
};
// What a newcomer who has to wait sees.
struct LineSeen {
  int ahead = 0;
  double les = 0;
  double hol = 0;
  double rcs = 0;
};
// In the order of Estimator.
class ClassicEstimators {
 public:
  explicit ClassicEstimators(const StationFacts& facts) : facts_(facts) {}
  std::array<double, kEstimators> estimate(const LineSeen& seen);

 private:
  double qlm(std::size_t ahead);
  StationFacts facts_;
  std::vector<double> qlm_;  // by how many are ahead, as far as needed
};

// Sums over customers who waited and were served, after the warm-up.
struct EstimatorErrors {
  std::uint64_t customers = 0;
  double wait = 0;
  std::array<double, kEstimators> squares{};  // of estimate − wait
  StationTotals totals;                       // of the run

  double squares_of(Estimator estimator) const {
    return squares[static_cast<std::size_t>(estimator)];
  }
};

// One run of a first-come-first-served station; the same numbers give the same errors, bit for bit.
EstimatorErrors measure_estimators(const StationModel& model, const StationFacts& facts,
                                   std::uint64_t seed, std::uint64_t replication);

}  // namespace matanai::queue
