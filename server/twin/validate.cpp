// matanai-twin validate: published and exact values beside ours.
#include <fmt/format.h>

#include <algorithm>
#include <iterator>

#include "server/twin/checks.hpp"
#include "server/twin/commands.hpp"
#include "server/twin/experiments.hpp"
#include "server/twin/options.hpp"
#include "server/twin/table.hpp"
#include "server/twin/threads.hpp"

namespace matanai::twin {
namespace {

struct ValidateOptions {
  Options common;
  bool is_quick = false;
  bool is_full = false;
};

std::string table_of(const Checks& checks) {
  Table table({"value", "published or exact", "ours", "tolerance", ""});
  for (const auto& row : checks) {
    table.add({row.name, fmt::format("{:.6g}", row.exact), fmt::format("{:.6g}", row.ours),
               fmt::format("{:.2g}", row.tolerance),
               fmt::format("{}{}", row.ok ? "ok" : "MISS", row.repeated ? ", second run" : "")});
  }
  return table.text();
}

Checks all_checks(const ValidateOptions& options) {
  const Effort effort = options.is_full    ? Effort::full
                        : options.is_quick ? Effort::quick
                                           : Effort::standard;
  auto experiments = theory_experiments(effort);
  std::ranges::move(delay_experiments(effort), std::back_inserter(experiments));
  Progress progress("validate", jobs_of(experiments));
  Checks checks = formula_checks();
  std::ranges::move(
      perform(experiments, options.common.seed, workers(options.common.threads, &progress)),
      std::back_inserter(checks));
  return checks;
}

int validate(const ValidateOptions& options) {
  const Checks checks = all_checks(options);
  const auto missed = std::ranges::count(checks, false, &Check::ok);
  const auto repeated = std::ranges::count(checks, true, &Check::repeated);
  show(checks, options.common, [&](const Checks& shown) {
    return fmt::format("{}{} values, {} missed, {} of a second run\n", table_of(shown),
                       shown.size(), missed, repeated);
  });
  return missed == 0 ? kDone : kMissed;
}

constexpr const char* kHelp =
    "Formulas have to be within 1e-5 (or half the last digit published). What is simulated "
    "against\n"
    "exact theory has to be within 3 standard errors and 2 %; against the published benchmark of\n"
    "delay estimators, itself a simulation, within 5 % (or 3 standard errors at high load); "
    "Little's\n"
    "law within 0.1 %. A model with a value beyond its bar is simulated once more with four times\n"
    "the customers on fresh random numbers, and then that alone counts (\"second run\" in the "
    "table). "
    "A\n"
    "value of a correct engine is beyond 3 standard errors of 40 replications in 0.5 % of first "
    "runs\n"
    "and 0.3 % of second ones: one first run in four has some value that is, one run in 500 "
    "fails.\n\n"
    "Examples:\n"
    "  matanai-twin validate                      10 to 20 million customers a model\n"
    "  matanai-twin validate --quick              seconds; 3 standard errors alone decide\n"
    "  matanai-twin validate --seed 7 --full      other random numbers, five times as many\n"
    "  matanai-twin validate --json > checks.json [{name, exact, ours, tolerance, ok}]";

}  // namespace

void add_validate(CLI::App& app, Run& run) {
  static ValidateOptions options;
  auto* command = add_command(app, run, "validate", "Every published value beside ours", kHelp,
                              [] { return validate(options); });
  auto* quick = command->add_flag("--quick", options.is_quick, "A fiftieth of the customers");
  command->add_flag("--full", options.is_full, "Five times the customers")->excludes(quick);
  add_options(*command, options.common);
}

}  // namespace matanai::twin
