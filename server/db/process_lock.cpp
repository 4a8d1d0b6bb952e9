#include "server/db/process_lock.hpp"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <string>
#include <system_error>

#include "server/db/start_error.hpp"

namespace matanai::db {
namespace {

// The process that wrote itself into the lock file, for the message only.
std::string holder_of(int descriptor) {
  std::array<char, 24> text{};
  const auto size = ::pread(descriptor, text.data(), text.size(), 0);
  std::string digits;
  for (ssize_t at = 0; at < size; ++at) {
    const char letter = text[static_cast<std::size_t>(at)];
    if (letter < '0' || letter > '9') break;
    digits += letter;
  }
  return digits.empty() ? "another process" : "process " + digits;
}

}  // namespace

ProcessLock::ProcessLock(const std::filesystem::path& database_file) {
  const std::string name = database_file.string() + ".lock";
  descriptor_ = ::open(name.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  if (descriptor_ < 0)
    throw StartError("cannot create " + name + ": " + std::generic_category().message(errno));
  if (::flock(descriptor_, LOCK_EX | LOCK_NB) != 0) {
    const int error = errno;
    const std::string holder = holder_of(descriptor_);
    ::close(descriptor_);
    if (error != EWOULDBLOCK)
      throw StartError("cannot lock " + name + ": " + std::generic_category().message(error));
    throw StartError("the database " + database_file.string() + " is in use by " + holder +
                     ": stop that one first, or choose another data folder");
  }
  const std::string process = std::to_string(::getpid()) + "\n";
  if (::ftruncate(descriptor_, 0) == 0) {
    [[maybe_unused]] const auto written = ::pwrite(descriptor_, process.data(), process.size(), 0);
  }
}

ProcessLock::~ProcessLock() { ::close(descriptor_); }

}  // namespace matanai::db
