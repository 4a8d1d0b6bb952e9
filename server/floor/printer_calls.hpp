// When a kiosk's printer needs somebody: staff are called, and the call ends by itself when the
// printer has healed. At once for paper out, a cutter error, a fault, another host, and, once per
// roll, for paper near its end; after a minute for an open cover, off line and no answer, which
// mostly say that somebody is there; never for heat, which ends by itself. A call that was answered
// does not come again for the same trouble; one that was only dropped does, as the same call.
// Database threads only.
#pragma once

#include <vector>

#include "server/floor/context.hpp"
#include "server/floor/types.hpp"

namespace matanai::floor {

// Keeps what the kiosk tells, which is connected then, and calls or ends its call.
FloorKiosk take_printer_report(db::Transaction& tx, const Context& context, const OfficeId& office,
                               const std::string& kiosk, PrinterReport report, Instant now);

// Kiosks of every office for which somebody must be called now, though they told nothing new.
std::vector<KioskRow> printers_to_attend(db::Transaction& tx, const Context& context, Instant now);
void attend_printer(db::Transaction& tx, const Context& context, const KioskRow& kiosk,
                    Instant now);

}  // namespace matanai::floor
