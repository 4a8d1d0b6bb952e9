// The part of store.hpp that the call order and the estimate read.
#include "server/floor/store.hpp"

namespace matanai::floor::store {
namespace {

using db::Row;
using db::Transaction;

constexpr int kCallsLookedAt = 20;

constexpr std::string_view kPresent =
    "SELECT id, window, service, state, state_since, called_at, started_at "
    "FROM leg INDEXED BY leg_open WHERE office = ?1 AND state IN ('called', 'serving') "
    "AND state IN ('waiting', 'called', 'serving', 'absent', 'on_hold')";
constexpr std::string_view kLatestKinds =
    "SELECT slot_at IS NOT NULL FROM leg WHERE office = ?1 AND day = ?2 AND call_seq IS NOT NULL "
    "ORDER BY call_seq DESC LIMIT ?3";
constexpr std::string_view kServed =
    "SELECT service, day, finished_at - started_at, first_called_at - issued_at FROM leg "
    "WHERE office = ?1 AND day >= ?2 AND day < ?3 AND state = 'finished' AND started_at IS NOT "
    "NULL AND finished_at IS NOT NULL AND first_called_at IS NOT NULL ORDER BY day, id";
constexpr std::string_view kPromiseOf =
    "SELECT told_low, told_high, told_latest, told_q10_ms, told_q50_ms, told_q90_ms, told_age_ms, "
    "told_model, told_soon, told_windows FROM leg WHERE id = ?1 AND told_latest IS NOT NULL";

}  // namespace

std::vector<Present> present(Transaction& tx, const OfficeId& office) {
  return tx.all(
      kPresent,
      [](const Row& row) {
        const bool is_started = row.text(3) == "serving";
        return Present{row.integer(0), WindowId(row.optional_text(1).value_or("")),
                       ServiceId(row.text(2)), is_started,
                       row.optional_instant(is_started ? 6 : 5).value_or(row.instant(4))};
      },
      office);
}

std::vector<Served> served_between(Transaction& tx, const OfficeId& office, LocalDay from,
                                   LocalDay until) {
  return tx.all(
      kServed,
      [](const Row& row) {
        return Served{ServiceId(row.text(0)), parse_day(row.text(1)).value_or(LocalDay{}),
                      Millis(row.integer(2)), Millis(row.integer(3))};
      },
      office, to_wire(from), to_wire(until));
}

int reserved_in_row(Transaction& tx, const OfficeId& office, LocalDay day) {
  int count = 0;
  for (const bool is_reserved : tx.all(
           kLatestKinds, [](const Row& row) { return row.boolean(0); }, office, to_wire(day),
           kCallsLookedAt)) {
    if (!is_reserved) break;
    ++count;
  }
  return count;
}

std::optional<Promise> promise_of(Transaction& tx, std::int64_t leg) {
  return tx.first(
      kPromiseOf,
      [](const Row& row) {
        Promise told;
        told.range.low_minutes = static_cast<int>(row.integer(0));
        told.range.high_minutes = static_cast<int>(row.integer(1));
        told.range.at_latest = row.instant(2);
        told.q10 = Millis(row.integer(3));
        told.q50 = Millis(row.integer(4));
        told.q90 = Millis(row.integer(5));
        told.age = Millis(row.integer(6));
        told.model = row.text(7);
        told.range.is_soon = row.boolean(8);
        told.windows = static_cast<int>(row.integer(9));
        return told;
      },
      leg);
}

}  // namespace matanai::floor::store
