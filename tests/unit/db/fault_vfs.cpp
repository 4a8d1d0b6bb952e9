#include "tests/unit/db/fault_vfs.hpp"

#include <sqlite3.h>

#include <new>
#include <stdexcept>

namespace matanai::db {
namespace {

Faults the_faults;
sqlite3_vfs* real_vfs = nullptr;
sqlite3_vfs fault_vfs;

// What SQLite holds for one open file: our methods, and the real file right behind.
struct File {
  sqlite3_file base;
  bool is_wal;
};

sqlite3_file* real(sqlite3_file* file) {
  return reinterpret_cast<sqlite3_file*>(reinterpret_cast<char*>(file) + sizeof(File));
}

int close_file(sqlite3_file* file) { return real(file)->pMethods->xClose(real(file)); }
int read_file(sqlite3_file* file, void* out, int size, sqlite3_int64 at) {
  return real(file)->pMethods->xRead(real(file), out, size, at);
}
int write_file(sqlite3_file* file, const void* bytes, int size, sqlite3_int64 at) {
  sqlite3_int64 end = 0;
  if (the_faults.is_disk_full) {
    const int code = real(file)->pMethods->xFileSize(real(file), &end);
    if (code != SQLITE_OK) return code;
    if (at + size > end) return SQLITE_FULL;
  }
  return real(file)->pMethods->xWrite(real(file), bytes, size, at);
}
int truncate_file(sqlite3_file* file, sqlite3_int64 size) {
  return real(file)->pMethods->xTruncate(real(file), size);
}
int sync_file(sqlite3_file* file, int flags) {
  if (the_faults.is_sync_broken) return SQLITE_IOERR_FSYNC;
  if (reinterpret_cast<File*>(file)->is_wal) ++the_faults.wal_syncs;
  return real(file)->pMethods->xSync(real(file), flags);
}
int file_size(sqlite3_file* file, sqlite3_int64* out) {
  return real(file)->pMethods->xFileSize(real(file), out);
}
int lock_file(sqlite3_file* file, int level) {
  return real(file)->pMethods->xLock(real(file), level);
}
int unlock_file(sqlite3_file* file, int level) {
  return real(file)->pMethods->xUnlock(real(file), level);
}
int check_lock(sqlite3_file* file, int* out) {
  return real(file)->pMethods->xCheckReservedLock(real(file), out);
}
int control(sqlite3_file* file, int what, void* value) {
  return real(file)->pMethods->xFileControl(real(file), what, value);
}
int sector_size(sqlite3_file* file) { return real(file)->pMethods->xSectorSize(real(file)); }
int characteristics(sqlite3_file* file) {
  return real(file)->pMethods->xDeviceCharacteristics(real(file));
}
int shm_map(sqlite3_file* file, int page, int size, int extend, void volatile** out) {
  return real(file)->pMethods->xShmMap(real(file), page, size, extend, out);
}
int shm_lock(sqlite3_file* file, int offset, int count, int flags) {
  return real(file)->pMethods->xShmLock(real(file), offset, count, flags);
}
void shm_barrier(sqlite3_file* file) { real(file)->pMethods->xShmBarrier(real(file)); }
int shm_unmap(sqlite3_file* file, int remove) {
  return real(file)->pMethods->xShmUnmap(real(file), remove);
}

const sqlite3_io_methods kMethods = {
    2,         close_file,  read_file,  write_file, truncate_file, sync_file,       file_size,
    lock_file, unlock_file, check_lock, control,    sector_size,   characteristics, shm_map,
    shm_lock,  shm_barrier, shm_unmap,  nullptr,    nullptr,
};

int open_file(sqlite3_vfs*, const char* name, sqlite3_file* out, int flags, int* out_flags) {
  auto* file = new (out) File{{nullptr}, (flags & SQLITE_OPEN_WAL) != 0};
  const int code = real_vfs->xOpen(real_vfs, name, real(out), flags, out_flags);
  if (real(out)->pMethods != nullptr) file->base.pMethods = &kMethods;
  return code;
}

}  // namespace

FaultVfs::FaultVfs() {
  real_vfs = sqlite3_vfs_find("unix");
  fault_vfs = *real_vfs;
  fault_vfs.zName = "matanai-faults";
  fault_vfs.szOsFile = static_cast<int>(sizeof(File)) + real_vfs->szOsFile;
  fault_vfs.xOpen = open_file;
  fault_vfs.pNext = nullptr;
  faults().is_sync_broken = false;
  faults().is_disk_full = false;
  faults().wal_syncs = 0;
  if (sqlite3_vfs_register(&fault_vfs, 1) != SQLITE_OK)
    throw std::runtime_error("cannot register the file layer");
}

FaultVfs::~FaultVfs() {
  sqlite3_vfs_unregister(&fault_vfs);
  sqlite3_vfs_register(real_vfs, 1);
}

Faults& FaultVfs::faults() { return the_faults; }

}  // namespace matanai::db
