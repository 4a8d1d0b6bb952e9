// Mean waits when some go before others, M/M/c, all with the same mean service, nobody interrupted.
// Pure; any thread.
#pragma once

#include <span>
#include <vector>

#include "server/queue/formulas/erlang.hpp"

namespace matanai::queue {

// Absolute classes, the first of `arrivals` first: W_k = [C/(cμ)] / ((1 − σ_{k−1})(1 − σ_k)), σ_k
// the utilisation by classes 1…k: Cobham, "Priority assignment in waiting line problems",
// Operations Research 2(1), 1954; for c windows Kella and Yechiali, 1985. The sum stays below c ×
// rate.
std::vector<double> priority_waits(int windows, double rate, std::span<const double> arrivals);

// Accumulating priority, two classes: each minute of a low one's wait counts `low_to_high` (0…1) of
// a high one's, the largest sum goes first. W_L = W / (1 − ρ_H (1 − b)), W_H = W − ρ_L (1 − b) W_L,
// W first come first served: Kleinrock, Naval Research Logistics Quarterly 11(3), 1964; Stanford,
// Taylor and Ziedins, Queueing Systems 77, 2014.
struct TwoWaits {
  double high = 0;
  double low = 0;
};
TwoWaits accumulating_waits(int windows, double rate, double high_arrivals, double low_arrivals,
                            double low_to_high);

// Conservation law: Σ ρ_k W_k is the same for every order that ignores service times and never
// leaves a window idle while somebody waits: Kleinrock, 1965. The sum, per unit of utilisation: for
// such an order it is the mean wait of first come first served.
double conserved_wait(std::span<const double> arrivals, std::span<const double> waits);

}  // namespace matanai::queue
