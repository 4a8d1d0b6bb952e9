// A clerk's keys: each is one decision stored with its event inside the caller's transaction, and
// can be taken back for a few seconds. Choosing, claiming and calling the next person are one step,
// so two clerks never get one person. Database threads only.
#pragma once

#include "server/floor/context.hpp"
#include "server/floor/types.hpp"

namespace matanai::floor {

struct Clerk {
  std::string id;    // login name
  std::string name;  // as shown
};

// Refusals: unknown_office, unknown_window, window_taken, window_not_yours, window_busy,
// window_paused, nobody_waiting, nothing_called, ticket_taken, unknown_ticket, illegal_move,
// nothing_to_undo, undo_expired, invalid_fields.
Result<void> apply_command(db::Transaction& tx, const Context& context, const OfficeId& office,
                           const WindowId& window, const WindowCommand& command, const Clerk& clerk,
                           Instant now);

}  // namespace matanai::floor
