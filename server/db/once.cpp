#include "server/db/once.hpp"

#include <algorithm>
#include <chrono>

#include "server/db/sha256.hpp"

namespace matanai::db {
namespace {

constexpr Millis kKept = std::chrono::hours(48);
constexpr std::size_t kLongestKey = 200;

constexpr std::string_view kSelect =
    "SELECT request_hash, answer FROM idempotency_answer WHERE actor = ?1 AND key = ?2 AND "
    "created_at > ?3";
constexpr std::string_view kStore =
    "INSERT INTO idempotency_answer (actor, key, request_hash, answer, created_at) VALUES (?1, ?2, "
    "?3, ?4, ?5) "
    "ON CONFLICT (actor, key) DO UPDATE SET "
    "request_hash = excluded.request_hash, answer = excluded.answer, created_at = "
    "excluded.created_at";
constexpr std::string_view kForget =
    "DELETE FROM idempotency_answer WHERE (actor, key) IN ("
    "SELECT actor, key FROM idempotency_answer WHERE created_at <= ?1 ORDER BY created_at LIMIT "
    "?2)";

struct Kept {
  std::string request_hash;
  std::string answer;
};

bool is_visible_ascii(std::string_view text) {
  return std::all_of(text.begin(), text.end(),
                     [](char letter) { return letter > 0x20 && letter < 0x7F; });
}

}  // namespace

std::string hash_request(std::string_view method, std::string_view path, std::string_view body) {
  return sha256_hex({method, path, body});
}

Result<std::string> once(Transaction& tx, const OnceKey& key, Instant now,
                         const std::function<Result<std::string>(Transaction&)>& work) {
  if (key.key.empty() || key.key.size() > kLongestKey || !is_visible_ascii(key.key)) {
    return Refusal(RefusalCode::idempotency_key_missing);
  }
  const auto kept = tx.first(
      kSelect, [](const Row& row) { return Kept{row.text(0), row.text(1)}; }, key.actor, key.key,
      now - kKept);
  if (kept && kept->request_hash != key.request_hash)
    return Refusal(RefusalCode::idempotency_key_reused);
  if (kept) return kept->answer;
  auto answer = work(tx);
  if (answer.has_value()) tx.run(kStore, key.actor, key.key, key.request_hash, *answer, now);
  return answer;
}

std::int64_t forget_old_answers(Transaction& tx, Instant now, int limit) {
  return tx.run(kForget, now - kKept, limit);
}

}  // namespace matanai::db
