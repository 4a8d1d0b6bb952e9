#include "server/floor/leg_state.hpp"

#include <gtest/gtest.h>

#include <map>
#include <set>

namespace matanai::floor {
namespace {

// Everything that is not in this table must be refused.
const std::set<std::pair<LegState, Move>> kLegal = {
    {LegState::waiting, Move::call},    {LegState::waiting, Move::expire},
    {LegState::called, Move::start},    {LegState::called, Move::mark_absent},
    {LegState::called, Move::put_back}, {LegState::called, Move::expire},
    {LegState::serving, Move::finish},  {LegState::serving, Move::hold},
    {LegState::serving, Move::expire},  {LegState::absent, Move::bring_back},
    {LegState::absent, Move::expire},   {LegState::on_hold, Move::bring_back},
    {LegState::on_hold, Move::expire}};

TEST(LegStates, EveryMoveOutsideTheTableIsRefused) {
  for (int from = 0; from <= static_cast<int>(LegState::expired); ++from) {
    for (int move = 0; move <= static_cast<int>(Move::expire); ++move) {
      const std::pair pair(static_cast<LegState>(from), static_cast<Move>(move));
      const auto result = after(pair.first, pair.second);
      EXPECT_EQ(result.has_value(), kLegal.contains(pair)) << from << " " << move;
      if (result.has_error()) EXPECT_EQ(result.error().code, RefusalCode::illegal_move);
    }
  }
}

TEST(LegStates, NothingLeavesAnEndState) {
  for (const auto end : {LegState::finished, LegState::cancelled, LegState::expired}) {
    for (int move = 0; move <= static_cast<int>(Move::expire); ++move) {
      EXPECT_TRUE(after(end, static_cast<Move>(move)).has_error());
    }
  }
}

}  // namespace
}  // namespace matanai::floor
