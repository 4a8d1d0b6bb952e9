#include "server/booking/proof.hpp"

#include "schema/types/codes.hpp"
#include "schema/types/text.hpp"
#include "server/booking/contact.hpp"
#include "server/booking/store.hpp"
#include "server/http/address.hpp"

namespace matanai::booking {
namespace {

constexpr std::size_t kLongestCode = 64;      // bytes, typed with full-width digits and spaces
constexpr std::size_t kLongestContact = 254;  // bytes

struct Subject {
  std::string key;
  int limit;
};

// The end of the period when the subject has used up its tries.
std::optional<Instant> blocked_until(db::Transaction& tx, const Subject& subject,
                                     const ProofLimits& limits, Instant now) {
  const auto tries = store::tries(tx, subject.key);
  if (!tries || tries->tries < subject.limit || tries->first_at + limits.period <= now)
    return std::nullopt;
  return tries->first_at + limits.period;
}

void count_try(db::Transaction& tx, const Subject& subject, const ProofLimits& limits,
               Instant now) {
  auto tries = store::tries(tx, subject.key).value_or(store::Tries{now, 0});
  if (tries.first_at + limits.period <= now) tries = {now, 0};
  ++tries.tries;
  store::set_tries(tx, subject.key, tries);
}

bool has_contact(db::Transaction& tx, const ReservationId& id, const std::string& lookup) {
  for (const auto& contact : store::contacts(tx, id)) {
    if (contact.lookup == lookup) return true;
  }
  return false;
}

// Every branch reads the same rows, whether the code exists or not.
std::optional<Reservation> by_code(db::Transaction& tx, const Secrets& secrets,
                                   const Proof& proof) {
  const auto code = parse_reservation_code(proof.code);
  auto row = store::find_by_code(tx, code.value_or(ReservationCode("")));
  const auto contact = normalise_contact(proof.contact);
  const auto lookup =
      contact ? secrets.lookup(name_of(contact->kind), identity_of(*contact)) : std::string();
  const bool is_contact_right = has_contact(tx, row ? row->id : ReservationId(""), lookup);
  if (!row) return std::nullopt;
  if (!proof.contact.empty()) return is_contact_right ? row : std::nullopt;
  const bool is_time_right = proof.day == row->day && proof.time == local_time_of_day(row->start);
  if (row->has_contact || !is_time_right) return std::nullopt;
  return row;
}

std::string folded_code(const std::string& typed) {
  std::string digits;
  for (const char c : to_half_width(typed)) {
    if (c != ' ' && c != '-') digits += c;
  }
  return digits;
}

}  // namespace

Result<Proof> read_proof(const messages::ReservationProof& message) {
  Proof proof;
  std::vector<FieldError> errors;
  if (message.secret) {
    proof.secret = *message.secret;
    if (proof.secret.empty() || proof.secret.size() > 64)
      errors.push_back({"/secret", "bad_format"});
    if (!errors.empty()) return Refusal(RefusalCode::invalid_fields, std::move(errors));
    return proof;
  }
  proof.code = message.code.value_or("");
  proof.contact = message.contact.value_or("");
  proof.day = message.date;
  if (message.time) {
    proof.time = parse_time_of_day(*message.time);
    if (!proof.time) errors.push_back({"/time", "bad_format"});
  }
  if (proof.code.empty()) errors.push_back({"/code", "missing"});
  if (proof.code.size() > kLongestCode) errors.push_back({"/code", "too_long"});
  if (proof.contact.size() > kLongestContact) errors.push_back({"/contact", "too_long"});
  if (proof.contact.empty() && !(message.date && message.time))
    errors.push_back({"/contact", "missing"});
  if (!errors.empty()) return Refusal(RefusalCode::invalid_fields, std::move(errors));
  return proof;
}

Proven prove(db::Transaction& tx, const Secrets& secrets, const Proof& proof,
             const std::string& remote_address, const ProofLimits& limits, Instant now) {
  if (!proof.secret.empty()) {
    auto row = store::find_by_secret_hash(tx, db::hash_secret(proof.secret));
    if (!row) return {std::nullopt, Refusal(RefusalCode::reservation_not_found)};
    return {std::move(row), std::nullopt};
  }
  const auto network = http::network_of(remote_address);
  const auto code = folded_code(proof.code);
  const Subject subjects[] = {
      {secrets.lookup("try/guesser", network + " " + code), limits.tries_per_guesser},
      {secrets.lookup("try/code", code), limits.tries_per_code},
      {secrets.lookup("try/network", network), limits.tries_per_network}};
  for (const auto& subject : subjects) {
    const auto until = blocked_until(tx, subject, limits, now);
    if (!until) continue;
    // Rounded up to the minute that is shown.
    const auto shown = to_wire(local_time_of_day(*until + Minutes(1) - Millis(1)));
    return {std::nullopt, Refusal(RefusalCode::too_many_tries).with("until", shown)};
  }
  if (auto row = by_code(tx, secrets, proof)) return {std::move(row), std::nullopt};
  for (const auto& subject : subjects) count_try(tx, subject, limits, now);
  return {std::nullopt, Refusal(RefusalCode::reservation_not_found)};
}

}  // namespace matanai::booking
