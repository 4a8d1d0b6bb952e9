// Calls for staff from kiosks: made, answered by one clerk, dropped when the office has closed and
// its line is served; each with its event in the caller's transaction. Not for deciding when a
// printer needs somebody (printer_calls). Database threads only.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "server/floor/commands.hpp"
#include "server/floor/context.hpp"
#include "server/floor/types.hpp"

namespace matanai::floor {

// The open call of this kiosk, or a new one; the same message is the same call for ever. A ticket
// that did not come out and a printer that needs somebody are one call, a person is another.
// Refusals: unknown_office; office_closed when today's counters are not opened any more and nobody
// waits or is served; idempotency_key_reused when the message was another office's.
Result<StaffCall> call_staff(db::Transaction& tx, const Context& context, const OfficeId& office,
                             const StaffCallRequest& request, Instant now);

// Nobody is there for calls: today's counters are not opened any more and nobody waits or is
// served.
bool has_ended(db::Transaction& tx, const Context& context, const OfficeId& office, LocalDay day,
               Instant now);

// A call by the server for a kiosk's printer. trouble: names it, so that one that was dropped is
// opened again as the same call. The kiosk must have no open call about its printer.
void call_for_printer(db::Transaction& tx, const KioskRow& kiosk, StaffCallReason reason,
                      const std::string& trouble, Instant now);

// The first answer counts; a later one gets the call as it was answered. Refusal: not_found, also
// after it was dropped.
Result<StaffCall> answer_staff_call(db::Transaction& tx, const OfficeId& office, std::int64_t id,
                                    const Clerk& clerk, Instant now);

// Open calls that nobody is there for any more, of every office: it has closed and nobody waits or
// is served, or the day is over.
std::vector<CallRow> staff_calls_to_drop(db::Transaction& tx, const Context& context, Instant now);
// actor: who found that nobody is needed any more.
void drop_staff_call(db::Transaction& tx, const CallRow& call, const std::string& actor,
                     Instant now);

}  // namespace matanai::floor
