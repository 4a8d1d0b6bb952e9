#include "server/twin/compared.hpp"

#include <gtest/gtest.h>

namespace matanai::twin {
namespace {

constexpr queue::Days kDays{.seed = 1, .count = 250};

// 250 days: three standard errors of each figure, measured over seeds.
TEST(ComparedRules, BareRulesReproduceTheirPublishedRows) {
  int published = 0;
  for (const ComparedRule& rule : compared_rules()) {
    if (!rule.published) continue;
    ++published;
    const auto ours = try_rule(rule, kDays, queue::one_after_another).ours;
    EXPECT_NEAR(ours.reserved_within_5, rule.published->reserved_within_5, 2.4) << rule.name;
    EXPECT_NEAR(ours.reserved_p90, rule.published->reserved_p90, 1.3) << rule.name;
    EXPECT_NEAR(ours.walk_in_mean, rule.published->walk_in_mean, 0.6) << rule.name;
    EXPECT_NEAR(ours.walk_in_p90, rule.published->walk_in_p90, 1.7) << rule.name;
    EXPECT_NEAR(ours.walk_in_within_10, rule.published->walk_in_within_10, 2.6) << rule.name;
    EXPECT_NEAR(ours.all_mean, rule.published->all_mean, 0.5) << rule.name;
    EXPECT_NEAR(ours.all_within_10, rule.published->all_within_10, 2.2) << rule.name;
  }
  EXPECT_EQ(published, 6);
}

TEST(ComparedRules, TheDefaultMeetsItsBars) {
  for (const ComparedRule& rule : compared_rules())
    if (rule.is_default)
      EXPECT_EQ(missed_bars(try_rule(rule, kDays, queue::one_after_another)),
                std::vector<std::string>());
}

TEST(ComparedRules, ABarThatIsMissedIsNamed) {
  RuleResult result;
  result.ours = {92.9, 0, 0, 13.6, 0, 0, 89.9};
  result.promise_breaking = 1.01;
  result.most_passed = 5;
  EXPECT_EQ(missed_bars(result).size(), 5U);
}

}  // namespace
}  // namespace matanai::twin
