// Which kiosks are connected, so that staff see which one is alone. Database threads only.
#pragma once

#include <set>
#include <string>
#include <vector>

#include "server/db/transaction.hpp"
#include "server/floor/types.hpp"

namespace matanai::floor {

// connected: device ids with a live socket. Whether that is news of any kiosk that ever told of its
// printer.
bool has_new_connections(db::Transaction& tx, const std::set<std::string>& connected);
// Keeps it; the offices of which something changed.
std::vector<OfficeId> note_connections(db::Transaction& tx, const std::set<std::string>& connected,
                                       Instant now);

}  // namespace matanai::floor
