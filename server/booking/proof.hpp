// Who may see or cancel a reservation: whoever has its secret, or its code and the contact, or
// (when no contact was given) its code and the slot's date and time. Failed proofs by code are
// counted per code and per network. A refusal of proof is a value that must be committed, so that
// the try counts. Database threads only.
#pragma once

#include <optional>
#include <string>

#include "schema/types/messages_booking.hpp"
#include "server/booking/secrets.hpp"
#include "server/booking/types.hpp"
#include "server/db/transaction.hpp"

namespace matanai::booking {

struct ProofLimits {
  int tries_per_code = 5;
  int tries_per_network = 5;
  Minutes period{15};  // from the first failed try
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
