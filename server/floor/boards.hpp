// What the screens show, read in one snapshot: the hall's board and the counters' floor. Database
// threads only.
#pragma once

#include "server/floor/context.hpp"
#include "server/floor/types.hpp"

namespace matanai::floor {

// epoch and seq are filled in by the publisher. Throws std::logic_error for an unknown office.
Board read_board(db::Transaction& tx, const Context& context, const OfficeId& office, Instant now);
Floor read_floor(db::Transaction& tx, const Context& context, const OfficeId& office, Instant now);

// One window after a command. The window exists in the directory.
WindowState read_window(db::Transaction& tx, const Context& context, const OfficeId& office,
                        const WindowId& window, Instant now);

}  // namespace matanai::floor
