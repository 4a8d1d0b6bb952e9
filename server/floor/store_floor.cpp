// The second half of store.hpp: windows, events, figures, expected reservations.
#include "server/floor/enum_names.hpp"
#include "server/floor/store.hpp"
#include "server/floor/text_lists.hpp"

namespace matanai::floor::store {
namespace {

using db::Row;
using db::Transaction;

WindowRow read_window(const Row& row) {
  WindowRow out;
  out.window = WindowId(row.text(0));
  out.mode = enum_from<WindowMode>(row.text(1));
  out.staff = row.optional_text(2);
  out.staff_name = row.optional_text(3);
  for (auto& letter : split_words(row.text(4))) out.groups.emplace_back(std::move(letter));
  out.pause_reason = row.optional_text(5);
  out.paused_at = row.optional_instant(6);
  out.undo = row.optional_text(7);
  out.undo_until = row.optional_instant(8);
  return out;
}

FloorEvent read_event(const Row& row) {
  FloorEvent event;
  event.seq = row.integer(0);
  event.at = row.instant(1);
  event.kind = enum_from<EventKind>(row.text(2));
  event.actor = row.text(3);
  if (!row.is_null(4)) event.ticket = TicketId(row.text(4));
  event.number = row.optional_text(5);
  event.window = row.optional_text(6);
  if (!row.is_null(7)) event.service = ServiceId(row.text(7));
  event.reason = row.optional_text(8);
  if (!row.is_null(9)) event.wait_seconds = row.integer(9) / 1000;
  return event;
}

Expected read_expected(const Row& row) {
  Expected out;
  out.reservation = row.text(0);
  out.office = OfficeId(row.text(1));
  out.code = row.text(2);
  out.token_hash = row.text(3);
  out.service = ServiceId(row.text(4));
  out.group = GroupId(row.text(5));
  out.start = row.instant(6);
  out.state = row.text(7);
  out.locale = row.text(8);
  out.help = split_words(row.text(9));
  out.party = static_cast<int>(row.integer(10));
  return out;
}

#define WINDOW_COLUMNS \
  "window, state, staff, staff_name, groups, pause_reason, paused_at, undo, undo_until "
#define EVENT_COLUMNS "seq, at, kind, actor, ticket, number, window, service, reason, wait_ms "
#define EXPECTED_COLUMNS \
  "reservation, office, code, token_hash, service, grp, start_at, state, locale, help, party "

constexpr std::string_view kWindow =
    "SELECT " WINDOW_COLUMNS "FROM floor_window WHERE office = ?1 AND window = ?2";
constexpr std::string_view kWindows =
    "SELECT " WINDOW_COLUMNS "FROM floor_window WHERE office = ?1";
constexpr std::string_view kPutWindow =
    "INSERT INTO floor_window (office, window, state, staff, staff_name, groups, pause_reason, "
    "paused_at, undo, "
    "undo_until) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10) "
    "ON CONFLICT (office, window) DO UPDATE SET state = excluded.state, staff = excluded.staff, "
    "staff_name = excluded.staff_name, groups = excluded.groups, pause_reason = "
    "excluded.pause_reason, "
    "paused_at = excluded.paused_at, undo = excluded.undo, undo_until = excluded.undo_until";
#define WINDOW_FIGURES                                                                           \
  "SELECT window, COUNT(*), CAST(AVG(finished_at - started_at) AS INTEGER) FROM leg "            \
  "WHERE office = ?1 AND day = ?2 AND state = 'finished' AND window IS NOT NULL AND started_at " \
  "IS NOT NULL "
constexpr std::string_view kWindowFigures = WINDOW_FIGURES "GROUP BY window";
constexpr std::string_view kFiguresOfWindow = WINDOW_FIGURES "AND window = ?3 GROUP BY window";
constexpr std::string_view kDayCounts =
    "SELECT COUNT(*), COUNT(first_called_at), SUM(state = 'finished'), "
    "SUM(first_called_at - issued_at <= 600000) FROM leg WHERE office = ?1 AND day = ?2";
constexpr std::string_view kAppendEvent =
    "INSERT INTO floor_event (office, day, at, kind, actor, ticket, number, window, service, "
    "reason, wait_ms, data) "
    "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)";
constexpr std::string_view kEventsAfter =
    "SELECT " EVENT_COLUMNS "FROM floor_event WHERE office = ?1 AND seq > ?2 ORDER BY seq LIMIT ?3";
constexpr std::string_view kEventsOfDay =
    "SELECT " EVENT_COLUMNS "FROM floor_event WHERE office = ?1 AND day = ?2 ORDER BY seq";
constexpr std::string_view kHasEvents = "SELECT 1 FROM floor_event LIMIT 1";
constexpr std::string_view kPutExpected =
    "INSERT INTO expected (reservation, office, day, code, token_hash, service, grp, start_at, "
    "state, locale, help, "
    "party) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12) "
    "ON CONFLICT (reservation) DO UPDATE SET office = excluded.office, day = excluded.day, code = "
    "excluded.code, "
    "token_hash = excluded.token_hash, service = excluded.service, grp = excluded.grp, "
    "start_at = excluded.start_at, state = excluded.state, locale = excluded.locale, help = "
    "excluded.help, "
    "party = excluded.party";
constexpr std::string_view kExpectedByToken =
    "SELECT " EXPECTED_COLUMNS "FROM expected WHERE token_hash = ?1";
constexpr std::string_view kExpectedByCode =
    "SELECT " EXPECTED_COLUMNS
    "FROM expected WHERE code = ?1 ORDER BY state NOT IN ('booked', 'checked_in'), start_at DESC";
constexpr std::string_view kExpectedOfDay = "SELECT " EXPECTED_COLUMNS
                                            "FROM expected WHERE office = ?1 AND day = ?2 AND "
                                            "state = 'booked' ORDER BY start_at, reservation";
constexpr std::string_view kSetExpectedState =
    "UPDATE expected SET state = ?2 WHERE reservation = ?1";
// The day leads into the index.
constexpr std::string_view kForgetExpected =
    "DELETE FROM expected WHERE reservation IN (SELECT reservation FROM expected "
    "WHERE office = ?1 AND day <= ?2 AND start_at < ?3 LIMIT ?4)";
constexpr std::string_view kEraseTicketHelp =
    "UPDATE ticket SET help = '' WHERE id IN (SELECT id FROM ticket "
    "WHERE office = ?1 AND help <> '' AND reserved_for < ?2 LIMIT ?3)";
constexpr std::string_view kHasOldVisits =
    "SELECT EXISTS (SELECT 1 FROM expected WHERE office = ?1 AND day <= ?2 AND start_at < ?3) "
    "OR EXISTS (SELECT 1 FROM ticket WHERE office = ?1 AND help <> '' AND reserved_for < ?3)";
constexpr std::string_view kOverdue =
    "SELECT " EXPECTED_COLUMNS
    "FROM expected WHERE state = 'booked' AND start_at < ?1 ORDER BY start_at LIMIT ?2";
constexpr std::string_view kTicketFacts =
    "SELECT ticket.id, leg.grp, ticket.reserved_for FROM ticket JOIN leg ON leg.ticket = ticket.id "
    "WHERE leg.office = ?1 AND leg.day = ?2 GROUP BY ticket.id";
constexpr std::string_view kOldWindows =
    "SELECT office, window FROM floor_window WHERE state <> 'closed' AND NOT EXISTS ("
    "SELECT 1 FROM floor_event WHERE floor_event.office = floor_window.office "
    "AND floor_event.day = ?1 AND floor_event.window = floor_window.window)";

}  // namespace

constinit const std::string_view kLegsBefore =
    "SELECT office, id FROM leg INDEXED BY leg_open "
    "WHERE state IN ('waiting', 'called', 'serving', 'absent', 'on_hold') AND day < ?1 ORDER BY id "
    "LIMIT ?2";

std::optional<WindowRow> window(Transaction& tx, const OfficeId& office, const WindowId& id) {
  return tx.first(kWindow, read_window, office, id);
}

std::vector<WindowRow> windows(Transaction& tx, const OfficeId& office) {
  return tx.all(kWindows, read_window, office);
}

void put_window(Transaction& tx, const OfficeId& office, const WindowRow& row) {
  std::vector<std::string> letters;
  for (const auto& group : row.groups) letters.push_back(group.value);
  tx.run(kPutWindow, office, row.window, name_of(row.mode), row.staff, row.staff_name,
         join_words(letters), row.pause_reason, row.paused_at, row.undo, row.undo_until);
}

namespace {
WindowFigures read_figures(const Row& row) {
  return {row.text(0), static_cast<int>(row.integer(1)), row.integer(2)};
}
}  // namespace

std::vector<WindowFigures> window_figures(Transaction& tx, const OfficeId& office, LocalDay day) {
  return tx.all(kWindowFigures, read_figures, office, to_wire(day));
}
std::optional<WindowFigures> figures_of_window(Transaction& tx, const OfficeId& office,
                                               LocalDay day, const WindowId& window) {
  return tx.first(kFiguresOfWindow, read_figures, office, to_wire(day), window);
}

DayCounts day_counts(Transaction& tx, const OfficeId& office, LocalDay day) {
  return tx
      .first(
          kDayCounts,
          [](const Row& row) {
            return DayCounts{static_cast<int>(row.integer(0)), static_cast<int>(row.integer(1)),
                             static_cast<int>(row.integer(2)), static_cast<int>(row.integer(3))};
          },
          office, to_wire(day))
      .value_or(DayCounts{});
}

std::int64_t append_event(Transaction& tx, const OfficeId& office, LocalDay day, Instant at,
                          const EventRow& event) {
  std::optional<std::int64_t> wait_ms;
  if (event.wait) wait_ms = event.wait->count();
  tx.run(kAppendEvent, office, to_wire(day), at, name_of(event.kind), event.actor, event.ticket,
         event.number, event.window, event.service, event.reason, wait_ms, event.data);
  return tx.last_insert_id();
}

std::vector<FloorEvent> events_after(Transaction& tx, const OfficeId& office, std::int64_t seq,
                                     int limit) {
  return tx.all(kEventsAfter, read_event, office, seq, limit);
}
std::vector<FloorEvent> events_of_day(Transaction& tx, const OfficeId& office, LocalDay day) {
  return tx.all(kEventsOfDay, read_event, office, to_wire(day));
}

std::vector<TicketFacts> ticket_facts(Transaction& tx, const OfficeId& office, LocalDay day) {
  return tx.all(
      kTicketFacts,
      [](const Row& row) {
        return TicketFacts{row.text(0), GroupId(row.text(1)), row.optional_instant(2)};
      },
      office, to_wire(day));
}

bool has_events(Transaction& tx) {
  return tx.first(kHasEvents, [](const Row& row) { return row.integer(0); }).has_value();
}

void put_expected(Transaction& tx, const Expected& expected) {
  tx.run(kPutExpected, expected.reservation, expected.office, to_wire(local_day(expected.start)),
         expected.code, expected.token_hash, expected.service, expected.group, expected.start,
         expected.state, expected.locale, join_words(expected.help), expected.party);
}
std::optional<Expected> expected_by_token_hash(Transaction& tx, std::string_view token_hash) {
  return tx.first(kExpectedByToken, read_expected, token_hash);
}
std::vector<Expected> expected_by_code(Transaction& tx, std::string_view code) {
  return tx.all(kExpectedByCode, read_expected, code);
}
std::vector<Expected> expected_of_day(Transaction& tx, const OfficeId& office, LocalDay day) {
  return tx.all(kExpectedOfDay, read_expected, office, to_wire(day));
}
void set_expected_state(Transaction& tx, std::string_view reservation, std::string_view state) {
  tx.run(kSetExpectedState, reservation, state);
}
int forget_expected(Transaction& tx, const OfficeId& office, Instant before, int limit) {
  return static_cast<int>(
      tx.run(kForgetExpected, office, to_wire(local_day(before)), before, limit));
}
int erase_ticket_help(Transaction& tx, const OfficeId& office, Instant before, int limit) {
  return static_cast<int>(tx.run(kEraseTicketHelp, office, before, limit));
}
bool has_old_visits(Transaction& tx, const OfficeId& office, Instant before) {
  return tx
      .first(
          kHasOldVisits, [](const Row& row) { return row.boolean(0); }, office,
          to_wire(local_day(before)), before)
      .value_or(false);
}
std::vector<Expected> overdue(Transaction& tx, Instant before, int limit) {
  return tx.all(kOverdue, read_expected, before, limit);
}
std::vector<std::pair<OfficeId, std::int64_t>> legs_before(Transaction& tx, LocalDay day,
                                                           int limit) {
  return tx.all(
      kLegsBefore, [](const Row& row) { return std::pair(OfficeId(row.text(0)), row.integer(1)); },
      to_wire(day), limit);
}
std::vector<std::pair<OfficeId, WindowId>> windows_before(Transaction& tx, LocalDay day) {
  return tx.all(
      kOldWindows,
      [](const Row& row) { return std::pair(OfficeId(row.text(0)), WindowId(row.text(1))); },
      to_wire(day));
}

}  // namespace matanai::floor::store
