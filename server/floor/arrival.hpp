// A reservation that somebody at the office names: which one is it, may it be checked in here and
// now, and can it be had earlier today? Issues no ticket (issue.hpp). Inside the caller's
// transaction; database threads only.
#pragma once

#include <optional>

#include "server/floor/context.hpp"
#include "server/floor/types.hpp"

namespace matanai::floor {

// By token or code; a code's reservation of this office and day before its others.
std::optional<Expected> find_expected(db::Transaction& tx, const ReservationKey& key,
                                      const OfficeId& office, LocalDay today);

// Is it for this office, for today, neither cancelled nor checked in? Refusals:
// check_in_other_office, reservation_cancelled, already_checked_in, check_in_other_day; each with
// the values its words need.
Result<void> check_is_awaited(db::Transaction& tx, const Context& context, const Expected& expected,
                              const OfficeId& office, Instant now);

// True when late but still in time. Refusals: those above, check_in_too_early (values service,
// slot, from, earlier1…3: free times to move to), check_in_too_late.
Result<bool> may_check_in(db::Transaction& tx, const Context& context, const Expected& expected,
                          const OfficeId& office, Instant now);

// Moves a reservation of today to an earlier free time of today; its code and QR code stay. Being
// there already is fine. Refusals: check_in_not_found, those of check_is_awaited(),
// check_in_too_late (a no-show), invalid_fields (/time), and booking's own, slot_full among them,
// with the values of check_in_too_early.
Result<MovedReservation> move_reservation(db::Transaction& tx, const Context& context,
                                          const OfficeId& office, const MoveRequest& request,
                                          Instant now);

}  // namespace matanai::floor
