#include "server/staff/accounts.hpp"

#include <algorithm>
#include <stdexcept>

#include "schema/types/locale.hpp"
#include "server/staff/password.hpp"
#include "server/staff/store.hpp"

namespace matanai::staff {
namespace {

constexpr std::string_view kAdministrator = "kanri";
constexpr std::size_t kShortestKey = 20;
constexpr std::size_t kLongestKey = 128;

void create(db::Transaction& tx, const Account& account, Instant now) {
  insert_account(tx, account, now);
  append_audit(tx, {now, account.name, "account_created", account.office, "first account"});
}

bool is_key(const std::string& key) {
  return key.size() >= kShortestKey && key.size() <= kLongestKey &&
         std::all_of(key.begin(), key.end(), [](char letter) {
           return (letter >= 'a' && letter <= 'z') || (letter >= 'A' && letter <= 'Z') ||
                  (letter >= '0' && letter <= '9') || letter == '_' || letter == '-';
         });
}

}  // namespace

std::optional<std::string> ensure_first_staff(db::Transaction& tx,
                                              const std::vector<FirstOffice>& offices,
                                              Instant now) {
  if (has_accounts(tx)) return std::nullopt;
  const std::string password = make_readable_password();
  const std::string hash = hash_password(password);  // the same for all, as the password is
  create(tx,
         {std::string(kAdministrator), words(Locale::ja, "staff.first.admin"), std::nullopt,
          "admin", hash,
          /*must_change_password=*/true},
         now);
  for (const auto& office : offices) {
    create(tx,
           {office.id.value, words(Locale::ja, "staff.first.clerk", {{"office", office.name}}),
            office.id.value, "clerk", hash, /*must_change_password=*/true},
           now);
  }
  return password;
}

Result<std::string> reset_password(db::Transaction& tx, const std::string& name, Instant now) {
  const auto account = find_account(tx, name);
  if (!account) return Refusal(RefusalCode::not_found);
  std::string password = make_readable_password();
  set_password(tx, name, hash_password(password), /*must_change=*/true, now);
  delete_other_sessions(tx, name, "");
  append_audit(tx, {now, name, "password_reset", account->office, "by command line"});
  return password;
}

void ensure_device(db::Transaction& tx, const DeviceId& id, const OfficeId& office,
                   const std::string& kind, const std::string& key, Instant now) {
  if (kind != "kiosk" && kind != "hall") {
    throw std::invalid_argument("the device " + id.value + " has the kind " + kind +
                                ": it must be kiosk or hall");
  }
  if (!is_key(key)) {
    throw std::invalid_argument("the key of the device " + id.value +
                                " must be 20 to 128 letters, digits, hyphens or underscores");
  }
  const std::string hash = hash_secret(key);
  const auto owner = find_device(tx, hash);
  if (owner && owner->id != id.value) {
    throw std::invalid_argument("the devices " + id.value + " and " + owner->id +
                                " have the same key");
  }
  put_device(tx, {id.value, office.value, kind}, hash, now);
}

}  // namespace matanai::staff
