#include "server/floor/store_calls.hpp"

#include "server/floor/enum_names.hpp"

namespace matanai::floor::store {
namespace {

using db::Row;
using db::Transaction;

CallRow read_call(const Row& row) {
  CallRow out;
  out.call.id = row.integer(0);
  out.office = OfficeId(row.text(1));
  out.day = parse_day(row.text(2)).value_or(LocalDay{});
  out.call.place = row.text(3);
  out.call.reason = enum_from<StaffCallReason>(row.text(4));
  out.call.called_at = row.instant(5);
  out.call.answered_at = row.optional_instant(6);
  out.call.answered_by = row.optional_text(7);
  return out;
}

#define CALL_COLUMNS                                                             \
  "SELECT id, office, day, issuer, reason, called_at, answered_at, answered_by " \
  "FROM staff_call "
#define CALL_IS_OPEN "answered_at IS NULL AND dropped_at IS NULL "

constexpr std::string_view kInsertCall =
    "INSERT INTO staff_call (office, day, issuer, message_id, reason, called_at) "
    "VALUES (?1, ?2, ?3, ?4, ?5, ?6)";
constexpr std::string_view kCallByMessage = CALL_COLUMNS "WHERE issuer = ?1 AND message_id = ?2";
constexpr std::string_view kKeptCall =
    CALL_COLUMNS "WHERE office = ?1 AND id = ?2 AND dropped_at IS NULL";
constexpr std::string_view kOpenCallOf =
    CALL_COLUMNS "WHERE office = ?1 AND issuer = ?2 AND is_printers = ?3 AND " CALL_IS_OPEN;
constexpr std::string_view kOpenCallsOfOffice =
    CALL_COLUMNS "WHERE office = ?1 AND " CALL_IS_OPEN "ORDER BY called_at, id";
constexpr std::string_view kOpenCalls = CALL_COLUMNS "WHERE " CALL_IS_OPEN "ORDER BY office, id";
constexpr std::string_view kCallsAnsweredSince =
    "SELECT id FROM staff_call WHERE office = ?1 AND answered_at >= ?2 ORDER BY answered_at, id";
constexpr std::string_view kCallsDroppedSince =
    "SELECT id FROM staff_call WHERE office = ?1 AND dropped_at >= ?2 ORDER BY dropped_at, id";
constexpr std::string_view kSetCallAnswered =
    "UPDATE staff_call SET answered_at = ?2, answered_by = ?3 WHERE id = ?1";
constexpr std::string_view kReopenCall =
    "UPDATE staff_call SET day = ?2, called_at = ?3, dropped_at = NULL WHERE id = ?1";
constexpr std::string_view kSetCallDropped = "UPDATE staff_call SET dropped_at = ?2 WHERE id = ?1";

}  // namespace

std::int64_t insert_call(Transaction& tx, const CallRow& row, std::string_view message_id) {
  tx.run(kInsertCall, row.office, to_wire(row.day), row.call.place, message_id,
         name_of(row.call.reason), row.call.called_at);
  return tx.last_insert_id();
}

std::optional<CallRow> call_by_message(Transaction& tx, std::string_view issuer,
                                       std::string_view message_id) {
  return tx.first(kCallByMessage, read_call, issuer, message_id);
}
std::optional<CallRow> kept_call(Transaction& tx, const OfficeId& office, std::int64_t id) {
  return tx.first(kKeptCall, read_call, office, id);
}
std::optional<CallRow> open_call_of(Transaction& tx, const OfficeId& office,
                                    std::string_view issuer, bool is_printers) {
  return tx.first(kOpenCallOf, read_call, office, issuer, is_printers);
}
std::vector<CallRow> open_calls(Transaction& tx, const OfficeId& office) {
  return tx.all(kOpenCallsOfOffice, read_call, office);
}
std::vector<CallRow> open_calls(Transaction& tx) { return tx.all(kOpenCalls, read_call); }
std::vector<std::int64_t> calls_answered_since(Transaction& tx, const OfficeId& office,
                                               Instant since) {
  return tx.all(kCallsAnsweredSince, [](const Row& row) { return row.integer(0); }, office, since);
}
std::vector<std::int64_t> calls_dropped_since(Transaction& tx, const OfficeId& office,
                                              Instant since) {
  return tx.all(kCallsDroppedSince, [](const Row& row) { return row.integer(0); }, office, since);
}
void set_call_answered(Transaction& tx, const StaffCall& call) {
  tx.run(kSetCallAnswered, call.id, call.answered_at, call.answered_by);
}
void reopen_call(Transaction& tx, const CallRow& row) {
  tx.run(kReopenCall, row.call.id, to_wire(row.day), row.call.called_at);
}
void set_call_dropped(Transaction& tx, std::int64_t id, Instant at) {
  tx.run(kSetCallDropped, id, at);
}

}  // namespace matanai::floor::store
