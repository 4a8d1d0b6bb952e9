// SQL of what kiosks told: structs in and out, no decisions. Database threads only. Table:
// sql/office/0011_kiosk_printer.sql.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "server/db/transaction.hpp"
#include "server/floor/types.hpp"

namespace matanai::floor::store {

void put_kiosk(db::Transaction& tx, const KioskRow& row);
std::optional<KioskRow> kiosk(db::Transaction& tx, const OfficeId& office, std::string_view kiosk);
// In the order of their names; of one office, or of all.
std::vector<KioskRow> kiosks(db::Transaction& tx, const OfficeId& office);
std::vector<KioskRow> kiosks(db::Transaction& tx);

}  // namespace matanai::floor::store
