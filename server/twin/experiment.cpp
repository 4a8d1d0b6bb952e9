#include "server/twin/experiment.hpp"

#include <algorithm>
#include <numeric>

#include "server/queue/model/random.hpp"

namespace matanai::twin {
namespace {

using queue::Fraction;

constexpr double kErrors = 3;
constexpr std::size_t kMoreReplications = 4;
constexpr std::uint64_t kFreshStreams = 1'000'000;  // the replications of a repeat start here

struct Job {
  std::size_t experiment = 0;
  std::size_t replication = 0;
};

// [experiment][replication][metric], of those experiments that are `wanted`.
using Results = std::vector<std::vector<std::vector<Fraction>>>;

Results simulate(const std::vector<Experiment>& experiments, const std::vector<std::size_t>& wanted,
                 std::size_t times, std::uint64_t first, std::uint64_t seed,
                 const queue::Workers& workers) {
  Results results(experiments.size());
  std::vector<Job> jobs;
  for (const std::size_t e : wanted) {
    results[e].resize(experiments[e].replications * times);
    for (std::size_t i = 0; i < results[e].size(); ++i) jobs.push_back({e, i});
  }
  workers(jobs.size(), [&](std::size_t j) {
    const auto [e, i] = jobs[j];
    // No two experiments share random numbers.
    const std::uint64_t own_seed = queue::Stream::mix(seed + queue::Stream::mix(e + 1));
    results[e][i] = experiments[e].run(own_seed, first + i);
  });
  return results;
}

Checks judge(const Experiment& experiment, const std::vector<std::vector<Fraction>>& runs) {
  Checks checks;
  std::vector<Fraction> fractions(runs.size());
  for (std::size_t m = 0; m < experiment.metrics.size(); ++m) {
    std::ranges::transform(runs, fractions.begin(), [&](const auto& run) { return run.at(m); });
    const auto estimate = queue::estimate_of(fractions);
    const Metric& metric = experiment.metrics[m];
    checks.push_back(check(metric.name, metric.exact, estimate.value,
                           metric.bar.tolerance(metric.exact, estimate.error)));
  }
  return checks;
}

}  // namespace

double Bar::tolerance(double exact, double error) const {
  const double by_share = share * exact;
  const double by_errors = kErrors * error;
  switch (kind) {
    case Kind::errors_and_share:
      return std::min(by_share, by_errors);
    case Kind::errors_or_share:
      return std::max(by_share, by_errors);
    case Kind::share:
      break;
  }
  return by_share;
}

std::size_t jobs_of(const std::vector<Experiment>& experiments) {
  return std::accumulate(
      experiments.begin(), experiments.end(), std::size_t{0},
      [](std::size_t sum, const Experiment& experiment) { return sum + experiment.replications; });
}

Checks perform(const std::vector<Experiment>& experiments, std::uint64_t seed,
               const queue::Workers& workers) {
  std::vector<std::size_t> wanted(experiments.size());
  std::iota(wanted.begin(), wanted.end(), std::size_t{0});
  const Results first = simulate(experiments, wanted, 1, 0, seed, workers);
  std::vector<Checks> checks;
  for (std::size_t e = 0; e < experiments.size(); ++e)
    checks.push_back(judge(experiments[e], first[e]));

  std::erase_if(wanted, [&](std::size_t e) { return std::ranges::all_of(checks[e], &Check::ok); });
  const Results again =
      simulate(experiments, wanted, kMoreReplications, kFreshStreams, seed, workers);
  for (const std::size_t e : wanted) {
    checks[e] = judge(experiments[e], again[e]);
    for (Check& row : checks[e]) row.repeated = true;
  }

  Checks all;
  for (auto& some : checks) std::ranges::move(some, std::back_inserter(all));
  return all;
}

}  // namespace matanai::twin
