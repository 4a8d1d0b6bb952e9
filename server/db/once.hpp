// Idempotency inside a transaction: the same actor, key and request get the first answer, kept 48
// h. A refusal of the work is not kept (return it from the transaction, so that nothing else is
// either). Needs the table of sql/common/0001_idempotency.sql. Database threads only.
#pragma once

#include <functional>
#include <string>
#include <string_view>

#include "schema/types/refusal.hpp"
#include "schema/types/time.hpp"
#include "server/db/transaction.hpp"

namespace matanai::db {

struct OnceKey {
  std::string actor;         // "web", staff or device id: keys of different actors never meet
  std::string key;           // the Idempotency-Key header, 1–200 visible ASCII characters
  std::string request_hash;  // of method, path and body (hash_request)
};

// Hex SHA-256 (libsodium).
std::string hash_request(std::string_view method, std::string_view path, std::string_view body);

// Runs work and keeps its answer (a JSON text), or returns the kept one. Refusals:
// idempotency_key_missing (empty, too long or not visible ASCII), idempotency_key_reused, those of
// work.
Result<std::string> once(Transaction& tx, const OnceKey& key, Instant now,
                         const std::function<Result<std::string>(Transaction&)>& work);

// Deletes answers older than 48 h, at most `limit` rows. Returns how many.
std::int64_t forget_old_answers(Transaction& tx, Instant now, int limit);

}  // namespace matanai::db
