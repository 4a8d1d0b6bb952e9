// SQL of booking: places, reservations, contacts, failed proofs. Decides nothing but the one
// conditional write that takes a place. Database threads only; throws what Transaction throws.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "server/booking/contact.hpp"
#include "server/booking/rules.hpp"
#include "server/booking/types.hpp"
#include "server/db/transaction.hpp"

namespace matanai::booking::store {

// Takes one place in every unit of the slot. False when a unit is full: the caller must then
// refuse, so that the units already taken are rolled back with everything else. Places whose time
// is up by `now` are given back first when needed.
bool take_places(db::Transaction& tx, const Slot& slot, Instant now);
// Gives the places of the row back, once: false when it had none. Does not change its state.
bool release_places(db::Transaction& tx, const ReservationId& id);

// Gives back what is due by `now` (oldest first, at most `limit` rows): ended holds become expired,
// cancelled rows lose their place.
int release_due(db::Transaction& tx, Instant now, int limit);

// Places in use of the group's units in [from, until), without those whose time is up by `now`.
Usage usage(db::Transaction& tx, const OfficeId& office, const GroupId& group, Instant from,
            Instant until, Instant now);

void insert_hold(db::Transaction& tx, const Reservation& hold);
// Of a held row: a keyed hash of the network that holds it. Booked with a contact, expired or at
// the office, the row forgets it.
void set_held_from(db::Transaction& tx, const ReservationId& id, std::string_view network);
// What a network has now of the slot's office, group and day: holds, and places booked without
// contact after `booked_after`.
HeldPlaces held_from(db::Transaction& tx, std::string_view network, const Slot& slot, Instant now,
                     Instant booked_after);
std::optional<Reservation> find(db::Transaction& tx, const ReservationId& id);
std::optional<Reservation> find_by_secret_hash(db::Transaction& tx, std::string_view secret_hash);
// The latest slot that was ever booked with this code.
std::optional<Reservation> find_by_code(db::Transaction& tx, const ReservationCode& code);
// Booked ones in any later state, by start.
std::vector<Reservation> of_day(db::Transaction& tx, const OfficeId& office, LocalDay day);
// No row that ends after `since` has this code.
bool is_code_free(db::Transaction& tx, const ReservationCode& code, Instant since);

// The only way a state changes: false when the row is not in `from`. Throws std::logic_error for a
// move that the transition table does not have. Raises the revision.
bool move(db::Transaction& tx, const ReservationId& id, State from, State to, Instant at);
// Of a held row.
void set_hold_end(db::Transaction& tx, const ReservationId& id, Instant release_at, Instant at);
// Writes what a booking adds to a row that was moved to `booked`: code, secret hash, help, locale,
// has_contact; the place stays.
void set_booking(db::Transaction& tx, const Reservation& reservation, std::string_view secret_hash);
// Of a booked row that gave its place back and took one in every unit of `slot`: its new time.
// Raises the revision.
void set_slot(db::Transaction& tx, const ReservationId& id, const Slot& slot, Instant at);
// When a cancelled row gives its place back.
void set_release(db::Transaction& tx, const ReservationId& id, Instant release_at);

struct StoredContact {
  ContactKind kind = ContactKind::phone;
  std::string sealed;
  std::string lookup;
};
void insert_contact(db::Transaction& tx, const ReservationId& id, const StoredContact& contact,
                    Instant erase_at);
std::vector<StoredContact> contacts(db::Transaction& tx, const ReservationId& id);
void set_help_erasure(db::Transaction& tx, const ReservationId& id, Instant erase_at);
// Of the contacts, and of the help wanted.
void set_erasure(db::Transaction& tx, const ReservationId& id, Instant erase_at);
bool has_active(db::Transaction& tx, std::string_view contact_lookup, const GroupId& group,
                LocalDay day);

struct Tries {
  Instant first_at{};
  int tries = 0;
};
std::optional<Tries> tries(db::Transaction& tx, std::string_view subject);
void set_tries(db::Transaction& tx, std::string_view subject, const Tries& tries);

// House-keeping, each at most `limit` rows; returns how many.
int erase_contacts(db::Transaction& tx, Instant now, int limit);
int erase_help(db::Transaction& tx, Instant now, int limit);
int forget_expired_holds(db::Transaction& tx, Instant before, int limit);
int forget_networks(db::Transaction& tx, Instant booked_until, int limit);
int forget_tries(db::Transaction& tx, Instant before, int limit);

// Units whose count differs from the rows that have a place there; 0 in a healthy table.
std::int64_t miscounted_units(db::Transaction& tx);

}  // namespace matanai::booking::store
