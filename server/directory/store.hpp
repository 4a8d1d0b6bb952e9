// Reference data in the database (sql/common/0002_directory.sql). Database threads only.
#pragma once

#include <filesystem>

#include "server/db/transaction.hpp"
#include "server/directory/directory.hpp"

namespace matanai::directory {

// Replaces all reference rows by these; the same rows twice change nothing.
void store(db::Transaction& tx, const Tables& tables);
// read_seed and store in one. Throws SeedError.
void import_seed(db::Transaction& tx, const std::filesystem::path& folder);
// False before the first import.
bool has_rows(db::Transaction& tx);
// The snapshot. Throws std::invalid_argument when the rows do not fit together (Directory's
// constructor).
Directory load(db::Transaction& tx);

}  // namespace matanai::directory
