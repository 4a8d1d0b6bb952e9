// How SQLite finds what is asked for every few seconds: in an index, also after years.
#include <gmock/gmock.h>

#include "floor_fixture.hpp"

namespace matanai::floor {
namespace {

using testing::AnyOf;
using testing::Each;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

class Plans : public FloorTest {
 protected:
  template <class... Args>
  std::vector<std::string> plan_of(std::string_view sql, Args... args) {
    explained_ = "EXPLAIN QUERY PLAN " + std::string(sql);
    return *write<std::vector<std::string>>([&](db::Transaction& tx) {
      return Result<std::vector<std::string>>(
          tx.all(explained_, [](const db::Row& row) { return row.text(3); }, args...));
    });
  }

 private:
  std::string explained_;  // the statement is kept by its address
};

TEST_F(Plans, WhatEarlierDaysLeftIsFoundAmongTheOpenLegsAlone) {
  const auto plan = plan_of(store::kLegsBefore, "2026-11-24", 100);
  EXPECT_THAT(plan, Not(IsEmpty()));
  EXPECT_THAT(plan, Each(AnyOf(HasSubstr("INDEX leg_open"), HasSubstr("TEMP B-TREE"))));
}

}  // namespace
}  // namespace matanai::floor
