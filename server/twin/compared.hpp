// Call rules on the ward day (research queueing.md §4): bare rules beside their published row, the
// rule of ZMS as its source has it, and ours with the two guarantees. Pure but for the workers
// lent.
#pragma once

#include <boost/describe.hpp>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "server/queue/day/days.hpp"
#include "server/twin/promises.hpp"

namespace matanai::twin {

// Shares in percent, times in minutes.
struct RuleFigures {
  double reserved_within_5 = 0;  // called within 5 min of max(slot, check-in)
  double reserved_p90 = 0;
  double walk_in_mean = 0;
  double walk_in_p90 = 0;
  double walk_in_within_10 = 0;
  double all_mean = 0;
  double all_within_10 = 0;
};
BOOST_DESCRIBE_STRUCT(RuleFigures, (),
                      (reserved_within_5, reserved_p90, walk_in_mean, walk_in_p90,
                       walk_in_within_10, all_mean, all_within_10))

struct ComparedRule {
  std::string name;
  queue::CallRules rules;
  std::optional<RuleFigures> published;
  bool is_default = false;  // the product's
};
// As they stand in the table, bare rules first.
std::vector<ComparedRule> compared_rules();

struct RuleResult {
  std::string rule;
  bool has_guarantees = false;
  RuleFigures ours;
  std::optional<RuleFigures> published;
  double promise_breaking = 0;  // percent of calls that broke guarantee (2); 0 for bare rules
  double late = 0;              // percent of calls past their own "at the latest"
  int most_passed = 0;          // by later ones of its service, guarantee (1)
  std::int64_t days = 0;
  std::int64_t visitors = 0;
  std::string promises;  // who made them: plain, estimator; none for bare rules
};
BOOST_DESCRIBE_STRUCT(RuleResult, (),
                      (rule, has_guarantees, ours, published, promise_breaking, late, most_passed,
                       days, visitors, promises))

RuleFigures rule_figures(const queue::VisitFigures& figures);
// Every rule meets the same visitors. With guarantees each newcomer gets a promise.
RuleResult try_rule(const ComparedRule& rule, const queue::Days& days,
                    const queue::Workers& workers, Promises promises = Promises::plain);

// The bars of the product's default (research queueing.md §11); none when met.
std::vector<std::string> missed_bars(const RuleResult& of_default);

}  // namespace matanai::twin
