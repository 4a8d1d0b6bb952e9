#include "server/access.hpp"

#include <stdexcept>

#include "schema/types/codes.hpp"
#include "server/db/durable_file.hpp"
#include "server/staff/store.hpp"

namespace matanai {

std::vector<staff::NewDevice> list_devices(const directory::Directory& directory,
                                           const db::ServerKey& key,
                                           const std::map<std::string, std::string>& replaced) {
  std::vector<staff::NewDevice> devices;
  auto unused = replaced;
  for (const auto& office : directory.offices()) {
    for (const auto* kind : {"kiosk", "hall"}) {
      const DeviceId id(office.id.value + "-" + kind + "-1");
      const auto own = replaced.find(id.value);
      unused.erase(id.value);
      devices.push_back(
          {id, office.id, kind,
           own == replaced.end() ? to_base32(db::derive(key, "device", id.value)) : own->second});
    }
  }
  if (!unused.empty()) {
    throw std::runtime_error("[server.device_keys] names " + unused.begin()->first +
                             ", which is no device: see device-keys.txt in the data folder");
  }
  return devices;
}

void prepare_devices(db::Database& database, const std::vector<staff::NewDevice>& devices,
                     const std::filesystem::path& data, Instant now) {
  const auto stored = database.write_blocking<bool>([&](db::Transaction& tx) -> Result<bool> {
    staff::store_devices(tx, devices, now);
    return true;
  });
  stored.value();
  std::string keys;
  for (const auto& device : devices) keys += device.id.value + " " + device.key + "\n";
  db::write_durably(data / "device-keys.txt", keys);
}

void prepare_staff(db::Database& database, const directory::Directory& directory,
                   const staff::FirstPasswords& file, Instant now) {
  const auto has_accounts = database.read_blocking<bool>(
      [](db::Transaction& tx) -> Result<bool> { return staff::has_accounts(tx); });
  if (has_accounts.value()) return file.remove_foreign();
  std::vector<staff::FirstOffice> offices;
  for (const auto& office : directory.offices())
    offices.push_back({office.id, office.name.in(Locale::ja)});
  const auto first = staff::make_first_staff(offices);
  file.write(first.passwords);
  const auto stored = database.write_blocking<bool>([&](db::Transaction& tx) -> Result<bool> {
    staff::insert_first_staff(tx, first.accounts, now);
    return true;
  });
  stored.value();
}

staff::FirstPasswords first_passwords(const std::filesystem::path& data) {
  return staff::FirstPasswords(data / "first-password.txt");
}

}  // namespace matanai
