#include "server/floor/store.hpp"

#include "server/floor/enum_names.hpp"
#include "server/floor/text_lists.hpp"

namespace matanai::floor::store {
namespace {

using db::Row;
using db::Transaction;

TicketRow read_ticket(const Row& row) {
  TicketRow ticket;
  ticket.id = TicketId(row.text(0));
  ticket.office = OfficeId(row.text(1));
  ticket.day = parse_day(row.text(2)).value_or(LocalDay{});
  ticket.number = row.text(3);
  ticket.token_hash = row.text(4);
  ticket.issuer = row.text(5);
  ticket.message_id = row.text(6);
  ticket.locale = row.text(7);
  ticket.priority = row.boolean(8);
  ticket.help = split_words(row.text(9));
  ticket.reservation = row.optional_text(10);
  ticket.reserved_for = row.optional_instant(11);
  ticket.is_late = row.boolean(12);
  ticket.people_ahead = static_cast<int>(row.integer(13));
  ticket.issued_at = row.instant(14);
  return ticket;
}

LegRow read_leg(const Row& row) {
  LegRow leg;
  leg.id = row.integer(0);
  leg.ticket = row.text(1);
  leg.number = row.text(2);
  leg.grp = row.text(3);
  leg.service = row.text(4);
  leg.state = enum_from<LegState>(row.text(5));
  leg.state_since = row.instant(6);
  leg.ready_at = row.instant(7);
  leg.order_reason = enum_from<OrderReason>(row.text(8));
  leg.passed = static_cast<int>(row.integer(9));
  leg.window = row.optional_text(10);
  leg.times_called = static_cast<int>(row.integer(11));
  if (!row.is_null(12)) leg.call_seq = row.integer(12);
  leg.first_called_at = row.optional_instant(13);
  leg.called_at = row.optional_instant(14);
  leg.started_at = row.optional_instant(15);
  leg.finished_at = row.optional_instant(16);
  leg.issued_at = row.instant(17);
  leg.slot_at = row.optional_instant(18);
  leg.told_latest = row.optional_instant(19);
  leg.broke_promise = row.boolean(20);
  return leg;
}

#define TICKET_COLUMNS                                                                      \
  "ticket.id, ticket.office, ticket.day, ticket.number, ticket.token_hash, ticket.issuer, " \
  "ticket.message_id, "                                                                     \
  "ticket.locale, ticket.priority, ticket.help, ticket.reservation, ticket.reserved_for, "  \
  "ticket.is_late, "                                                                        \
  "ticket.people_ahead, ticket.issued_at "
#define LEG_COLUMNS                                                                                \
  "id, ticket, number, grp, service, state, state_since, ready_at, order_reason, passed, window, " \
  "times_called, "                                                                                 \
  "call_seq, first_called_at, called_at, started_at, finished_at, issued_at, "                     \
  "slot_at, told_latest, broke_promise "

constexpr std::string_view kLastNumber =
    "SELECT last FROM series WHERE office = ?1 AND day = ?2 AND series = ?3";
constexpr std::string_view kSetLastNumber =
    "INSERT INTO series (office, day, series, last) VALUES (?1, ?2, ?3, ?4) "
    "ON CONFLICT (office, day, series) DO UPDATE SET last = excluded.last";
constexpr std::string_view kInsertTicket =
    "INSERT INTO ticket (id, office, day, number, token_hash, issuer, message_id, locale, "
    "priority, help, "
    "reservation, reserved_for, is_late, people_ahead, issued_at) "
    "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15)";
constexpr std::string_view kTicketById = "SELECT " TICKET_COLUMNS "FROM ticket WHERE id = ?1";
constexpr std::string_view kTicketByMessage =
    "SELECT " TICKET_COLUMNS "FROM ticket WHERE issuer = ?1 AND message_id = ?2";
constexpr std::string_view kTicketByTokenHash =
    "SELECT " TICKET_COLUMNS "FROM ticket WHERE token_hash = ?1";
constexpr std::string_view kTicketByReservation =
    "SELECT " TICKET_COLUMNS "FROM ticket WHERE reservation = ?1";
constexpr std::string_view kTicketsOfOpenLegs =
    "SELECT " TICKET_COLUMNS
    "FROM leg JOIN ticket ON ticket.id = leg.ticket "
    "WHERE leg.office = ?1 AND leg.state IN ('waiting', 'called', 'serving', 'absent', 'on_hold')";
constexpr std::string_view kInsertLeg =
    "INSERT INTO leg (ticket, office, day, number, grp, service, state, state_since, ready_at, "
    "order_reason, issued_at, slot_at, told_low, told_high, told_latest, told_q10_ms, told_q50_ms, "
    "told_q90_ms, told_age_ms, told_model, told_soon, told_windows, physics_q10_ms, "
    "physics_q50_ms, "
    "physics_q90_ms, physics_soon) "
    "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?8, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, "
    "?19, ?20, ?21, ?22, ?23, ?24, ?25)";
constexpr std::string_view kUpdateLeg =
    "UPDATE leg SET state = ?2, state_since = ?3, ready_at = ?4, order_reason = ?5, passed = ?6, "
    "window = ?7, "
    "times_called = ?8, call_seq = ?9, first_called_at = ?10, called_at = ?11, started_at = ?12, "
    "finished_at = ?13, broke_promise = ?14 "
    "WHERE id = ?1";
constexpr std::string_view kLegById = "SELECT " LEG_COLUMNS "FROM leg WHERE id = ?1";
constexpr std::string_view kLatestLeg =
    "SELECT " LEG_COLUMNS "FROM leg WHERE ticket = ?1 ORDER BY id DESC LIMIT 1";
constexpr std::string_view kLegAtWindow =
    "SELECT " LEG_COLUMNS
    "FROM leg WHERE office = ?1 AND window = ?2 AND state IN ('called', 'serving')";
constexpr std::string_view kOpenLegs =
    "SELECT " LEG_COLUMNS
    "FROM leg WHERE office = ?1 AND state IN ('waiting', 'called', 'serving', 'absent', 'on_hold')";
constexpr std::string_view kHasPeople =
    "SELECT EXISTS (SELECT 1 FROM leg INDEXED BY leg_open WHERE office = ?1 AND day = ?2 "
    "AND state IN ('waiting', 'called', 'serving') "
    "AND state IN ('waiting', 'called', 'serving', 'absent', 'on_hold'))";
constexpr std::string_view kLine =
    "SELECT id, grp, service, issued_at, ready_at, order_reason, passed, slot_at, told_latest "
    "FROM leg INDEXED BY leg_open WHERE office = ?1 AND state = 'waiting' "
    "AND state IN ('waiting', 'called', 'serving', 'absent', 'on_hold')";
constexpr std::string_view kRecentCalls =
    "SELECT " LEG_COLUMNS
    "FROM leg WHERE office = ?1 AND day = ?2 AND call_seq IS NOT NULL AND (called_at >= ?3 OR "
    "state = 'called') "
    "AND state IN ('called', 'serving', 'finished') "
    "ORDER BY call_seq DESC LIMIT ?4";
constexpr std::string_view kCountBefore =
    "SELECT COUNT(*) FROM leg WHERE office = ?1 AND state = 'waiting' AND grp = ?2 "
    "AND state IN ('waiting', 'called', 'serving', 'absent', 'on_hold') AND (ready_at, id) < (?3, "
    "?4)";
constexpr std::string_view kChangePassed =
    "UPDATE leg SET passed = MAX(0, passed + ?2) WHERE id = ?1";
constexpr std::string_view kLatestCalled =
    "SELECT grp, number, MAX(call_seq) FROM leg WHERE office = ?1 AND day = ?2 AND call_seq IS NOT "
    "NULL GROUP BY grp";

}  // namespace

int last_number(Transaction& tx, const OfficeId& office, LocalDay day, std::string_view series) {
  const auto last = tx.first(
      kLastNumber, [](const Row& row) { return row.integer(0); }, office, to_wire(day), series);
  return static_cast<int>(last.value_or(0));
}

void set_last_number(Transaction& tx, const OfficeId& office, LocalDay day, std::string_view series,
                     int number) {
  tx.run(kSetLastNumber, office, to_wire(day), series, number);
}

void insert_ticket(Transaction& tx, const TicketRow& ticket) {
  tx.run(kInsertTicket, ticket.id, ticket.office, to_wire(ticket.day), ticket.number,
         ticket.token_hash, ticket.issuer, ticket.message_id, ticket.locale, ticket.priority,
         join_words(ticket.help), ticket.reservation, ticket.reserved_for, ticket.is_late,
         ticket.people_ahead, ticket.issued_at);
}

std::optional<TicketRow> ticket_by_id(Transaction& tx, std::string_view id) {
  return tx.first(kTicketById, read_ticket, id);
}
std::optional<TicketRow> ticket_by_message(Transaction& tx, std::string_view issuer,
                                           std::string_view message_id) {
  return tx.first(kTicketByMessage, read_ticket, issuer, message_id);
}
std::optional<TicketRow> ticket_by_token_hash(Transaction& tx, std::string_view token_hash) {
  return tx.first(kTicketByTokenHash, read_ticket, token_hash);
}
std::optional<TicketRow> ticket_by_reservation(Transaction& tx, std::string_view reservation) {
  return tx.first(kTicketByReservation, read_ticket, reservation);
}

std::vector<TicketRow> tickets_of_open_legs(Transaction& tx, const OfficeId& office) {
  return tx.all(kTicketsOfOpenLegs, read_ticket, office);
}

std::int64_t insert_leg(Transaction& tx, const OfficeId& office, LocalDay day, const LegRow& leg,
                        const std::optional<Promise>& told) {
  const auto of = [&](auto part) {
    return told ? std::optional<std::int64_t>(part(*told)) : std::nullopt;
  };
  const auto millis = [&](WaitQuantiles Promise::* whose, Millis WaitQuantiles::* part) {
    return of([&](const Promise& promise) { return (promise.*whose.*part).count(); });
  };
  tx.run(kInsertLeg, leg.ticket, office, to_wire(day), leg.number, leg.grp, leg.service,
         name_of(leg.state), leg.state_since, leg.ready_at, name_of(leg.order_reason), leg.slot_at,
         of([](const Promise& promise) { return promise.range.low_minutes; }),
         of([](const Promise& promise) { return promise.range.high_minutes; }),
         of([](const Promise& promise) { return to_millis(promise.range.at_latest); }),
         millis(&Promise::told, &WaitQuantiles::q10), millis(&Promise::told, &WaitQuantiles::q50),
         millis(&Promise::told, &WaitQuantiles::q90),
         of([](const Promise& promise) { return promise.age.count(); }),
         told ? std::optional(told->model) : std::nullopt,
         of([](const Promise& promise) { return promise.range.is_soon ? 1 : 0; }),
         of([](const Promise& promise) { return promise.windows; }),
         millis(&Promise::physics, &WaitQuantiles::q10),
         millis(&Promise::physics, &WaitQuantiles::q50),
         millis(&Promise::physics, &WaitQuantiles::q90),
         of([](const Promise& promise) { return promise.is_soon_by_physics ? 1 : 0; }));
  return tx.last_insert_id();
}

void update_leg(Transaction& tx, const LegRow& leg) {
  tx.run(kUpdateLeg, leg.id, name_of(leg.state), leg.state_since, leg.ready_at,
         name_of(leg.order_reason), leg.passed, leg.window, leg.times_called, leg.call_seq,
         leg.first_called_at, leg.called_at, leg.started_at, leg.finished_at, leg.broke_promise);
}

std::optional<LegRow> leg_by_id(Transaction& tx, std::int64_t id) {
  return tx.first(kLegById, read_leg, id);
}
std::optional<LegRow> latest_leg_of(Transaction& tx, std::string_view ticket) {
  return tx.first(kLatestLeg, read_leg, ticket);
}
std::optional<LegRow> leg_at_window(Transaction& tx, const OfficeId& office,
                                    const WindowId& window_id) {
  return tx.first(kLegAtWindow, read_leg, office, window_id);
}
std::vector<LegRow> open_legs(Transaction& tx, const OfficeId& office) {
  return tx.all(kOpenLegs, read_leg, office);
}
bool has_people(Transaction& tx, const OfficeId& office, LocalDay day) {
  return tx.first(
               kHasPeople, [](const Row& row) { return row.boolean(0); }, office, to_wire(day))
      .value_or(false);
}
std::vector<WaitingRow> line(Transaction& tx, const OfficeId& office) {
  return tx.all(
      kLine,
      [](const Row& row) {
        return WaitingRow{row.integer(0),
                          GroupId(row.text(1)),
                          ServiceId(row.text(2)),
                          row.instant(3),
                          row.instant(4),
                          enum_from<OrderReason>(row.text(5)),
                          static_cast<int>(row.integer(6)),
                          row.optional_instant(7),
                          row.optional_instant(8)};
      },
      office);
}
std::vector<LegRow> recent_calls(Transaction& tx, const OfficeId& office, LocalDay day,
                                 Instant since, int limit) {
  return tx.all(kRecentCalls, read_leg, office, to_wire(day), since, limit);
}
int count_waiting_before(Transaction& tx, const OfficeId& office, std::string_view grp,
                         Instant ready_at, std::int64_t leg) {
  const auto count = tx.first(
      kCountBefore, [](const Row& row) { return row.integer(0); }, office, grp, ready_at, leg);
  return static_cast<int>(count.value_or(0));
}
void change_passed(Transaction& tx, std::int64_t leg, int by) { tx.run(kChangePassed, leg, by); }
std::vector<std::pair<std::string, std::string>> latest_called(Transaction& tx,
                                                               const OfficeId& office,
                                                               LocalDay day) {
  return tx.all(
      kLatestCalled, [](const Row& row) { return std::pair(row.text(0), row.text(1)); }, office,
      to_wire(day));
}

}  // namespace matanai::floor::store
