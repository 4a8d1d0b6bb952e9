#include "server/floor/store_kiosks.hpp"

#include "server/floor/enum_names.hpp"

namespace matanai::floor::store {
namespace {

using db::Row;
using db::Transaction;

KioskRow read_kiosk(const Row& row) {
  KioskRow out;
  out.office = OfficeId(row.text(0));
  out.kiosk = row.text(1);
  out.printer.state = enum_from<PrinterState>(row.text(2));
  out.printer.since = row.instant(3);
  out.printer.model = row.text(4);
  if (const auto confirms = row.optional_text(5))
    out.printer.confirms = enum_from<ConfirmStrength>(*confirms);
  out.printer.paper_metres = row.integer(6);
  out.roll_since = row.instant(7);
  out.alone_since = row.optional_instant(8);
  return out;
}

#define KIOSK_COLUMNS                                                                           \
  "SELECT office, kiosk, state, since, model, confirms, paper_metres, roll_since, alone_since " \
  "FROM kiosk_printer "

constexpr std::string_view kPutKiosk =
    "INSERT OR REPLACE INTO kiosk_printer "
    "(office, kiosk, state, since, model, confirms, paper_metres, roll_since, alone_since) "
    "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)";
constexpr std::string_view kKiosk = KIOSK_COLUMNS "WHERE office = ?1 AND kiosk = ?2";
constexpr std::string_view kKiosksOfOffice = KIOSK_COLUMNS "WHERE office = ?1 ORDER BY kiosk";
constexpr std::string_view kKiosks = KIOSK_COLUMNS "ORDER BY office, kiosk";

}  // namespace

void put_kiosk(Transaction& tx, const KioskRow& row) {
  std::optional<std::string> confirms;
  if (row.printer.confirms) confirms = name_of(*row.printer.confirms);
  tx.run(kPutKiosk, row.office, row.kiosk, name_of(row.printer.state), row.printer.since,
         row.printer.model, confirms, row.printer.paper_metres, row.roll_since, row.alone_since);
}
std::optional<KioskRow> kiosk(Transaction& tx, const OfficeId& office, std::string_view kiosk) {
  return tx.first(kKiosk, read_kiosk, office, kiosk);
}
std::vector<KioskRow> kiosks(Transaction& tx, const OfficeId& office) {
  return tx.all(kKiosksOfOffice, read_kiosk, office);
}
std::vector<KioskRow> kiosks(Transaction& tx) { return tx.all(kKiosks, read_kiosk); }

}  // namespace matanai::floor::store
