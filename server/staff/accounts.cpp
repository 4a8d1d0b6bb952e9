#include "server/staff/accounts.hpp"

#include <algorithm>
#include <stdexcept>

#include "schema/types/locale.hpp"
#include "server/db/server_key.hpp"
#include "server/staff/password.hpp"
#include "server/staff/rules.hpp"

namespace matanai::staff {
namespace {

constexpr std::string_view kAdministrator = "kanri";
constexpr std::string_view kByCommand = "by command line";
constexpr std::size_t kShortestKey = 20;
constexpr std::size_t kLongestKey = 128;

[[noreturn]] void refuse(const std::string& sentence) { throw std::invalid_argument(sentence); }

Account known_account(db::Transaction& tx, const std::string& name) {
  auto account = find_account(tx, name);
  if (!account) refuse("there is no account named " + name);
  return *std::move(account);
}

bool is_key(const std::string& key) {
  return key.size() >= kShortestKey && key.size() <= kLongestKey &&
         std::all_of(key.begin(), key.end(), [](char letter) {
           return (letter >= 'a' && letter <= 'z') || (letter >= 'A' && letter <= 'Z') ||
                  (letter >= '0' && letter <= '9') || letter == '_' || letter == '-';
         });
}

void check(const NewDevice& device) {
  const auto& id = device.id.value;
  if (device.kind != "kiosk" && device.kind != "hall")
    refuse("the device " + id + " has the kind " + device.kind + ": it must be kiosk or hall");
  if (!is_key(device.key))
    refuse("the key of the device " + id +
           " must be 20 to 128 letters, digits, hyphens or underscores");
}

}  // namespace

FirstStaff make_first_staff(const std::vector<FirstOffice>& offices) {
  FirstStaff out;
  const auto add = [&out](Account account) {
    out.passwords.push_back({account.name, make_readable_password()});
    account.password_hash = hash_password(out.passwords.back().password);
    account.must_change_password = true;
    out.accounts.push_back(std::move(account));
  };
  add({std::string(kAdministrator), words(Locale::ja, "staff.first.admin"), std::nullopt, "admin",
       ""});
  for (const auto& office : offices) {
    add({office.id.value, words(Locale::ja, "staff.first.clerk", {{"office", office.name}}),
         office.id.value, "clerk", ""});
  }
  return out;
}

void insert_first_staff(db::Transaction& tx, const std::vector<Account>& accounts, Instant now) {
  for (const auto& account : accounts) {
    insert_account(tx, account, now);
    append_audit(tx, {now, account.name, "account_created", account.office, "first account"});
  }
}

std::string add_account(db::Transaction& tx, const NewAccount& account, Instant now) {
  if (!is_login_name(account.name))
    refuse("the name \"" + account.name + "\" is not 1 to 64 of a-z, 0-9, '.', '_' and '-'");
  if (account.role != "clerk" && account.role != "admin")
    refuse("the role " + account.role + " is neither clerk nor admin");
  if (account.role == "clerk" && !account.office) refuse("a clerk needs --office");
  if (find_account(tx, account.name))
    refuse("there is an account named " + account.name + " already");
  std::string password = make_readable_password();
  insert_account(tx,
                 {account.name, account.display_name, account.office, account.role,
                  hash_password(password), /*must_change_password=*/true},
                 now);
  append_audit(tx, {now, account.name, "account_created", account.office, std::string(kByCommand)});
  return password;
}

std::string reset_password(db::Transaction& tx, const std::string& name, Instant now) {
  const auto account = known_account(tx, name);
  std::string password = make_readable_password();
  set_password(tx, name, hash_password(password), /*must_change=*/true, now);
  delete_other_sessions(tx, name, "");
  append_audit(tx, {now, name, "password_reset", account.office, std::string(kByCommand)});
  return password;
}

void remove_account(db::Transaction& tx, const std::string& name, Instant now) {
  const auto account = known_account(tx, name);
  if (account.role == "admin" && !has_other_admin(tx, name))
    refuse(name + " is the last administrator: add another one first");
  delete_account(tx, name);
  append_audit(tx, {now, name, "account_removed", account.office, std::string(kByCommand)});
}

void store_devices(db::Transaction& tx, const std::vector<NewDevice>& devices, Instant now) {
  for (const auto& device : devices) {
    check(device);
    forget_key(tx, device.id.value);
  }
  for (const auto& device : devices) {
    const std::string hash = db::hash_secret(device.key);
    if (const auto owner = find_device(tx, hash))
      refuse("the devices " + device.id.value + " and " + owner->id + " have the same key");
    put_device(tx, {device.id.value, device.office.value, device.kind}, hash, now);
  }
}

}  // namespace matanai::staff
