// Accounts and devices that exist before anyone can sign in: made at start-up and by the command
// line. Database threads; hashing makes these works slow, so they are for start-up and tools only.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "schema/types/ids.hpp"
#include "schema/types/refusal.hpp"
#include "schema/types/time.hpp"
#include "server/db/transaction.hpp"

namespace matanai::staff {

struct FirstOffice {
  OfficeId id;
  std::string name;  // 小倉北区役所
};

// Into an empty table: the administrator "kanri" of every office and one clerk per office, named as
// the office's id, all with the same made-up password, which each must change. Returns that
// password, or nullopt when there were accounts.
std::optional<std::string> ensure_first_staff(db::Transaction& tx,
                                              const std::vector<FirstOffice>& offices, Instant now);

// Gives the account a made-up password (to be changed), ends its sessions, and returns it. Refusal:
// not_found.
Result<std::string> reset_password(db::Transaction& tx, const std::string& name, Instant now);

// Adds the device or gives it this key, office and kind. The key is 20–128 characters of
// [A-Za-z0-9_-]. Throws std::invalid_argument with a sentence for the operator: bad key or kind, or
// a key that another device has.
void ensure_device(db::Transaction& tx, const DeviceId& id, const OfficeId& office,
                   const std::string& kind, const std::string& key, Instant now);

}  // namespace matanai::staff
