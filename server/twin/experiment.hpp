// Simulated values against published ones. Replications run on streams of their own, so results do
// not depend on the number of threads. Pure but for the workers lent; any thread.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "server/queue/model/workers.hpp"
#include "server/queue/station/replications.hpp"
#include "server/twin/checks.hpp"

namespace matanai::twin {

// How far a simulated value may be from the published one.
struct Bar {
  enum class Kind {
    errors_and_share,  // within 3 standard errors, and within the share
    share,             // of the published value
    errors_or_share,   // the larger of both: the published value is a simulation itself
  };
  Kind kind = Kind::errors_and_share;
  double share = 0.02;

  double tolerance(double exact, double error) const;
};

struct Metric {
  std::string name;
  double exact = 0;
  Bar bar;
};

// One model, simulated several times, that gives several values.
struct Experiment {
  std::vector<Metric> metrics;
  std::size_t replications = 20;  // ≥ 2
  // One fraction a metric.
  std::function<std::vector<queue::Fraction>(std::uint64_t seed, std::uint64_t replication)> run;
};

// Jobs of the first pass, for a progress bar.
std::size_t jobs_of(const std::vector<Experiment>& experiments);

// A correct engine misses three standard errors once in a hundred values: an experiment with a
// value beyond its bar is repeated once, on fresh streams and with four times the replications, and
// then that counts; its checks are `repeated`.
Checks perform(const std::vector<Experiment>& experiments, std::uint64_t seed,
               const queue::Workers& workers);

}  // namespace matanai::twin
