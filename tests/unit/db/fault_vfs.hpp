// A SQLite file layer that fails on order: syncs that report an I/O error, and a disk with a fixed
// number of bytes left. Registered as the default while the object lives; one at a time.
#pragma once

#include <atomic>
#include <cstdint>

namespace matanai::db {

struct Faults {
  std::atomic<bool> is_sync_broken{false};
  std::atomic<bool> is_disk_full{false};  // writes beyond the present end of a file fail
  std::atomic<int> wal_syncs{0};          // that went well
};

class FaultVfs {
 public:
  FaultVfs();
  ~FaultVfs();
  FaultVfs(const FaultVfs&) = delete;
  FaultVfs& operator=(const FaultVfs&) = delete;
  Faults& faults();
};

}  // namespace matanai::db
