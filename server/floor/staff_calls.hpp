// Calls for staff from kiosks: made, answered by one clerk, dropped when the office has closed and
// its line is served; each with its event in the caller's transaction. Database threads only.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "server/floor/commands.hpp"
#include "server/floor/context.hpp"
#include "server/floor/types.hpp"

namespace matanai::floor {

// The open call of this kiosk, or a new one; the same message is the same call for ever. Refusals:
// unknown_office; office_closed when today's counters are not opened any more and nobody waits or
// is served; idempotency_key_reused when the message was another office's.
Result<StaffCall> call_staff(db::Transaction& tx, const Context& context, const OfficeId& office,
                             const StaffCallRequest& request, Instant now);

// The first answer counts; a later one gets the call as it was answered. Refusal: not_found, also
// after it was dropped.
Result<StaffCall> answer_staff_call(db::Transaction& tx, const OfficeId& office, std::int64_t id,
                                    const Clerk& clerk, Instant now);

// Open calls that nobody is there for any more, of every office: it has closed and nobody waits or
// is served, or the day is over.
std::vector<CallRow> staff_calls_to_drop(db::Transaction& tx, const Context& context, Instant now);
void drop_staff_call(db::Transaction& tx, const CallRow& call, Instant now);

}  // namespace matanai::floor
