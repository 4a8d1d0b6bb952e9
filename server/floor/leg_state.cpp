#include "server/floor/leg_state.hpp"

namespace matanai::floor {
namespace {

struct Transition {
  LegState from;
  Move move;
  LegState to;
};

constexpr Transition kTransitions[] = {
    {LegState::waiting, Move::call, LegState::called},
    {LegState::waiting, Move::expire, LegState::expired},
    {LegState::called, Move::start, LegState::serving},
    {LegState::called, Move::mark_absent, LegState::absent},
    {LegState::called, Move::put_back, LegState::waiting},
    {LegState::serving, Move::finish, LegState::finished},
    {LegState::serving, Move::hold, LegState::on_hold},
    {LegState::absent, Move::bring_back, LegState::waiting},
    {LegState::absent, Move::expire, LegState::expired},
    {LegState::on_hold, Move::bring_back, LegState::waiting},
    {LegState::on_hold, Move::expire, LegState::expired},
    // What nobody pressed to the end before the day was over.
    {LegState::called, Move::expire, LegState::expired},
    {LegState::serving, Move::expire, LegState::finished},
};

}  // namespace

Result<LegState> after(LegState from, Move move) {
  for (const auto& transition : kTransitions) {
    if (transition.from == from && transition.move == move) return transition.to;
  }
  return Refusal(RefusalCode::illegal_move)
      .with("from", boost::describe::enum_to_string(from, "?"))
      .with("command", boost::describe::enum_to_string(move, "?"));
}

}  // namespace matanai::floor
