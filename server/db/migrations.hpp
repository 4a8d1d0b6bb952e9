// Brings a database file to the program's tables: numbered SQL files in sets, each applied once in
// its own transaction and remembered with its SHA-256. Start-up only, before any other thread uses
// the connection.
#pragma once

#include <chrono>
#include <span>
#include <string>
#include <vector>

#include "schema/types/embedded.hpp"
#include "schema/types/time.hpp"
#include "server/db/connection.hpp"

namespace matanai::db {

// Applies what is missing of `sets`, in this order; `files` are named
// "sql/<set>/<NNNN>_<name>.sql". Throws StartError: a set unknown to the program, numbers that
// leave a gap, a file that changed after it was applied, a database that a newer program or another
// role has used. Nothing of a failing file is kept.
void migrate(Connection& connection, const std::vector<std::string>& sets,
             std::span<const embedded::File> files, Instant now);

}  // namespace matanai::db
