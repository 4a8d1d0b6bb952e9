// matanai-twin compare: call rules on the ward day, each on the same visitors.
#include <fmt/format.h>

#include "server/twin/commands.hpp"
#include "server/twin/compared.hpp"
#include "server/twin/options.hpp"
#include "server/twin/table.hpp"
#include "server/twin/threads.hpp"

namespace matanai::twin {
namespace {

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
               "≤ 10 %", "most passed", "(2) broken %"});
  for (const RuleResult& result : results) {
    auto row = cells(result.rule, result.ours);
    row.push_back(std::to_string(result.most_passed));
    row.push_back(result.has_guarantees ? shown(result.promise_breaking, 2) : "–");
    table.add(row);
    if (!result.published) continue;
    row = cells("  published", *result.published);
    row.insert(row.end(), {"–", "–"});
    table.add(row);
  }
  return table.text();
}

int compare(const Options& options, std::uint64_t count) {
  const auto rules = compared_rules();
  const queue::Days days{.seed = options.seed, .count = count};
  Progress progress("rules", rules.size() * ((count + 99) / 100));
  std::vector<RuleResult> results;
  std::vector<std::string> missed;
  for (const ComparedRule& rule : rules) {
    results.push_back(try_rule(rule, days, workers(options.threads, &progress)));
    if (rule.is_default) missed = missed_bars(results.back());
  }
  show(results, options, [&](const std::vector<RuleResult>& shown) {
    return fmt::format(
        "Ward day: 300 visitors, 40 % reserved, 61.25 window-hours, {} days, minutes.\n\n{}\n"
        "(1) nobody is passed by more than {} later ones; (2) past its promise a ticket goes "
        "before\n"
        "later promises, as far as (1) allows.\n",
        count, table_of(shown), queue::CallRules{}.max_passed);
  });
  for (const auto& text : missed) fmt::print(stderr, "missed: {}\n", text);
  return missed.empty() ? kDone : kMissed;
}

}  // namespace

void add_compare(CLI::App& app, Run& run) {
  static Options options;
  static std::uint64_t days = 2000;
  auto* command = add_command(app, run, "compare", "Call rules on one ward day, side by side",
                              "Every rule meets the same visitors. Rows without guarantees stand\n"
                              "beside their published figures; the default must meet its bars.\n"
                              "Examples:\n"
                              "  matanai-twin compare\n"
                              "  matanai-twin compare --days 10000 --json > rules.json",
                              [] { return compare(options, days); });
  add_options(*command, options);
  command->add_option("--days", days, "Days each rule is tried on")
      ->check(CLI::Range(1, 1'000'000))
      ->capture_default_str();
}

}  // namespace matanai::twin
