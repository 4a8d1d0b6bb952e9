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
    "told_model, told_soon, told_windows, physics_q10_ms, physics_q50_ms, physics_q90_ms, "
    "physics_soon FROM leg WHERE id = ?1 AND told_latest IS NOT NULL";
constexpr std::string_view kRecordedWaits =
    "SELECT day, slot_at IS NOT NULL, physics_soon, physics_q10_ms, physics_q50_ms, "
    "physics_q90_ms, told_q10_ms, told_q90_ms, told_model, first_called_at - issued_at FROM leg "
    "WHERE office = ?1 AND day >= ?2 AND day < ?3 AND first_called_at IS NOT NULL "
    "AND physics_q50_ms IS NOT NULL ORDER BY day, first_called_at, id";
constexpr std::string_view kToldAndCalled =
    "SELECT told_low, told_high, told_soon, told_latest - issued_at, first_called_at - issued_at "
    "FROM leg WHERE office = ?1 AND day >= ?2 AND day < ?3 AND first_called_at IS NOT NULL "
    "AND told_latest IS NOT NULL";

double minutes_in(const Row& row, int column) {
  return static_cast<double>(row.integer(column)) / 60000;
}

WaitQuantiles quantiles_in(const Row& row, int column) {
  return {Millis(row.integer(column)), Millis(row.integer(column + 1)),
          Millis(row.integer(column + 2))};
}

// nullopt: another version of the physics told it.
std::optional<queue::RecordedWait> recorded_wait(const Row& row) {
  const auto model = row.text(8);
  if (!model.starts_with(queue::kPhysicsModel)) return std::nullopt;
  queue::RecordedWait wait;
  const auto day = parse_day(row.text(0)).value_or(LocalDay{});
  wait.day = static_cast<int>(day.time_since_epoch().count());
  wait.kind = queue::kind_of(row.boolean(2), row.boolean(1));
  wait.q10 = minutes_in(row, 3);
  wait.q50 = minutes_in(row, 4);
  wait.q90 = minutes_in(row, 5);
  if (model != queue::kPhysicsModel)
    wait.steered = queue::Range{minutes_in(row, 6), minutes_in(row, 7)};
  wait.wait = minutes_in(row, 9);
  return wait;
}
constexpr std::string_view kNewestLeg = "SELECT coalesce(max(id), 0) FROM leg";
constexpr std::string_view kNewerLegs =
    "SELECT id, grp FROM leg NOT INDEXED WHERE id > ?1 AND office = ?2 ORDER BY id";

}  // namespace

std::int64_t newest_leg(Transaction& tx) {
  return tx.first(kNewestLeg, [](const Row& row) { return row.integer(0); }).value_or(0);
}

std::vector<std::pair<std::int64_t, std::string>> newer_legs(Transaction& tx,
                                                             const OfficeId& office,
                                                             std::int64_t leg) {
  return tx.all(
      kNewerLegs, [](const Row& row) { return std::pair(row.integer(0), row.text(1)); }, leg,
      office);
}

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

std::vector<queue::RecordedWait> recorded_waits(Transaction& tx, const OfficeId& office,
                                                LocalDay from, LocalDay until) {
  std::vector<queue::RecordedWait> waits;
  for (auto& wait : tx.all(kRecordedWaits, recorded_wait, office, to_wire(from), to_wire(until)))
    if (wait) waits.push_back(*wait);
  return waits;
}

queue::KeptPromises kept_promises(Transaction& tx, const OfficeId& office, LocalDay from,
                                  LocalDay until) {
  queue::KeptPromises kept;
  const auto read = [](const Row& row) {
    return queue::ToldAndCalled{static_cast<double>(row.integer(0)),
                                static_cast<double>(row.integer(1)), row.boolean(2),
                                minutes_in(row, 3), minutes_in(row, 4)};
  };
  for (const auto& one : tx.all(kToldAndCalled, read, office, to_wire(from), to_wire(until)))
    kept.add(one);
  return kept;
}

std::optional<Promise> promise_of(Transaction& tx, std::int64_t leg) {
  return tx.first(
      kPromiseOf,
      [](const Row& row) {
        Promise told;
        told.range.low_minutes = static_cast<int>(row.integer(0));
        told.range.high_minutes = static_cast<int>(row.integer(1));
        told.range.at_latest = row.instant(2);
        told.told = quantiles_in(row, 3);
        told.age = Millis(row.integer(6));
        told.model = row.text(7);
        told.range.is_soon = row.boolean(8);
        told.windows = static_cast<int>(row.integer(9));
        told.physics = quantiles_in(row, 10);
        told.is_soon_by_physics = row.boolean(13);
        return told;
      },
      leg);
}

}  // namespace matanai::floor::store
