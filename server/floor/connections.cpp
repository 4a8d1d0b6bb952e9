#include "server/floor/connections.hpp"

#include "server/floor/store_kiosks.hpp"

namespace matanai::floor {
namespace {

std::vector<KioskRow> changed_kiosks(db::Transaction& tx, const std::set<std::string>& connected) {
  auto kiosks = store::kiosks(tx);
  std::erase_if(kiosks, [&](const KioskRow& kiosk) {
    return kiosk.alone_since.has_value() != connected.contains(kiosk.kiosk);
  });
  return kiosks;
}

}  // namespace

bool has_new_connections(db::Transaction& tx, const std::set<std::string>& connected) {
  return !changed_kiosks(tx, connected).empty();
}

std::vector<OfficeId> note_connections(db::Transaction& tx, const std::set<std::string>& connected,
                                       Instant now) {
  std::vector<OfficeId> offices;
  for (auto& kiosk : changed_kiosks(tx, connected)) {
    kiosk.alone_since = connected.contains(kiosk.kiosk) ? std::nullopt : std::optional(now);
    store::put_kiosk(tx, kiosk);
    offices.push_back(kiosk.office);
  }
  return offices;
}

}  // namespace matanai::floor
