// Who may come in before anyone signed in: the first accounts and the devices, and the private
// files in the data folder that tell their secrets. Start-up only.
#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "server/db/database.hpp"
#include "server/db/server_key.hpp"
#include "server/directory/directory.hpp"
#include "server/staff/accounts.hpp"
#include "server/staff/first_passwords.hpp"

namespace matanai {

// One kiosk and one hall display per office, "kokurakita-kiosk-1" and so on. A key is the one in
// `replaced`, else derived from the server's key and so the same after every start. Throws
// std::runtime_error when `replaced` names a device that is not one of these.
std::vector<staff::NewDevice> list_devices(const directory::Directory& directory,
                                           const db::ServerKey& key,
                                           const std::map<std::string, std::string>& replaced);

// Stores the devices and writes device-keys.txt.
void prepare_devices(db::Database& database, const std::vector<staff::NewDevice>& devices,
                     const std::filesystem::path& data, Instant now);

// Into a database without accounts: the first ones. Their passwords are in the file, and that on
// disk, before any account exists: a start that dies between the two begins again. Where there are
// accounts, a file of an earlier version is removed, whose lines would never leave it.
void prepare_staff(db::Database& database, const directory::Directory& directory,
                   const staff::FirstPasswords& file, Instant now);

// first-password.txt of the data folder.
staff::FirstPasswords first_passwords(const std::filesystem::path& data);

}  // namespace matanai
