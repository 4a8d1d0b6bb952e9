// SQL of staff calls: structs in and out, no decisions. Database threads only. Table:
// sql/office/0011_kiosk_printer.sql.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "server/db/transaction.hpp"
#include "server/floor/types.hpp"

namespace matanai::floor::store {

// Returns the call's id.
std::int64_t insert_call(db::Transaction& tx, const CallRow& row, std::string_view message_id);
std::optional<CallRow> call_by_message(db::Transaction& tx, std::string_view issuer,
                                       std::string_view message_id);
// Unless it was dropped.
std::optional<CallRow> kept_call(db::Transaction& tx, const OfficeId& office, std::int64_t id);
// is_printers: about the kiosk's printer; else of a person there.
std::optional<CallRow> open_call_of(db::Transaction& tx, const OfficeId& office,
                                    std::string_view issuer, bool is_printers);
// Oldest first; of one office, or of all.
std::vector<CallRow> open_calls(db::Transaction& tx, const OfficeId& office);
std::vector<CallRow> open_calls(db::Transaction& tx);
std::vector<std::int64_t> calls_answered_since(db::Transaction& tx, const OfficeId& office,
                                               Instant since);
std::vector<std::int64_t> calls_dropped_since(db::Transaction& tx, const OfficeId& office,
                                              Instant since);
void set_call_answered(db::Transaction& tx, const StaffCall& call);
// That was dropped: open again, with its day and called_at.
void reopen_call(db::Transaction& tx, const CallRow& row);
void set_call_dropped(db::Transaction& tx, std::int64_t id, Instant at);

}  // namespace matanai::floor::store
