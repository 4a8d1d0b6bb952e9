#include "server/db/durable_file.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <stdexcept>
#include <string>
#include <system_error>

namespace matanai::db {
namespace {

namespace fs = std::filesystem;

[[noreturn]] void fail(const fs::path& file, const char* what, int error) {
  throw std::runtime_error("cannot " + std::string(what) + " " + file.string() + ": " +
                           std::generic_category().message(error));
}

class Handle {
 public:
  Handle(const fs::path& file, int flags, mode_t mode = 0)
      : descriptor_(::open(file.c_str(), flags | O_CLOEXEC, mode)) {}
  ~Handle() {
    if (descriptor_ >= 0) ::close(descriptor_);
  }
  Handle(const Handle&) = delete;
  Handle& operator=(const Handle&) = delete;
  int get() const { return descriptor_; }

 private:
  int descriptor_;
};

// 0, or the errno of what went wrong.
int write_all(int descriptor, std::string_view bytes) {
  while (!bytes.empty()) {
    const auto count = ::write(descriptor, bytes.data(), bytes.size());
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) return errno;
    bytes.remove_prefix(static_cast<std::size_t>(count));
  }
  return 0;
}

void sync_folder_of(const fs::path& file) {
  const auto folder = file.has_parent_path() ? file.parent_path() : fs::path(".");
  const Handle handle(folder, O_RDONLY | O_DIRECTORY);
  if (handle.get() < 0 || ::fsync(handle.get()) != 0) fail(folder, "sync", errno);
}

}  // namespace

void write_durably(const fs::path& file, std::string_view bytes, mode_t mode) {
  const fs::path fresh = file.string() + ".new";
  {
    const Handle handle(fresh, O_WRONLY | O_CREAT | O_TRUNC, mode);
    if (handle.get() < 0) fail(fresh, "create", errno);
    // A file left by a run that died keeps its mode, and umask takes from a new one's.
    if (::fchmod(handle.get(), mode) != 0) fail(fresh, "protect", errno);
    if (const int error = write_all(handle.get(), bytes)) fail(fresh, "write", error);
    if (::fsync(handle.get()) != 0) fail(fresh, "sync", errno);
  }
  if (::rename(fresh.c_str(), file.c_str()) != 0) fail(file, "replace", errno);
  sync_folder_of(file);
}

void remove_durably(const fs::path& file) {
  if (::unlink(file.c_str()) != 0) {
    if (errno == ENOENT) return;
    fail(file, "remove", errno);
  }
  sync_folder_of(file);
}

}  // namespace matanai::db
