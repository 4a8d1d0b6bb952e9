#include "server/twin/ticket_log.hpp"

#include <string>

#include "server/twin/store.hpp"

namespace matanai::twin {
namespace {

constexpr std::string_view kTickets =
    "SELECT office || '/' || grp, day, issued_at, first_called_at, started_at, finished_at,"
    " told_q10_ms, told_q50_ms, told_q90_ms, told_low, told_high, told_windows,"
    " told_soon, told_latest - issued_at "
    "FROM leg "
    "ORDER BY day, office, grp, issued_at, id";

queue::TicketRecord record_of(const db::Row& row) {
  queue::TicketRecord record{row.text(0),
                             row.text(1),
                             row.instant(2),
                             row.optional_instant(3),
                             row.optional_instant(4),
                             row.optional_instant(5),
                             std::nullopt};
  if (row.is_null(7)) return record;
  const auto minutes = [&](int column) { return static_cast<double>(row.integer(column)) / 60000; };
  record.told = queue::ToldWait{minutes(6),
                                minutes(7),
                                minutes(8),
                                static_cast<double>(row.integer(9)),
                                static_cast<double>(row.integer(10)),
                                static_cast<int>(row.integer(11)),
                                row.boolean(12),
                                minutes(13)};
  return record;
}

}  // namespace

std::vector<queue::TicketRecord> read_tickets(const std::filesystem::path& database) {
  return read_database(database, [](db::Transaction& tx) { return tx.all(kTickets, record_of); });
}

}  // namespace matanai::twin
