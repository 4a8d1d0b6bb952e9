// The estimate on simulated wards (research queueing.md §1, §4), under the plain rule there and
// under the product's default: root mean squared error against the physical limit with known and
// with learned parameters (bars 1.05 and 1.15), against the usual formula (bar 0.78), and how often
// the 80 % range holds: overall, and in the worst hour, bucket of people ahead and kind of visitor.
// One JSON line a figure.
#include <algorithm>
#include <cmath>
#include <cstdio>
#include <string>
#include <utility>

#include "server/queue/score/estimate_trial.hpp"

namespace {

using namespace matanai::queue;

// A part (hour, bucket, kind) is judged when it has so many cases, and its coverage no larger a
// standard error: the people of a busy hour are alike, so cases alone say little.
constexpr double kEnough = 200;
constexpr double kSure = 0.025;
constexpr int kDays = 100;
constexpr int kEvery = 4;

void report(const std::string& name, double value, const char* unit, double low, double high,
            const std::string& how) {
  const bool ok = value >= low && value <= high;
  char bar[32];
  if (low > 0)
    std::snprintf(bar, sizeof bar, "%.4g-%.4g", low, high);
  else
    std::snprintf(bar, sizeof bar, "<= %.4g", high);
  std::printf(
      "{\"name\":\"%s\",\"value\":%.3f,\"unit\":\"%s\",\"bar\":\"%s\",\"ok\":%s,\"how\":\"%s\"}\n",
      name.c_str(), value, unit, bar, ok ? "true" : "false", how.c_str());
  std::fflush(stdout);
}

// The coverage farthest from 80 %, of the parts that are known well enough.
template <class Shares>
double worst_coverage(const Shares& shares) {
  double worst = 0.8;
  for (const DayShare& part : shares)
    if (part.people() >= kEnough && part.standard_error() <= kSure &&
        std::abs(part.share() - 0.8) > std::abs(worst - 0.8))
      worst = part.share();
  return worst;
}

void report_coverage(const std::string& name, const Coverage& coverage, const std::string& how) {
  report(name + "coverage80", coverage.all.share(), "share", 0.77, 0.83, how);
  for (const auto& [what, worst] : {std::pair("hour", worst_coverage(coverage.by_hour)),
                                    std::pair("ahead", worst_coverage(coverage.by_ahead)),
                                    std::pair("kind", worst_coverage(coverage.by_kind))})
    report(name + "coverage80_worst_" + what, worst, "share", 0.72, 0.88, how);
}

void measure(const std::string& name, const TrialWard& ward, const TrialRules& rules) {
  const DayModel model = trial_day(ward, rules);
  const std::string how = std::string(ward.name) + "; " + rules.name;
  const std::string learned_how = how + "; after 20 days of record";
  const auto result = try_estimates(model, {.days = kDays, .every = kEvery});
  const double limit = result.of("limit").rmse;
  report(name + "to_limit", result.of("ours").rmse / limit, "ratio", 0, 1.05, how);
  report(name + "learned_to_limit", result.of("learned").rmse / limit, "ratio", 0, 1.15,
         learned_how);
  report(name + "limit_to_its_spread", limit / result.limit_spread, "ratio", 0.9, 1.1,
         how + "; error met over the spread its futures claim");
  report(name + "to_product", result.of("ours").rmse / result.of("product").rmse, "ratio", 0, 0.78,
         how);
  report_coverage(name, result.ours, how);
  report_coverage(name + "learned_", result.learned, learned_how);
}

}  // namespace

int main() {
  for (std::size_t i = 0; i < std::size(kTrialWards); ++i) {
    const std::string name = "estimate_ward" + std::to_string(i + 1) + "_";
    if (kTrialWards[i].windows > 0) measure(name + "plain_", kTrialWards[i], bare_first_come());
    measure(name, kTrialWards[i], product_default());
  }
}
