// Reference data from the CSV files that an operator edits (schema/seed/<city>): UTF-8, a header
// row, RFC 4180. Not for open-data exports. Reads files; any thread.
#pragma once

#include <filesystem>
#include <stdexcept>

#include "server/directory/directory.hpp"

namespace matanai::directory {

// "windows.csv:12: group: unknown group Q"
struct SeedError : std::runtime_error {
  using std::runtime_error::runtime_error;
};

// Reads and checks all files of the folder. Throws SeedError naming file, line and column of the
// first fault.
Tables read_seed(const std::filesystem::path& folder);

}  // namespace matanai::directory
