// Accounts and devices that are made without anyone signed in: at the first start and by the
// command line. Database threads; hashing makes these works slow, so they are for start-up and
// tools only. What an operator asked wrongly is thrown as std::invalid_argument with one sentence.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "schema/types/ids.hpp"
#include "schema/types/time.hpp"
#include "server/db/transaction.hpp"
#include "server/staff/first_passwords.hpp"
#include "server/staff/store.hpp"

namespace matanai::staff {

struct FirstOffice {
  OfficeId id;
  std::string name;  // 小倉北区役所
};

// The first accounts, each with a made-up password of its own that must be changed: the
// administrator "kanri" of every office and one clerk per office, named as the office's id. Nothing
// is stored: keep the passwords safe first, then insert.
struct FirstStaff {
  std::vector<Account> accounts;
  std::vector<FirstPassword> passwords;
};
FirstStaff make_first_staff(const std::vector<FirstOffice>& offices);
void insert_first_staff(db::Transaction& tx, const std::vector<Account>& accounts, Instant now);

struct NewAccount {
  std::string name;
  std::string display_name;           // as colleagues see it
  std::optional<std::string> office;  // nullopt: every office, for administrators only
  std::string role;                   // clerk | admin
};
// Adds it with a made-up password (to be changed), and returns that. Throws: bad name, role without
// office, name taken.
std::string add_account(db::Transaction& tx, const NewAccount& account, Instant now);
// Gives the account a made-up password (to be changed), ends its sessions, and returns it. Throws:
// no such account.
std::string reset_password(db::Transaction& tx, const std::string& name, Instant now);
// With its sessions. Throws: no such account, the last administrator.
void remove_account(db::Transaction& tx, const std::string& name, Instant now);

struct NewDevice {
  DeviceId id;
  OfficeId office;
  std::string kind;  // kiosk | hall
  std::string key;   // 20–128 characters of [A-Za-z0-9_-]
};
// Adds these devices or gives them this key, office and kind; their earlier keys count no more, so
// that two may swap theirs. Throws: bad key or kind, or a key that another device has.
void store_devices(db::Transaction& tx, const std::vector<NewDevice>& devices, Instant now);

}  // namespace matanai::staff
