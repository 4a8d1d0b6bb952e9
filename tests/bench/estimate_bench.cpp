// The estimate on simulated wards (research queueing.md §1): root mean squared error against the
// physical limit with known and with learned parameters (bars 1.05 and 1.15), against the usual
// formula (bar 0.78), and how often the 80 % range holds: overall, and in the worst hour and bucket
// of people ahead. One JSON line a figure.
#include <algorithm>
#include <cmath>
#include <cstdio>
#include <string>
#include <utility>

#include "server/queue/estimate_trial.hpp"

namespace {

using namespace matanai::queue;

constexpr std::size_t kEnough = 400;  // cases of an hour or a bucket that is judged

void report(const std::string& name, double value, const char* unit, const char* bar, bool ok,
            const std::string& how) {
  std::printf(
      "{\"name\":\"%s\",\"value\":%.3f,\"unit\":\"%s\",\"bar\":\"%s\",\"ok\":%s,\"how\":\"%s\"}\n",
      name.c_str(), value, unit, bar, ok ? "true" : "false", how.c_str());
  std::fflush(stdout);
}

// The coverage farthest from 80 %.
template <class Sums>
double worst_coverage(const Sums& sums) {
  double worst = 0.8;
  for (const auto& sum : sums) {
    if (sum.count() < kEnough) continue;
    const double coverage = sum.result().coverage80.value_or(0);
    if (std::abs(coverage - 0.8) > std::abs(worst - 0.8)) worst = coverage;
  }
  return worst;
}

void measure(std::size_t index) {
  const auto& ward = kTrialWards[index];
  const std::string name = "estimate_ward" + std::to_string(index + 1) + "_";
  const DayModel model = trial_day(ward);
  const auto near = try_estimates(model, {.days = 30, .limit_futures = 1200});
  const std::string how = ward.name;
  const double known = near.of("ours").rmse / near.of("limit").rmse;
  const double learned = near.of("learned").rmse / near.of("limit").rmse;
  report(name + "to_limit", known, "ratio", "<= 1.05", known <= 1.05, how);
  report(name + "learned_to_limit", learned, "ratio", "<= 1.15", learned <= 1.15,
         how + ", after 20 days of record");
  const auto many = try_estimates(model, {.days = 200, .limit_futures = 1});
  const double product = many.of("ours").rmse / many.of("product").rmse;
  report(name + "to_product", product, "ratio", "<= 0.78", product <= 0.78, how);
  const double coverage = many.of("ours").coverage80.value_or(0);
  report(name + "coverage80", coverage, "share", "0.77-0.83", coverage >= 0.77 && coverage <= 0.83,
         how);
  for (const auto& [what, worst] : {std::pair("hour", worst_coverage(many.by_hour)),
                                    std::pair("ahead", worst_coverage(many.by_ahead))})
    report(name + "coverage80_worst_" + what, worst, "share", "0.72-0.88",
           worst >= 0.72 && worst <= 0.88, how);
}

}  // namespace

int main() {
  for (std::size_t i = 0; i < std::size(kTrialWards); ++i) measure(i);
}
