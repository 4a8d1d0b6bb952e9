// What time alone changes on the floor: reservations whose visitor did not come, and what is left
// of an earlier day. Database threads only.
#pragma once

#include <vector>

#include "server/floor/context.hpp"

namespace matanai::floor {

// No-shows after the limit of their office and group; legs of earlier days expire and their windows
// close; staff calls that nobody answered end with their day's opening hours. Of visits some days
// ago (contact_erased_days) the reservation and the help wanted are forgotten. At most `limit` rows
// of each kind and office. Returns the offices whose screens changed.
std::vector<OfficeId> sweep(db::Transaction& tx, const Context& context, Instant now, int limit);

// True when sweep() would change something. Cheap: for a reader, before a write is asked for.
bool has_something_to_sweep(db::Transaction& tx, const Context& context, Instant now);

}  // namespace matanai::floor
