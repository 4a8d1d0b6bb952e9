// The event log of an office database, read as days for the engine. Reads only; one thread.
#pragma once

#include <exception>
#include <filesystem>
#include <stdexcept>
#include <string>
#include <vector>

#include "server/db/connection.hpp"
#include "server/db/transaction.hpp"
#include "server/twin/office_log.hpp"

namespace matanai::twin {

// What `read` finds in the database of an office, which is only read; its server may go on. Throws
// std::runtime_error that names the file: it cannot be read, or is no office's database.
template <class Read>
auto read_database(const std::filesystem::path& file, const Read& read) {
  if (!std::filesystem::is_regular_file(file))
    throw std::runtime_error("cannot read " + file.string());
  try {
    db::Connection connection(file, db::Connection::Mode::read_only);
    db::Transaction tx(connection);
    return read(tx);
  } catch (const std::exception& error) {
    throw std::runtime_error(file.string() + " is no office's database: " + error.what());
  }
}

// Offices that have tickets.
std::vector<std::string> offices_with_tickets(db::Transaction& tx);

// Every day of `office` on which somebody was called, oldest first. A window's intervals come from
// its opened, closed, paused and resumed events; as it closes only when nobody is there any more,
// an interval that ends with a service is cut in that service's middle, when closing was probably
// due. Windows serve the groups of the directory's window; without one, those they called.
// No-shows are known as long as the office keeps the day's reservations (some days: they are
// personal).
OfficeLog read_office_log(db::Transaction& tx, const std::string& office);

}  // namespace matanai::twin
