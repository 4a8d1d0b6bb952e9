// The published values as experiments. Values; any thread.
#pragma once

#include <cstdint>
#include <vector>

#include "server/twin/experiment.hpp"

namespace matanai::twin {

enum class Effort {
  quick,     // a fiftieth of the customers; three standard errors alone decide
  standard,  // 10 to 20 million customers a model
  full,      // five times that
};

// M/M/c, Erlang A, priority and accumulating priority by the production's call policy, appointment
// sessions: the event-driven station against exact theory.
std::vector<Experiment> theory_experiments(Effort effort);

// The benchmark of classic delay estimators, GI/M/s and M/M/s+M.
std::vector<Experiment> delay_experiments(Effort effort);

// Sizes of an experiment of `customers` at standard effort.
struct Size {
  std::uint64_t customers = 0;  // of one replication
  std::size_t replications = 0;
};
Size size_of(Effort effort, double customers);

}  // namespace matanai::twin
