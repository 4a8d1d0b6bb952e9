#include "server/floor/undo.hpp"

#include "schema/types/json.hpp"
#include "server/floor/store.hpp"

namespace matanai::floor {

Result<void> take_back(db::Transaction& tx, const UndoRecord& record) {
  for (const auto& change : record.legs) {
    const auto now = store::leg_by_id(tx, change.before.id);
    const bool is_untouched =
        now && now->state == change.state_after && now->state_since == change.since_after;
    if (!is_untouched) return Refusal(RefusalCode::nothing_to_undo);
  }
  for (auto change = record.legs.rbegin(); change != record.legs.rend(); ++change) {
    auto leg = change->before;
    leg.passed = store::leg_by_id(tx, leg.id)->passed;
    store::update_leg(tx, leg);
  }
  for (const auto leg : record.passed) store::change_passed(tx, leg, -1);
  return {};
}

}  // namespace matanai::floor
