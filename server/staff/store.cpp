#include "server/staff/store.hpp"

#include "server/staff/rules.hpp"

namespace matanai::staff {
namespace {

constexpr std::string_view kAnyAccount = "SELECT 1 FROM staff LIMIT 1";
constexpr std::string_view kOtherAdmin =
    "SELECT 1 FROM staff WHERE role = 'admin' AND name <> ?1 LIMIT 1";
constexpr std::string_view kSelectAccounts =
    "SELECT name, display_name, office, role, password_hash, must_change_password FROM staff ORDER "
    "BY name";
constexpr std::string_view kSelectAccount =
    "SELECT name, display_name, office, role, password_hash, must_change_password FROM staff WHERE "
    "name = ?1";
constexpr std::string_view kInsertAccount =
    "INSERT INTO staff (name, display_name, office, role, password_hash, must_change_password, "
    "created_at, "
    "password_changed_at) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?7)";
constexpr std::string_view kDeleteAccount = "DELETE FROM staff WHERE name = ?1";
constexpr std::string_view kSetPassword =
    "UPDATE staff SET password_hash = ?2, must_change_password = ?3, password_changed_at = ?4 "
    "WHERE name = ?1";
constexpr std::string_view kSelectSession =
    "SELECT s.name, s.display_name, s.office, s.role, s.password_hash, s.must_change_password, "
    "t.created_at, "
    "t.last_seen_at FROM staff_session t JOIN staff s ON s.name = t.staff WHERE t.token_hash = ?1";
constexpr std::string_view kInsertSession =
    "INSERT INTO staff_session (token_hash, staff, created_at, last_seen_at) VALUES (?1, ?2, ?3, "
    "?3)";
constexpr std::string_view kTouchSession =
    "UPDATE staff_session SET last_seen_at = ?2 WHERE token_hash = ?1 AND last_seen_at < ?2";
constexpr std::string_view kDeleteSession = "DELETE FROM staff_session WHERE token_hash = ?1";
constexpr std::string_view kDeleteOtherSessions =
    "DELETE FROM staff_session WHERE staff = ?1 AND token_hash <> ?2";
constexpr std::string_view kDeleteDeadSessions =
    "DELETE FROM staff_session WHERE created_at <= ?1 OR last_seen_at <= ?2";
constexpr std::string_view kSelectDevice =
    "SELECT id, office, kind FROM device WHERE key_hash = ?1";
// An id is no hash: no key fits it, and it is as unique.
constexpr std::string_view kForgetKey = "UPDATE device SET key_hash = id WHERE id = ?1";
constexpr std::string_view kPutDevice =
    "INSERT INTO device (id, office, kind, key_hash, created_at) VALUES (?1, ?2, ?3, ?4, ?5) "
    "ON CONFLICT (id) DO UPDATE SET office = excluded.office, kind = excluded.kind, key_hash = "
    "excluded.key_hash";
constexpr std::string_view kAppendAudit =
    "INSERT INTO staff_audit (at, staff, what, office, detail) VALUES (?1, ?2, ?3, ?4, ?5)";
constexpr std::string_view kCountGuess =
    "INSERT INTO staff_guess (hour, tries, last_network) VALUES (?1, 1, ?2) "
    "ON CONFLICT (hour) DO UPDATE SET tries = tries + 1, last_network = excluded.last_network";
constexpr std::string_view kForgetAudit =
    "DELETE FROM staff_audit WHERE id IN (SELECT id FROM (SELECT id, at FROM staff_audit WHERE id "
    "<= (SELECT max(id) FROM staff_audit) - ?3 ORDER BY id LIMIT ?2) WHERE at < (SELECT max(at) "
    "FROM staff_audit) - ?1)";
constexpr std::string_view kForgetGuesses =
    "DELETE FROM staff_guess WHERE hour IN (SELECT hour FROM staff_guess WHERE hour < (SELECT "
    "max(hour) FROM staff_guess) - ?1 ORDER BY hour LIMIT ?2)";

Account account_of(const db::Row& row) {
  return {row.text(0), row.text(1), row.optional_text(2), row.text(3), row.text(4), row.boolean(5)};
}

bool is_any(db::Transaction& tx, std::string_view sql) {
  return tx.first(sql, [](const db::Row&) { return true; }).has_value();
}

}  // namespace

bool has_accounts(db::Transaction& tx) { return is_any(tx, kAnyAccount); }

bool has_other_admin(db::Transaction& tx, const std::string& name) {
  return tx.first(kOtherAdmin, [](const db::Row&) { return true; }, name).has_value();
}

std::vector<Account> all_accounts(db::Transaction& tx) {
  return tx.all(kSelectAccounts, account_of);
}

std::optional<Account> find_account(db::Transaction& tx, const std::string& name) {
  return tx.first(kSelectAccount, account_of, name);
}

void insert_account(db::Transaction& tx, const Account& account, Instant now) {
  tx.run(kInsertAccount, account.name, account.display_name, account.office, account.role,
         account.password_hash, account.must_change_password, now);
}

bool delete_account(db::Transaction& tx, const std::string& name) {
  return tx.run(kDeleteAccount, name) == 1;
}

bool set_password(db::Transaction& tx, const std::string& name, const std::string& hash,
                  bool must_change, Instant now) {
  return tx.run(kSetPassword, name, hash, must_change, now) == 1;
}

std::optional<Session> find_session(db::Transaction& tx, const std::string& token_hash) {
  return tx.first(
      kSelectSession,
      [&](const db::Row& row) {
        return Session{token_hash, account_of(row), row.instant(6), row.instant(7)};
      },
      token_hash);
}

void insert_session(db::Transaction& tx, const std::string& token_hash, const std::string& name,
                    Instant now) {
  tx.run(kInsertSession, token_hash, name, now);
}

void touch_session(db::Transaction& tx, const std::string& token_hash, Instant last_seen_at) {
  tx.run(kTouchSession, token_hash, last_seen_at);
}

bool delete_session(db::Transaction& tx, const std::string& token_hash) {
  return tx.run(kDeleteSession, token_hash) == 1;
}

void delete_other_sessions(db::Transaction& tx, const std::string& name, const std::string& kept) {
  tx.run(kDeleteOtherSessions, name, kept);
}

void delete_dead_sessions(db::Transaction& tx, Instant now) {
  tx.run(kDeleteDeadSessions, now - kLongestSession, now - kLongestIdle);
}

std::optional<Device> find_device(db::Transaction& tx, const std::string& key_hash) {
  return tx.first(
      kSelectDevice,
      [](const db::Row& row) { return Device{row.text(0), row.text(1), row.text(2)}; }, key_hash);
}

void forget_key(db::Transaction& tx, const std::string& id) { tx.run(kForgetKey, id); }

void put_device(db::Transaction& tx, const Device& device, const std::string& key_hash,
                Instant now) {
  tx.run(kPutDevice, device.id, device.office, device.kind, key_hash, now);
}

void append_audit(db::Transaction& tx, const AuditRow& row) {
  tx.run(kAppendAudit, row.at, row.staff, row.what, row.office, row.detail);
}

void count_guess(db::Transaction& tx, Instant at, const std::string& network) {
  tx.run(kCountGuess, Instant(std::chrono::floor<std::chrono::hours>(at)), network);
}

void forget_old_audit(db::Transaction& tx, int limit) {
  tx.run(kForgetAudit, kAuditKept.count(), limit, kAuditRowsKept);
  tx.run(kForgetGuesses, kAuditKept.count(), limit);
}

}  // namespace matanai::staff
