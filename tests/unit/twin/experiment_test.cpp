#include "server/twin/experiment.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "server/queue/model/random.hpp"
#include "server/twin/experiments.hpp"
#include "server/twin/threads.hpp"

namespace matanai::twin {
namespace {

// The mean of uniform numbers, called `exact`.
Experiment uniform(double exact) {
  return {{{"uniform", exact, {}}}, 20, [](std::uint64_t seed, std::uint64_t replication) {
            auto random = queue::stream(seed, replication, 0, queue::Purpose::search);
            queue::Fraction mean;
            for (int i = 0; i < 5000; ++i, mean.under += 1) mean.over += random.uniform();
            return std::vector{mean};
          }};
}

TEST(Experiment, MeetsTheTruthAndMissesAnError) {
  const auto checks = perform({uniform(0.5), uniform(0.52)}, 1, queue::one_after_another);
  ASSERT_EQ(checks.size(), 2U);
  EXPECT_TRUE(checks[0].ok);
  EXPECT_FALSE(checks[1].ok);
  EXPECT_NE(checks[0].ours, checks[1].ours);
  EXPECT_FALSE(checks[0].repeated);
  EXPECT_TRUE(checks[1].repeated);
}

TEST(Bar, IsByErrorsAndByShare) {
  const double exact = 10, error = 0.05;
  EXPECT_DOUBLE_EQ((Bar{Bar::Kind::errors_and_share, 0.02}.tolerance(exact, error)), 0.15);
  EXPECT_DOUBLE_EQ((Bar{Bar::Kind::errors_and_share, 0.01}.tolerance(exact, error)), 0.1);
  EXPECT_DOUBLE_EQ((Bar{Bar::Kind::errors_or_share, 0.01}.tolerance(exact, error)), 0.15);
  EXPECT_DOUBLE_EQ((Bar{Bar::Kind::share, 0.05}.tolerance(exact, error)), 0.5);
}

TEST(Estimate, IsTheRatioOfSumsWithItsError) {
  const std::vector<queue::Fraction> runs{{2, 1}, {4, 1}, {3, 1}, {3, 1}};
  const auto estimate = queue::estimate_of(runs);
  EXPECT_DOUBLE_EQ(estimate.value, 3);
  EXPECT_DOUBLE_EQ(estimate.error, std::sqrt(2.0 / 3) / 2);  // deviation / √4
}

// A small part of `matanai-twin validate --quick`: one of each kind.
std::vector<Experiment> some_experiments() {
  std::vector<Experiment> some;
  const auto take = [&](const std::vector<Experiment>& from, const std::string& start) {
    const auto found = std::ranges::find_if(from, [&](const Experiment& experiment) {
      return experiment.metrics.front().name.starts_with("simulated " + start);
    });
    ASSERT_NE(found, from.end()) << start;
    some.push_back(*found);
  };
  const auto theory = theory_experiments(Effort::quick);
  for (const char* start : {"M/M/5 rho 0.8", "M/M/3+M lambda 3", "priority M/M/3",
                            "accumulating M/M/3 rhoL 0.5 rhoH 0.4 b 0.5", "session of 10, Bailey"})
    take(theory, start);
  const auto delay = delay_experiments(Effort::quick);
  for (const char* start : {"M/M/s rho 0.85 s=10 ", "D/M/s rho 0.9 s=10 ", "estimators in M/M/3+M"})
    take(delay, start);
  return some;
}

TEST(Experiments, MeetTheory) {
  for (const auto& row : perform(some_experiments(), 1, workers(2)))
    EXPECT_TRUE(row.ok) << row.name << ": " << row.ours << ", should be " << row.exact << " ± "
                        << row.tolerance;
}

TEST(Experiments, GiveTheSameBitsOnOneAndTwoThreads) {
  auto experiments = some_experiments();
  for (auto& experiment : experiments) experiment.replications = 3;
  const auto one = perform(experiments, 5, workers(1));
  const auto two = perform(experiments, 5, workers(2));
  const auto other = perform(experiments, 6, workers(2));
  ASSERT_EQ(one.size(), two.size());
  for (std::size_t i = 0; i < one.size(); ++i) {
    EXPECT_EQ(one[i].ours, two[i].ours) << one[i].name;
    EXPECT_EQ(one[i].tolerance, two[i].tolerance) << one[i].name;
  }
  EXPECT_NE(one[0].ours, other[0].ours);
}

}  // namespace
}  // namespace matanai::twin
