#include "server/twin/checks.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "schema/types/json.hpp"

namespace matanai::twin {
namespace {

TEST(Formulas, MeetEveryPublishedValue) {
  const auto checks = formula_checks();
  EXPECT_GT(checks.size(), 90U);
  for (const auto& row : checks) {
    EXPECT_NEAR(row.ours, row.exact, row.tolerance) << row.name;
    EXPECT_TRUE(row.ok) << row.name;
    EXPECT_LE(row.tolerance, 5e-5) << row.name;
  }
}

TEST(Check, FailsBeyondItsTolerance) {
  EXPECT_TRUE(check("", 1, 1.1, 0.11).ok);
  EXPECT_FALSE(check("", 1, 1.1, 0.09).ok);
  EXPECT_FALSE(check("", 1, 0.9, 0.09).ok);
  EXPECT_FALSE(check("", 1, std::nan(""), 1).ok);
}

TEST(Check, IsWrittenAsItIsRead) {
  EXPECT_EQ(
      to_json(Checks{check("a", 1, 2, 0.5)}),
      boost::json::parse(R"([{"name":"a","exact":1E0,"ours":2E0,"tolerance":5E-1,"ok":false}])"));
}

}  // namespace
}  // namespace matanai::twin
