// matanai-twin compare: call rules on the ward day, each on the same visitors.
#include <fmt/format.h>

#include "server/twin/commands.hpp"
#include "server/twin/compared.hpp"
#include "server/twin/options.hpp"
#include "server/twin/table.hpp"
#include "server/twin/threads.hpp"

namespace matanai::twin {
namespace {

constexpr std::uint64_t kPlainDays = 2000;
constexpr std::uint64_t kEstimatorDays = 100;

struct CompareOptions {
  Options shared;
  std::uint64_t days = 0;
  Promises promises = Promises::plain;
};

std::vector<std::string> cells(const std::string& name, const RuleFigures& figures) {
  return {name,
          shown(figures.reserved_within_5, 1),
          shown(figures.reserved_p90, 1),
          shown(figures.walk_in_mean, 2),
          shown(figures.walk_in_p90, 1),
          shown(figures.walk_in_within_10, 1),
          shown(figures.all_mean, 2),
          shown(figures.all_within_10, 1)};
}

std::string table_of(const std::vector<RuleResult>& results) {
  Table table({"rule", "reserved ≤ 5 %", "p90", "walk-in mean", "p90", "≤ 10 %", "all mean",
               "≤ 10 %", "most passed", "(2) broken %", "late %"});
  for (const RuleResult& result : results) {
    auto row = cells(result.rule, result.ours);
    row.push_back(std::to_string(result.most_passed));
    row.push_back(result.has_guarantees ? shown(result.promise_breaking, 2) : "–");
    row.push_back(result.has_guarantees ? shown(result.late, 1) : "–");
    table.add(row);
    if (!result.published) continue;
    row = cells("  published", *result.published);
    row.insert(row.end(), {"–", "–", "–"});
    table.add(row);
  }
  return table.text();
}

int compare(const CompareOptions& options) {
  const auto rules = compared_rules();
  const std::uint64_t count = options.days > 0                          ? options.days
                              : options.promises == Promises::estimator ? kEstimatorDays
                                                                        : kPlainDays;
  const queue::Days days{.seed = options.shared.seed, .count = count};
  Progress progress("rules", rules.size() * queue::jobs_of(days));
  std::vector<RuleResult> results;
  std::vector<std::string> missed;
  for (const ComparedRule& rule : rules) {
    results.push_back(
        try_rule(rule, days, workers(options.shared.threads, &progress), options.promises));
    if (rule.is_default) missed = missed_bars(results.back());
  }
  show(results, options.shared, [&](const std::vector<RuleResult>& shown) {
    return fmt::format(
        "Ward day: 300 visitors, 40 % reserved, 61.25 window-hours, {} days, minutes.\n\n{}\n"
        "(1) nobody is passed by more than {} later ones; (2) past its promise a ticket goes "
        "before\n"
        "later promises, as far as (1) allows. Promises: {}; late: called past the own one.\n",
        count, table_of(shown), queue::CallRules{}.max_passed, name_of(options.promises));
  });
  for (const auto& text : missed) fmt::print(stderr, "missed: {}\n", text);
  return missed.empty() ? kDone : kMissed;
}

}  // namespace

void add_compare(CLI::App& app, Run& run) {
  static CompareOptions options;
  auto* command = add_command(app, run, "compare", "Call rules on one ward day, side by side",
                              "Every rule meets the same visitors. Rows without guarantees stand\n"
                              "beside their published figures; the default must meet its bars.\n"
                              "Examples:\n"
                              "  matanai-twin compare\n"
                              "  matanai-twin compare --promises estimator\n"
                              "  matanai-twin compare --days 10000 --json > rules.json",
                              [] { return compare(options); });
  add_options(*command, options.shared);
  add_promises(*command, options.promises);
  command
      ->add_option("--days", options.days,
                   fmt::format("Days each rule is tried on; without it {}, with the estimator's "
                               "promises {}",
                               kPlainDays, kEstimatorDays))
      ->check(CLI::Range(1, 1'000'000));
}

}  // namespace matanai::twin
