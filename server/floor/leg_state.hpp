// The states of a ticket's leg and the one table of legal moves (architecture.md §5). Pure, any
// thread.
#pragma once

#include "schema/types/messages_floor.hpp"
#include "schema/types/refusal.hpp"

namespace matanai::floor {

enum class Move { call, start, finish, mark_absent, put_back, hold, bring_back, expire };
BOOST_DESCRIBE_ENUM(Move, call, start, finish, mark_absent, put_back, hold, bring_back, expire)

// The state after the move. Refusal: illegal_move (values: from, command).
Result<LegState> after(LegState from, Move move);

}  // namespace matanai::floor
