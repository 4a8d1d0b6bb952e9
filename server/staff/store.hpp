// The SQL of accounts, sessions, devices and the audit log. Database threads only.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "schema/types/time.hpp"
#include "server/db/transaction.hpp"

namespace matanai::staff {

struct Account {
  std::string name;
  std::string display_name;
  std::optional<std::string> office;  // nullopt: every office
  std::string role;                   // clerk | admin
  std::string password_hash;
  bool must_change_password = false;
};

struct Session {
  std::string token_hash;
  Account account;
  Instant created_at{};
  Instant last_seen_at{};
};

struct Device {
  std::string id;
  std::string office;
  std::string kind;  // kiosk | hall
};

struct AuditRow {
  Instant at{};
  std::string staff;
  std::string what;
  std::optional<std::string> office;
  std::string detail;
};

bool has_accounts(db::Transaction& tx);
// Whether an administrator would be left without this account.
bool has_other_admin(db::Transaction& tx, const std::string& name);
std::vector<Account> all_accounts(db::Transaction& tx);  // by name
std::optional<Account> find_account(db::Transaction& tx, const std::string& name);
// Throws ConstraintError when the name is taken.
void insert_account(db::Transaction& tx, const Account& account, Instant now);
// With all its sessions. False when there is no such account.
bool delete_account(db::Transaction& tx, const std::string& name);
// False when there is no such account.
bool set_password(db::Transaction& tx, const std::string& name, const std::string& hash,
                  bool must_change, Instant now);

std::optional<Session> find_session(db::Transaction& tx, const std::string& token_hash);
void insert_session(db::Transaction& tx, const std::string& token_hash, const std::string& name,
                    Instant now);
// Never moves back.
void touch_session(db::Transaction& tx, const std::string& token_hash, Instant last_seen_at);
bool delete_session(db::Transaction& tx, const std::string& token_hash);
// All of one person's but `kept` (which may be empty).
void delete_other_sessions(db::Transaction& tx, const std::string& name, const std::string& kept);
void delete_dead_sessions(db::Transaction& tx, Instant now);

std::optional<Device> find_device(db::Transaction& tx, const std::string& key_hash);
// No key opens it until it is put again.
void forget_key(db::Transaction& tx, const std::string& id);
void put_device(db::Transaction& tx, const Device& device, const std::string& key_hash,
                Instant now);

void append_audit(db::Transaction& tx, const AuditRow& row);
// A sign-in under a name that nobody has: counted by the hour, because anyone can invent names.
void count_guess(db::Transaction& tx, Instant at, const std::string& network);
// Looks at the oldest `limit` rows and removes those that are both kAuditKept older than the latest
// and behind the newest kAuditRowsKept; of the counts, up to `limit` by age alone.
void forget_old_audit(db::Transaction& tx, int limit);

}  // namespace matanai::staff
