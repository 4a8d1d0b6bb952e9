#include "server/booking/commands.hpp"

#include <algorithm>
#include <stdexcept>

#include "schema/types/codes.hpp"
#include "server/booking/rules.hpp"
#include "server/booking/store.hpp"

namespace matanai::booking {
namespace {

namespace settings = directory::settings;
using std::chrono::days;
using std::chrono::hours;

// A code is not given again while people may still ask about its last reservation.
constexpr days kCodeRest{30};
constexpr hours kExpiredKept{48};
constexpr hours kTriesKept{24};
constexpr hours kNetworkKept{24};  // of a booking without contact

ReservationChange change_of(const Secrets& secrets, const Reservation& row) {
  return {row.id,
          row.code.value(),
          row.office,
          row.service,
          row.group,
          row.day,
          row.start,
          row.end,
          row.state,
          row.locale,
          row.help,
          row.party,
          db::hash_secret(secrets.check_in_token(row.id))};
}

void tell(db::Transaction& tx, const Rooms& rooms, const Reservation& row) {
  if (rooms.on_change) rooms.on_change(tx, change_of(rooms.secrets, row));
}

ReservationCode draw_code(db::Transaction& tx, const std::vector<std::uint32_t>& draws,
                          Instant now) {
  for (const auto draw : draws) {
    auto code = make_reservation_code(draw % 10'000'000);
    if (store::is_code_free(tx, code, now - kCodeRest)) return code;
  }
  throw std::runtime_error("no free reservation code in " + std::to_string(draws.size()) +
                           " draws");
}

std::optional<Refusal> already_booked(db::Transaction& tx, const Secrets& secrets,
                                      const BookOrder& order, const Reservation& row) {
  for (const auto& contact : order.contacts) {
    const auto lookup = secrets.lookup(name_of(contact.kind), identity_of(contact));
    if (store::has_active(tx, lookup, row.group, row.day))
      return Refusal(RefusalCode::already_booked).with("date", to_wire(row.day));
  }
  return std::nullopt;
}

Instant erasure_of(const Rooms& rooms, const Reservation& row) {
  return row.end + days(rooms.directory.setting(settings::kContactErasedDays, row.office, row.group,
                                                row.day));
}

// With the time at which they, and the help wanted, are erased.
void store_personal(db::Transaction& tx, const Rooms& rooms, const BookOrder& order,
                    const Reservation& row) {
  const auto erase_at = erasure_of(rooms, row);
  store::set_help_erasure(tx, row.id, erase_at);
  for (const auto& contact : order.contacts) {
    const auto kind = name_of(contact.kind);
    store::insert_contact(tx, row.id,
                          {contact.kind, rooms.secrets.seal(row.id, kind, contact.text),
                           rooms.secrets.lookup(kind, identity_of(contact))},
                          erase_at);
  }
}

Refusal illegal_move(const Reservation& row, std::string_view command) {
  return Refusal(RefusalCode::illegal_move)
      .with("from", std::string(name_of(row.state)))
      .with("command", std::string(command));
}

Reservation cancel_booked(db::Transaction& tx, const Rooms& rooms, const Reservation& row,
                          Instant now) {
  const auto value = [&](std::string_view name) {
    return rooms.directory.setting(name, row.office, row.group, local_day(now));
  };
  store::move(tx, row.id, State::booked, State::cancelled, now);
  store::set_release(tx, row.id, now + Minutes(value(settings::kCancelledSlotDelayMinutes)));
  store::set_erasure(tx, row.id, now + hours(value(settings::kContactErasedAfterCancelHours)));
  const auto cancelled = store::find(tx, row.id).value();
  tell(tx, rooms, cancelled);
  return cancelled;
}

// Moves forward to `to` from any of its predecessors; being there already is fine.
Result<void> attend(db::Transaction& tx, const ReservationId& id, State to,
                    std::string_view command, Instant at) {
  const auto row = store::find(tx, id);
  if (!row || !row->code) return Refusal(RefusalCode::reservation_not_found);
  if (row->state == to) return {};
  if (row->state == State::cancelled) return Refusal(RefusalCode::reservation_cancelled);
  if (row->state == State::served || !may_move(row->state, to)) return illegal_move(*row, command);
  store::move(tx, id, row->state, to, at);
  return {};
}

}  // namespace

Result<Reservation> hold(db::Transaction& tx, const directory::Directory& directory,
                         const HoldOrder& order, Instant now) {
  auto offer = find_offer(directory, order.office, order.service);
  if (offer.has_error()) return offer.error();
  auto slot = find_slot(directory, *offer, order.day, order.time, order.channel, now);
  if (slot.has_error()) return slot.error();
  if (order.party < 1 ||
      order.party > directory.setting(settings::kMaxParty, order.office, slot->group, order.day)) {
    return Refusal(RefusalCode::invalid_fields, {{"/party", "out_of_range"}});
  }
  // The old place first: a change within one full slot must succeed. If the new one is not got, the
  // refusal undoes it.
  if (order.replaces) release(tx, *order.replaces, now);
  const bool is_counted = order.channel == Channel::web && !order.held_from.empty();
  if (is_counted) {
    const auto held = store::held_from(tx, order.held_from, *slot, now, now - kNetworkKept);
    if (!may_hold_more(directory, *offer, *slot, order.channel, held, order.share))
      return Refusal(RefusalCode::too_many_requests).with("retry_after_s", "60");
  }
  if (!store::take_places(tx, *slot, now)) return Refusal(RefusalCode::slot_full);

  Reservation row;
  row.id = order.id;
  row.office = slot->office;
  row.service = slot->service;
  row.group = slot->group;
  row.day = slot->day;
  row.start = slot->start;
  row.end = slot->end;
  row.channel = order.channel;
  row.party = order.party;
  row.held_at = now;
  row.changed_at = now;
  row.release_at = hold_end(directory, row.office, row.group, now, now, row.start);
  store::insert_hold(tx, row);
  if (is_counted) store::set_held_from(tx, row.id, order.held_from);
  return row;
}

Result<Reservation> extend(db::Transaction& tx, const directory::Directory& directory,
                           const ReservationId& id, Instant now) {
  auto row = store::find(tx, id);
  if (!row) return Refusal(RefusalCode::hold_not_found);
  if (row->state != State::held || is_over(row->release_at.value(), now))
    return Refusal(RefusalCode::hold_expired);
  const auto end = hold_end(directory, row->office, row->group, row->held_at, now, row->start);
  row->release_at = std::max(end, *row->release_at);
  row->changed_at = now;
  store::set_hold_end(tx, id, *row->release_at, now);
  return *std::move(row);
}

void release(db::Transaction& tx, const ReservationId& id, Instant now) {
  const auto row = store::find(tx, id);
  if (!row || row->state != State::held) return;
  store::move(tx, id, State::held, State::expired, now);
  store::release_places(tx, id);
}

Result<Reservation> book(db::Transaction& tx, const Rooms& rooms, const BookOrder& order,
                         Instant now) {
  auto row = store::find(tx, order.hold);
  if (!row) return Refusal(RefusalCode::hold_not_found);
  if (row->state == State::booked || row->state == State::checked_in) return *std::move(row);
  if (row->state != State::held || is_over(row->release_at.value(), now))
    return Refusal(RefusalCode::hold_expired);
  if (row->start <= now) return Refusal(RefusalCode::too_late_to_book);
  if (auto refusal = already_booked(tx, rooms.secrets, order, *row)) return *std::move(refusal);

  row->code = draw_code(tx, order.code_draws, now);
  row->help = order.help;
  row->locale = order.locale;
  row->has_contact = !order.contacts.empty();
  row->release_at.reset();
  row->changed_at = now;
  store::move(tx, row->id, State::held, State::booked, now);
  row->state = State::booked;
  store::set_booking(tx, *row, db::hash_secret(rooms.secrets.reservation_secret(row->id)));
  store_personal(tx, rooms, order, *row);
  tell(tx, rooms, *row);
  return *std::move(row);
}

bool is_cancellable(const Reservation& reservation, Instant now) {
  return reservation.state == State::booked && now < reservation.start;
}

Result<Reservation> cancel(db::Transaction& tx, const Rooms& rooms, const ReservationId& id,
                           Instant now) {
  const auto row = store::find(tx, id);
  if (!row || !row->code) return Refusal(RefusalCode::reservation_not_found);
  if (row->state == State::cancelled) return *row;
  if (!is_cancellable(*row, now)) return Refusal(RefusalCode::not_cancellable);
  return cancel_booked(tx, rooms, *row, now);
}

Result<Reservation> give_up(db::Transaction& tx, const Rooms& rooms, const ReservationId& id,
                            Instant now) {
  const auto row = store::find(tx, id);
  if (!row || !row->code) return Refusal(RefusalCode::reservation_not_found);
  if (row->state == State::cancelled) return *row;
  if (row->state != State::booked) return Refusal(RefusalCode::not_cancellable);
  return cancel_booked(tx, rooms, *row, now);
}

std::vector<TimeOfDay> earlier_times(db::Transaction& tx, const directory::Directory& directory,
                                     const ReservationId& id, Instant now) {
  const auto row = store::find(tx, id);
  if (!row || row->state != State::booked) return {};
  const auto offer = find_offer(directory, row->office, row->service);
  if (offer.has_error()) return {};
  auto usage =
      store::usage(tx, row->office, row->group, instant_at(row->day, TimeOfDay(0)), row->end, now);
  usage.subtract(row->start, row->end);  // its own place, which it may overlap
  std::vector<TimeOfDay> times;
  for (const auto& free : earlier(directory, *offer, row->start, Channel::kiosk, now, usage))
    times.push_back(free.slot.time);
  return times;
}

Result<Reservation> move_earlier(db::Transaction& tx, const Rooms& rooms, const ReservationId& id,
                                 TimeOfDay time, Instant now) {
  const auto row = store::find(tx, id);
  if (!row || !row->code) return Refusal(RefusalCode::reservation_not_found);
  if (row->state != State::booked) return illegal_move(*row, "move");
  const auto wanted = instant_at(row->day, time);
  if (wanted == row->start) return *row;
  if (wanted > row->start) return Refusal(RefusalCode::no_such_slot);
  const auto offer = find_offer(rooms.directory, row->office, row->service);
  if (offer.has_error()) return offer.error();
  const auto slot = find_slot(rooms.directory, *offer, row->day, time, Channel::kiosk, now);
  if (slot.has_error()) return slot.error();
  // The old place first: the new one may overlap it. If that is not got, the refusal undoes it.
  store::release_places(tx, id);
  if (!store::take_places(tx, *slot, now)) return Refusal(RefusalCode::slot_full);
  store::set_slot(tx, id, *slot, now);
  const auto moved = store::find(tx, id).value();
  store::set_erasure(tx, id, erasure_of(rooms, moved));
  tell(tx, rooms, moved);
  return moved;
}

Swept sweep(db::Transaction& tx, Instant now, int limit) {
  Swept swept;
  swept.released = store::release_due(tx, now, limit);
  swept.contacts_erased = store::erase_contacts(tx, now, limit);
  swept.help_erased = store::erase_help(tx, now, limit);
  swept.forgotten = store::forget_expired_holds(tx, now - kExpiredKept, limit) +
                    store::forget_networks(tx, now - kNetworkKept, limit) +
                    store::forget_tries(tx, now - kTriesKept, limit);
  return swept;
}

void each_reservation_of(db::Transaction& tx, const Secrets& secrets, const OfficeId& office,
                         LocalDay day, const std::function<void(const ReservationChange&)>& use) {
  for (const auto& row : store::of_day(tx, office, day)) use(change_of(secrets, row));
}

Result<void> mark_checked_in(db::Transaction& tx, const ReservationId& id, Instant at) {
  return attend(tx, id, State::checked_in, "check_in", at);
}
Result<void> mark_served(db::Transaction& tx, const ReservationId& id, Instant at) {
  return attend(tx, id, State::served, "finish", at);
}
Result<void> take_back_served(db::Transaction& tx, const ReservationId& id, Instant at) {
  const auto row = store::find(tx, id);
  if (!row || !row->code) return Refusal(RefusalCode::reservation_not_found);
  if (row->state == State::checked_in) return {};
  if (row->state != State::served) return illegal_move(*row, "undo");
  store::move(tx, id, State::served, State::checked_in, at);
  return {};
}
Result<void> mark_no_show(db::Transaction& tx, const ReservationId& id, Instant at) {
  return attend(tx, id, State::no_show, "no_show", at);
}

}  // namespace matanai::booking
