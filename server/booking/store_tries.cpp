// SQL of the tries to prove a reservation.
#include "server/booking/store.hpp"

namespace matanai::booking::store {
namespace {

constexpr std::string_view kTries = R"(
SELECT first_at, tries
FROM proof_try
WHERE subject = ?1)";

constexpr std::string_view kSetTries = R"(
INSERT INTO proof_try (subject, first_at, tries)
VALUES (?1, ?2, ?3)
ON CONFLICT (subject) DO UPDATE
SET first_at = excluded.first_at, tries = excluded.tries)";

constexpr std::string_view kForgetTries = R"(
DELETE FROM proof_try
WHERE subject IN (
  SELECT subject
  FROM proof_try
  WHERE first_at < ?1
  LIMIT ?2))";

}  // namespace

std::optional<Tries> tries(db::Transaction& tx, std::string_view subject) {
  return tx.first(
      kTries,
      [](const db::Row& row) { return Tries{row.instant(0), static_cast<int>(row.integer(1))}; },
      subject);
}

void set_tries(db::Transaction& tx, std::string_view subject, const Tries& tries) {
  tx.run(kSetTries, subject, tries.first_at, tries.tries);
}

int forget_tries(db::Transaction& tx, Instant before, int limit) {
  return static_cast<int>(tx.run(kForgetTries, before, limit));
}

}  // namespace matanai::booking::store
