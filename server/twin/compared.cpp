#include "server/twin/compared.hpp"

#include <fmt/format.h>

namespace matanai::twin {
namespace {

using queue::CallRules;

// Bare, as the published table has it: callable from slot − 5.
CallRules bare(CallRule rule) {
  CallRules rules;
  rules.rule = rule;
  rules.slack = Minutes(4);
  rules.has_guarantees = false;
  rules.calls_before_ready = false;
  return rules;
}
CallRules guaranteed(CallRule rule) {
  CallRules rules;
  rules.rule = rule;
  return rules;
}

}  // namespace

std::vector<ComparedRule> compared_rules() {
  CallRules prototype;
  prototype.calls_before_ready = false;
  CallRules bare_default;
  bare_default.has_guarantees = false;
  using Row = RuleFigures;
  return {
      {"first come by ready time", bare(CallRule::first_come),
       Row{85.7, 7.3, 3.8, 11.4, 87.6, 3.07, 90.0}},
      {"reservations absolute", bare(CallRule::reserved_first),
       Row{98.7, 0.9, 5.2, 16.3, 81.8, 3.25, 89.0}},
      {"due date: slot − 15", bare(CallRule::credit), Row{94.5, 2.4, 4.7, 15.3, 81.8, 3.19, 88.1}},
      {"accumulating 3:1", bare(CallRule::accumulating),
       Row{93.6, 3.5, 4.6, 14.2, 83.9, 3.12, 89.8}},
      {"slack, τ = 4", bare(CallRule::slack), Row{93.5, 3.8, 4.5, 13.2, 85.8, 3.07, 91.2}},
      {"generalised cμ", bare(CallRule::c_mu), Row{95.2, 2.1, 3.5, 10.3, 89.6, 2.42, 93.0}},
      {"ratio 2:1", bare(CallRule::ratio), {}},
      {"ZMS", bare(CallRule::zms), {}},
      {"slack, τ = 4.5, also before ready", bare_default, {}},
      {"slack + guarantees, from slot − 5", prototype, {}},
      {"slack + guarantees (default)", guaranteed(CallRule::slack), {}, true},
      {"first come + guarantees", guaranteed(CallRule::first_come), {}},
      {"absolute + guarantees", guaranteed(CallRule::reserved_first), {}},
      {"accumulating + guarantees", guaranteed(CallRule::accumulating), {}},
      {"cμ + guarantees", guaranteed(CallRule::c_mu), {}},
  };
}

RuleFigures rule_figures(const queue::VisitFigures& figures) {
  const auto percent = [](const queue::Waits& waits, Minutes most) {
    return 100 * waits.share_within(most);
  };
  return {percent(figures.reserved, Minutes(5)),  figures.reserved.quantile_minutes(0.9),
          figures.walk_ins.mean_minutes(),        figures.walk_ins.quantile_minutes(0.9),
          percent(figures.walk_ins, Minutes(10)), figures.all.mean_minutes(),
          percent(figures.all, Minutes(10))};
}

RuleResult try_rule(const ComparedRule& rule, const queue::Days& days,
                    const queue::Workers& workers, Promises promises) {
  queue::WardOptions options;
  options.rules = rule.rules;
  const auto model = queue::ward_day(options);
  queue::Promise promise;
  if (rule.rules.has_guarantees) promise = promise_by(promises, model.office, days.seed);
  const auto figures = queue::simulate(model, days, workers, promise);
  return {rule.name,
          rule.rules.has_guarantees,
          rule_figures(figures),
          rule.published,
          100 * figures.share_promise_breaking(),
          100 * figures.share_late(),
          figures.most_passed,
          figures.days,
          figures.visitors,
          rule.rules.has_guarantees ? std::string(name_of(promises)) : "none"};
}

std::vector<std::string> missed_bars(const RuleResult& of_default) {
  std::vector<std::string> missed;
  const auto bar = [&](bool is_met, std::string text) {
    if (!is_met) missed.push_back(std::move(text));
  };
  const RuleFigures& ours = of_default.ours;
  bar(ours.reserved_within_5 >= 93,
      fmt::format("reserved called within 5 min {:.1f} % < 93 %", ours.reserved_within_5));
  bar(ours.walk_in_p90 <= 13.5, fmt::format("walk-in p90 {:.1f} min > 13.5", ours.walk_in_p90));
  bar(ours.all_within_10 >= 90,
      fmt::format("all within 10 min {:.1f} % < 90 %", ours.all_within_10));
  bar(of_default.promise_breaking <= 1,
      fmt::format("guarantee (2) broken by {:.2f} % of calls > 1 %", of_default.promise_breaking));
  bar(of_default.most_passed <= CallRules{}.max_passed,
      fmt::format("guarantee (1): somebody was passed {} times", of_default.most_passed));
  return missed;
}

}  // namespace matanai::twin
