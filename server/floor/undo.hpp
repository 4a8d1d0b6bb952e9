// Taking a clerk's last step back. Database threads only.
#pragma once

#include "schema/types/refusal.hpp"
#include "server/db/transaction.hpp"
#include "server/floor/types.hpp"

namespace matanai::floor {

// Puts every leg of the record back to what it was. Refused as a whole (nothing_to_undo) when one
// of them has moved on since, e.g. another window called the person.
Result<void> take_back(db::Transaction& tx, const UndoRecord& record);

}  // namespace matanai::floor
