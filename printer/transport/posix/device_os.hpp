// The calls a device file needs, as a seam: a test is the kernel's driver and has no printer. What
// open() returns must be a real descriptor that poll() understands (a socket or a pty in tests).
// Results are those of the system calls, with -errno for errors. Any thread.
#pragma once

#include <sys/types.h>

#include <cstdint>
#include <filesystem>
#include <span>
#include <string>
#include <utility>

namespace matanai::printer {

class DeviceOs {
 public:
  virtual ~DeviceOs() = default;
  // For reading and writing, never waiting: not for a carrier either.
  virtual int open(const std::string& path);
  virtual ssize_t read(int fd, std::span<std::uint8_t> buffer);
  virtual ssize_t write(int fd, std::span<const std::uint8_t> bytes);
  virtual int ioctl(int fd, unsigned long request, std::uintptr_t argument);
  // Where the kernel tells about devices, and where the device files of USB printers are.
  virtual std::filesystem::path sysfs() const { return "/sys"; }
  virtual std::filesystem::path usb_folder() const { return "/dev/usb"; }
};

// The kernel itself. Lives as long as the program.
DeviceOs& system_os();

// A descriptor that is closed when nobody holds it.
class OwnedFd {
 public:
  explicit OwnedFd(int fd = -1) : fd_(fd) {}
  ~OwnedFd();
  OwnedFd(OwnedFd&& other) noexcept : fd_(other.release()) {}
  OwnedFd& operator=(OwnedFd&& other) noexcept {
    std::swap(fd_, other.fd_);
    return *this;
  }
  int get() const { return fd_; }
  int release() { return std::exchange(fd_, -1); }

 private:
  int fd_;
};

}  // namespace matanai::printer
