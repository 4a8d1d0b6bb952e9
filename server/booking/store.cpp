#include "server/booking/store.hpp"

#include <stdexcept>

#include "server/directory/directory.hpp"

namespace matanai::booking::store {
namespace {

// The one conditional write that sells a place: its row count decides.
constexpr std::string_view kTake = R"(
INSERT INTO slot_usage (office, grp, start_ms, taken)
SELECT ?1, ?2, ?3, 1
WHERE ?4 > 0
ON CONFLICT (office, grp, start_ms) DO UPDATE
SET taken = slot_usage.taken + 1
WHERE slot_usage.taken < ?4)";

constexpr std::string_view kGiveBack = R"(
UPDATE slot_usage
SET taken = taken - 1
WHERE office = ?1 AND grp = ?2 AND start_ms >= ?3 AND start_ms < ?4 AND taken > 0)";

constexpr std::string_view kLosePlace = R"(
UPDATE reservation
SET has_place = 0, release_at = NULL
WHERE id = ?1 AND has_place = 1)";

constexpr std::string_view kDue = R"(
SELECT id, state
FROM reservation
WHERE release_at <= ?1
ORDER BY release_at
LIMIT ?2)";

constexpr std::string_view kDueIn = R"(
SELECT id, state
FROM reservation
WHERE release_at <= ?1 AND office = ?2 AND grp = ?3 AND start_ms < ?5 AND end_ms > ?4)";

constexpr std::string_view kUsage = R"(
SELECT start_ms, taken
FROM slot_usage
WHERE office = ?1 AND grp = ?2 AND start_ms >= ?3 AND start_ms < ?4 AND taken > 0)";

constexpr std::string_view kDueTimes = R"(
SELECT start_ms, end_ms
FROM reservation
WHERE release_at <= ?1 AND office = ?2 AND grp = ?3 AND has_place = 1)";

constexpr std::string_view kInsertHold = R"(
INSERT INTO reservation (id, state, office, service, grp, day, start_ms, end_ms, channel, party, held_at, has_place, release_at, changed_at)
VALUES (?1, 'held', ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, 1, ?11, ?10))";

#define MATANAI_RESERVATION                                                                  \
  "SELECT id, state, office, service, grp, day, start_ms, end_ms, channel, party, held_at, " \
  "has_place, release_at, "                                                                  \
  "code, help, locale, has_contact, changed_at, revision FROM reservation "

constexpr std::string_view kFind = MATANAI_RESERVATION "WHERE id = ?1";
constexpr std::string_view kFindBySecret = MATANAI_RESERVATION "WHERE secret_hash = ?1";
constexpr std::string_view kFindByCode =
    MATANAI_RESERVATION "WHERE code = ?1 ORDER BY start_ms DESC, booked_at DESC LIMIT 1";
constexpr std::string_view kOfDay =
    MATANAI_RESERVATION "WHERE office = ?1 AND day = ?2 AND code IS NOT NULL ORDER BY start_ms, id";
#undef MATANAI_RESERVATION

constexpr std::string_view kCodeInUse = R"(
SELECT 1
FROM reservation
WHERE code = ?1 AND end_ms > ?2
LIMIT 1)";

constexpr std::string_view kMove = R"(
UPDATE reservation
SET state = ?3, changed_at = ?4, revision = revision + 1,
  held_from = CASE WHEN ?3 IN ('booked', 'cancelled') THEN held_from END
WHERE id = ?1 AND state = ?2)";

constexpr std::string_view kSetHoldEnd = R"(
UPDATE reservation
SET release_at = ?2, changed_at = ?3
WHERE id = ?1 AND state = 'held')";

constexpr std::string_view kSetBooking = R"(
UPDATE reservation
SET code = ?2, secret_hash = ?3, help = ?4, locale = ?5, has_contact = ?6, booked_at = ?7, release_at = NULL, revision = 0,
  held_from = CASE WHEN ?6 = 0 THEN held_from END
WHERE id = ?1 AND state = 'booked')";

constexpr std::string_view kSetSlot = R"(
UPDATE reservation
SET day = ?2, start_ms = ?3, end_ms = ?4, has_place = 1, changed_at = ?5, revision = revision + 1
WHERE id = ?1 AND state = 'booked' AND has_place = 0)";

constexpr std::string_view kSetRelease = R"(
UPDATE reservation
SET release_at = ?2
WHERE id = ?1 AND has_place = 1)";

constexpr std::string_view kInsertContact = R"(
INSERT INTO reservation_contact (reservation, kind, sealed, lookup, erase_at)
VALUES (?1, ?2, ?3, ?4, ?5))";

constexpr std::string_view kContacts = R"(
SELECT kind, sealed, lookup
FROM reservation_contact
WHERE reservation = ?1
ORDER BY kind DESC)";

constexpr std::string_view kSetErasure = R"(
UPDATE reservation_contact
SET erase_at = ?2
WHERE reservation = ?1)";

constexpr std::string_view kHasActive = R"(
SELECT 1
FROM reservation_contact
JOIN reservation ON reservation.id = reservation_contact.reservation
WHERE reservation_contact.lookup = ?1 AND reservation.grp = ?2 AND reservation.day = ?3
  AND reservation.state IN ('booked', 'checked_in')
LIMIT 1)";

constexpr std::string_view kEraseContacts = R"(
DELETE FROM reservation_contact
WHERE (reservation, kind) IN (
  SELECT reservation, kind
  FROM reservation_contact
  WHERE erase_at <= ?1
  LIMIT ?2))";

constexpr std::string_view kSetHelpErasure = R"(
UPDATE reservation
SET help_erase_at = ?2
WHERE id = ?1 AND help <> '')";

constexpr std::string_view kEraseHelp = R"(
UPDATE reservation
SET help = '', help_erase_at = NULL
WHERE id IN (
  SELECT id
  FROM reservation
  WHERE help_erase_at <= ?1
  LIMIT ?2))";

constexpr std::string_view kForgetExpired = R"(
DELETE FROM reservation
WHERE id IN (
  SELECT id
  FROM reservation
  WHERE state = 'expired' AND changed_at < ?1
  LIMIT ?2))";

constexpr std::string_view kMiscounted = R"(
SELECT count(*)
FROM (
  SELECT 1
  FROM slot_usage
  LEFT JOIN reservation ON reservation.has_place = 1 AND reservation.office = slot_usage.office AND reservation.grp = slot_usage.grp
    AND reservation.start_ms <= slot_usage.start_ms AND reservation.end_ms > slot_usage.start_ms
  GROUP BY slot_usage.office, slot_usage.grp, slot_usage.start_ms, slot_usage.taken
  HAVING count(reservation.id) <> slot_usage.taken))";

// Units with a place by the rows less those by the counts: not 0 when a unit has rows and no count
// at all.
constexpr std::string_view kTotalDifference = R"(
SELECT (SELECT COALESCE(SUM((end_ms - start_ms) / ?1), 0) FROM reservation WHERE has_place = 1)
     - (SELECT COALESCE(SUM(taken), 0) FROM slot_usage))";

Reservation read(const db::Row& row) {
  Reservation out;
  out.id = ReservationId(row.text(0));
  out.state = state_from(row.text(1));
  out.office = OfficeId(row.text(2));
  out.service = ServiceId(row.text(3));
  out.group = GroupId(row.text(4));
  const auto day = parse_day(row.text(5));
  if (!day) throw std::logic_error("a reservation without a day");
  out.day = *day;
  out.start = row.instant(6);
  out.end = row.instant(7);
  out.channel = channel_from(row.text(8));
  out.party = static_cast<int>(row.integer(9));
  out.held_at = row.instant(10);
  out.has_place = row.boolean(11);
  out.release_at = row.optional_instant(12);
  if (auto code = row.optional_text(13)) out.code = ReservationCode(std::move(*code));
  out.help = help_from(row.text(14));
  out.locale = locale_from_tag(row.text(15));
  out.has_contact = row.boolean(16);
  out.changed_at = row.instant(17);
  out.revision = static_cast<int>(row.integer(18));
  return out;
}

struct Due {
  ReservationId id;
  State state;
};

Due read_due(const db::Row& row) { return {ReservationId(row.text(0)), state_from(row.text(1))}; }

void release_one(db::Transaction& tx, const Due& due, Instant now) {
  if (due.state == State::held) move(tx, due.id, State::held, State::expired, now);
  release_places(tx, due.id);
}

void release_due_in(db::Transaction& tx, const Slot& slot, Instant now) {
  std::vector<Due> due;
  tx.each(
      kDueIn, [&](const db::Row& row) { due.push_back(read_due(row)); }, now, slot.office,
      slot.group, slot.start, slot.end);
  for (const auto& one : due) release_one(tx, one, now);
}

bool take_unit(db::Transaction& tx, const Slot& slot, const Unit& unit) {
  return tx.run(kTake, slot.office, slot.group, unit.start, unit.limit) == 1;
}

}  // namespace

bool take_places(db::Transaction& tx, const Slot& slot, Instant now) {
  bool is_tidied = false;
  for (const auto& unit : slot.units) {
    if (take_unit(tx, slot, unit)) continue;
    if (is_tidied) return false;
    release_due_in(tx, slot, now);
    is_tidied = true;
    if (!take_unit(tx, slot, unit)) return false;
  }
  return true;
}

bool release_places(db::Transaction& tx, const ReservationId& id) {
  const auto row = find(tx, id);
  if (!row || tx.run(kLosePlace, id) == 0) return false;
  tx.run(kGiveBack, row->office, row->group, row->start, row->end);
  return true;
}

int release_due(db::Transaction& tx, Instant now, int limit) {
  std::vector<Due> due;
  tx.each(kDue, [&](const db::Row& row) { due.push_back(read_due(row)); }, now, limit);
  for (const auto& one : due) release_one(tx, one, now);
  return static_cast<int>(due.size());
}

Usage usage(db::Transaction& tx, const OfficeId& office, const GroupId& group, Instant from,
            Instant until, Instant now) {
  Usage out;
  tx.each(
      kUsage,
      [&](const db::Row& row) { out.add(row.instant(0), static_cast<int>(row.integer(1))); },
      office, group, from, until);
  tx.each(
      kDueTimes, [&](const db::Row& row) { out.subtract(row.instant(0), row.instant(1)); }, now,
      office, group);
  return out;
}

void insert_hold(db::Transaction& tx, const Reservation& hold) {
  tx.run(kInsertHold, hold.id, hold.office, hold.service, hold.group, to_wire(hold.day), hold.start,
         hold.end, name_of(hold.channel), hold.party, hold.held_at, hold.release_at);
}

std::optional<Reservation> find(db::Transaction& tx, const ReservationId& id) {
  return tx.first(kFind, read, id);
}

std::optional<Reservation> find_by_secret_hash(db::Transaction& tx, std::string_view secret_hash) {
  return tx.first(kFindBySecret, read, secret_hash);
}

std::optional<Reservation> find_by_code(db::Transaction& tx, const ReservationCode& code) {
  return tx.first(kFindByCode, read, code);
}

std::vector<Reservation> of_day(db::Transaction& tx, const OfficeId& office, LocalDay day) {
  std::vector<Reservation> out;
  tx.each(kOfDay, [&](const db::Row& row) { out.push_back(read(row)); }, office, to_wire(day));
  return out;
}

bool is_code_free(db::Transaction& tx, const ReservationCode& code, Instant since) {
  return !tx.first(kCodeInUse, [](const db::Row&) { return true; }, code, since);
}

bool move(db::Transaction& tx, const ReservationId& id, State from, State to, Instant at) {
  if (!may_move(from, to)) {
    throw std::logic_error("reservation: no move from " + std::string(name_of(from)) + " to " +
                           std::string(name_of(to)));
  }
  return tx.run(kMove, id, name_of(from), name_of(to), at) == 1;
}

void set_hold_end(db::Transaction& tx, const ReservationId& id, Instant release_at, Instant at) {
  tx.run(kSetHoldEnd, id, release_at, at);
}

void set_booking(db::Transaction& tx, const Reservation& reservation,
                 std::string_view secret_hash) {
  tx.run(kSetBooking, reservation.id, reservation.code.value().value, secret_hash,
         to_text(reservation.help), tag_of(reservation.locale), reservation.has_contact,
         reservation.changed_at);
}

void set_slot(db::Transaction& tx, const ReservationId& id, const Slot& slot, Instant at) {
  tx.run(kSetSlot, id, to_wire(slot.day), slot.start, slot.end, at);
}

void set_release(db::Transaction& tx, const ReservationId& id, Instant release_at) {
  tx.run(kSetRelease, id, release_at);
}

void insert_contact(db::Transaction& tx, const ReservationId& id, const StoredContact& contact,
                    Instant erase_at) {
  tx.run(kInsertContact, id, name_of(contact.kind), contact.sealed, contact.lookup, erase_at);
}

std::vector<StoredContact> contacts(db::Transaction& tx, const ReservationId& id) {
  std::vector<StoredContact> out;
  const auto add = [&](const db::Row& row) {
    out.push_back(
        {row.text(0) == "mail" ? ContactKind::mail : ContactKind::phone, row.text(1), row.text(2)});
  };
  tx.each(kContacts, add, id);
  return out;
}

void set_help_erasure(db::Transaction& tx, const ReservationId& id, Instant erase_at) {
  tx.run(kSetHelpErasure, id, erase_at);
}

void set_erasure(db::Transaction& tx, const ReservationId& id, Instant erase_at) {
  tx.run(kSetErasure, id, erase_at);
  set_help_erasure(tx, id, erase_at);
}

bool has_active(db::Transaction& tx, std::string_view contact_lookup, const GroupId& group,
                LocalDay day) {
  return tx
      .first(
          kHasActive, [](const db::Row&) { return true; }, contact_lookup, group, to_wire(day))
      .has_value();
}

int erase_contacts(db::Transaction& tx, Instant now, int limit) {
  return static_cast<int>(tx.run(kEraseContacts, now, limit));
}

int erase_help(db::Transaction& tx, Instant now, int limit) {
  return static_cast<int>(tx.run(kEraseHelp, now, limit));
}

int forget_expired_holds(db::Transaction& tx, Instant before, int limit) {
  return static_cast<int>(tx.run(kForgetExpired, before, limit));
}

std::int64_t miscounted_units(db::Transaction& tx) {
  const auto first_column = [](const db::Row& row) { return row.integer(0); };
  const std::int64_t unit_ms = Millis(directory::kSlotUnit).count();
  const auto wrong = tx.first(kMiscounted, first_column).value_or(0);
  const auto difference = tx.first(kTotalDifference, first_column, unit_ms).value_or(0);
  return wrong + (difference == 0 ? 0 : 1);
}

}  // namespace matanai::booking::store
