// Who may see or cancel a reservation: whoever has its secret, or its code and the contact, or
// (when no contact was given) its code and the slot's date and time. Failed proofs by code are
// counted per guesser and code, per code and per network. A refusal of proof is a value that must
// be committed, so that the try counts. Database threads only.
#pragma once

#include <optional>
#include <string>

#include "schema/types/messages_booking.hpp"
#include "server/booking/secrets.hpp"
#include "server/booking/types.hpp"
#include "server/db/transaction.hpp"

namespace matanai::booking {

// Failed tries in `period`. Somebody who mistypes their own code waits after five; the neighbours
// behind the same address (an office, a phone company) do not wait with them.
//
// What guessing costs: of 10^7 codes with a right check digit at most 40,000 are in use (seven
// offices, six groups, 33 places a day, 30 days), 1 in 250. Without a contact the date and time
// must be right too, 1 in 900 (30 days of 30 times). A network has 30 tries in 15 minutes, 2,880 a
// day, so it opens one reservation that names nobody in 250 * 900 / 2,880 = 78 days. Whoever knows
// a person's contact and seeks the code needs 10^7 / 2 / 2,880 days, over four years. A code that
// is known gives ten tries in all, 960 a day: no contact is guessed by that. Many networks guess as
// many times faster, which the log shows. An attacker can at worst lock the way by code, for 15
// minutes; the reservation's link is never locked.
struct ProofLimits {
  int tries_per_guesser = 5;   // one network at one code
  int tries_per_code = 10;     // one code from everywhere
  int tries_per_network = 30;  // one network at all codes
  Minutes period{15};          // from the first failed try
};

// One of the three ways, read from the message.
struct Proof {
  std::string secret;   // else:
  std::string code;     // as typed
  std::string contact;  // as typed, or:
  std::optional<LocalDay> day;
  std::optional<TimeOfDay> time;
};
// Refusal: invalid_fields, when it is none of the three ways.
Result<Proof> read_proof(const messages::ReservationProof& message);

// The reservation, or why not: reservation_not_found (the same for an unknown code and a wrong
// contact), too_many_tries (values: until). Writes the failed try; the caller commits it either
// way.
struct Proven {
  std::optional<Reservation> reservation;
  std::optional<Refusal> refusal;
};
Proven prove(db::Transaction& tx, const Secrets& secrets, const Proof& proof,
             const std::string& remote_address, const ProofLimits& limits, Instant now);

}  // namespace matanai::booking
