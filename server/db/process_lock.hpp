// One process per database file: an advisory lock on <file>.lock, held as long as the object lives
// and gone with the process however it dies. The lock file stays behind, that means nothing.
#pragma once

#include <filesystem>

namespace matanai::db {

class ProcessLock {
 public:
  // Throws StartError that names the file (and the process that holds it) when it is taken or
  // cannot be made.
  explicit ProcessLock(const std::filesystem::path& database_file);
  ~ProcessLock();
  ProcessLock(const ProcessLock&) = delete;
  ProcessLock& operator=(const ProcessLock&) = delete;

 private:
  int descriptor_ = -1;
};

}  // namespace matanai::db
