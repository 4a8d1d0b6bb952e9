// What may be done with holds and reservations, each as one step inside the caller's transaction:
// rules are asked, rows are written, `on_change` is told. Randomness and time come in. A refusal
// means: roll everything back (Database::write does). Not for HTTP (api.hpp) or for proving who
// asks (proof.hpp). Database threads only.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "server/booking/contact.hpp"
#include "server/booking/outgoing.hpp"
#include "server/booking/secrets.hpp"
#include "server/booking/types.hpp"
#include "server/directory/directory.hpp"

namespace matanai::booking {

struct Rooms {  // what the commands need of the house; outlives them
  const directory::Directory& directory;
  const Secrets& secrets;
  const OnChange& on_change;
};

struct HoldOrder {
  ReservationId id;  // new
  OfficeId office;
  ServiceId service;
  LocalDay day{};
  TimeOfDay time{0};
  int party = 1;
  Channel channel = Channel::web;
  std::optional<ReservationId>
      replaces;  // an earlier hold, given back in the same step; one that is over is no matter
  std::string held_from{};  // keyed hash of the network that asks, for Channel::web; empty: it may
                            // hold any number
  int share = 25;           // see may_hold_more()
};
// Refusals: unknown_office, unknown_service, service_not_reservable, beyond_horizon,
// too_late_to_book, office_closed, no_such_slot, invalid_fields (/party), too_many_requests (the
// network's share of the day; values: retry_after_s), slot_full (without values: the caller looks
// for near times).
Result<Reservation> hold(db::Transaction& tx, const directory::Directory& directory,
                         const HoldOrder& order, Instant now);

// The hold's length from now, at most 60 min from the first. Refusals: hold_not_found,
// hold_expired.
Result<Reservation> extend(db::Transaction& tx, const directory::Directory& directory,
                           const ReservationId& id, Instant now);

// Gives the place back at once. A hold that is over, or was booked meanwhile, is left as it is.
void release(db::Transaction& tx, const ReservationId& id, Instant now);

struct BookOrder {
  ReservationId hold;
  std::vector<NormalContact> contacts;  // at most one of each kind
  std::vector<Help> help;
  Locale locale = Locale::ja;
  std::vector<std::uint32_t>
      code_draws;  // random numbers, the first that gives a free code is used
};
inline constexpr std::size_t kCodeDraws = 8;
// Held → booked. A hold that was booked already comes back as the reservation it became.
// Refusals: hold_not_found, hold_expired, too_late_to_book (the slot has begun), already_booked.
Result<Reservation> book(db::Transaction& tx, const Rooms& rooms, const BookOrder& order,
                         Instant now);

// Booked → cancelled until the slot starts; a cancelled one comes back unchanged. Its place is
// offered again after the delay of the office's settings. Refusals: reservation_not_found,
// not_cancellable.
Result<Reservation> cancel(db::Transaction& tx, const Rooms& rooms, const ReservationId& id,
                           Instant now);

bool is_cancellable(const Reservation& reservation, Instant now);

// Booked → cancelled because the person waits with a walk-in ticket instead: as cancel(), and also
// when the slot has begun. Refusals: reservation_not_found, not_cancellable (not booked).
Result<Reservation> give_up(db::Transaction& tx, const Rooms& rooms, const ReservationId& id,
                            Instant now);

// Where move_earlier() could go now: the soonest free times of the reservation's day before its
// own, at most three. None when it is not booked or not for today.
std::vector<TimeOfDay> earlier_times(db::Transaction& tx, const directory::Directory& directory,
                                     const ReservationId& id, Instant now);

// A booked reservation to an earlier time of today, under the limits of the kiosk's channel: its
// old place is given back only if it gets the new one. Id, code, secret, QR code and contacts stay.
// Being there already is fine. Refusals: reservation_not_found, illegal_move (values from,
// command), too_late_to_book, beyond_horizon, office_closed, no_such_slot (also: not earlier),
// service_not_reservable, slot_full.
Result<Reservation> move_earlier(db::Transaction& tx, const Rooms& rooms, const ReservationId& id,
                                 TimeOfDay time, Instant now);

struct Swept {
  int released = 0;
  int contacts_erased = 0;
  int help_erased = 0;
  int forgotten = 0;
};
// To be called every few seconds; each part does at most `limit` rows. Gives back what is due,
// erases contacts and help wanted whose time is up, forgets expired holds after 48 h, failed proofs
// and the network of a booking without contact after a day.
Swept sweep(db::Transaction& tx, Instant now, int limit);

}  // namespace matanai::booking
