#include "printer/transport/posix/device_os.hpp"

#include <fcntl.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include <cerrno>

namespace matanai::printer {

int DeviceOs::open(const std::string& path) {
  const int fd = ::open(path.c_str(), O_RDWR | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);
  return fd >= 0 ? fd : -errno;
}

ssize_t DeviceOs::read(int fd, std::span<std::uint8_t> buffer) {
  const auto count = ::read(fd, buffer.data(), buffer.size());
  return count >= 0 ? count : -errno;
}

ssize_t DeviceOs::write(int fd, std::span<const std::uint8_t> bytes) {
  const auto count = ::write(fd, bytes.data(), bytes.size());
  return count >= 0 ? count : -errno;
}

int DeviceOs::ioctl(int fd, unsigned long request, std::uintptr_t argument) {
  const int result = ::ioctl(fd, request, argument);
  return result >= 0 ? result : -errno;
}

DeviceOs& system_os() {
  static DeviceOs os;
  return os;
}

OwnedFd::~OwnedFd() {
  if (fd_ >= 0) ::close(fd_);
}

}  // namespace matanai::printer
