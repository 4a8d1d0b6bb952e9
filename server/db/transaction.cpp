#include "server/db/transaction.hpp"

#include <sqlite3.h>

#include "server/db/connection.hpp"

namespace matanai::db {

bool Row::is_null(int column) const {
  return sqlite3_column_type(statement_, column) == SQLITE_NULL;
}

std::int64_t Row::integer(int column) const { return sqlite3_column_int64(statement_, column); }

double Row::real(int column) const { return sqlite3_column_double(statement_, column); }

std::string Row::text(int column) const {
  const auto* bytes = reinterpret_cast<const char*>(sqlite3_column_text(statement_, column));
  if (bytes == nullptr) return {};
  return {bytes, static_cast<std::size_t>(sqlite3_column_bytes(statement_, column))};
}

std::optional<Instant> Row::optional_instant(int column) const {
  if (is_null(column)) return std::nullopt;
  return instant(column);
}

std::optional<std::string> Row::optional_text(int column) const {
  if (is_null(column)) return std::nullopt;
  return text(column);
}

std::int64_t Transaction::execute(std::string_view sql, std::span<const Parameter> parameters,
                                  const RowUse* use) {
  return connection_.execute(sql, parameters, use);
}

std::int64_t Transaction::last_insert_id() const { return connection_.last_insert_id(); }

}  // namespace matanai::db
