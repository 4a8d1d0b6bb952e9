// The usblp driver with one printer, as the device transport sees it: a socket pair instead of the
// device file, and the driver's errors on demand. A folder plays /sys and /dev.
#pragma once

#include <fcntl.h>
#include <linux/lp.h>

#include <atomic>
#include <deque>
#include <filesystem>
#include <fstream>
#include <mutex>

#include "printer/transport/posix/device_os.hpp"
#include "transport_support.hpp"

namespace matanai::printer::testing_support {

class FakeUsblp final : public DeviceOs {
 public:
  FakeUsblp() {
    std::string pattern = (std::filesystem::temp_directory_path() / "usblp-XXXXXX").string();
    root_ = ::mkdtemp(pattern.data());
    std::filesystem::create_directories(root_ / "dev");
    std::filesystem::create_directories(root_ / "sys/class/usbmisc");
  }
  ~FakeUsblp() override { std::filesystem::remove_all(root_); }

  // ---- the world: who is plugged in where ----
  std::string plug(const std::string& name, const std::string& serial,
                   const std::string& device_id = "MFG:EPSON;MDL:TM-T88VI;") {
    const auto device = root_ / "sys/devices" / ("1-" + name) / ("1-" + name + ":1.0");
    std::filesystem::create_directories(device);
    if (!serial.empty()) std::ofstream(device / "../serial") << serial << '\n';
    std::ofstream(device / "ieee1284_id") << device_id << '\n';
    std::filesystem::create_directories(root_ / "sys/class/usbmisc" / name);
    std::filesystem::create_symlink(device, root_ / "sys/class/usbmisc" / name / "device");
    std::ofstream(root_ / "dev" / name) << "";
    return (root_ / "dev" / name).string();
  }
  void unplug(const std::string& name) {
    std::filesystem::remove_all(root_ / "sys/class/usbmisc" / name);
    std::filesystem::remove_all(root_ / "sys/devices" / ("1-" + name));
    std::filesystem::remove(root_ / "dev" / name);
    is_gone = true;
    if (printer.get() >= 0) ::shutdown(printer.get(), SHUT_RDWR);
  }
  std::string path(const std::string& name) const { return (root_ / "dev" / name).string(); }

  // ---- the driver ----
  int open(const std::string& device) override {
    opened.push_back(std::filesystem::path(device).filename().string());
    if (open_error != 0) return -open_error;
    if (!std::filesystem::exists(device)) return -ENOENT;
    int ends[2];
    ::socketpair(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0, ends);
    printer = OwnedFd(ends[1]);
    is_gone = false;
    if (!stale.empty()) answer(stale);
    return ends[0];
  }
  ssize_t read(int fd, std::span<std::uint8_t> buffer) override {
    if (is_gone) return -ENODEV;
    if (is_one_way) return -EINVAL;
    if (read_errors > 0) {
      --read_errors;
      return -EIO;
    }
    return DeviceOs::read(fd, buffer);
  }
  ssize_t write(int fd, std::span<const std::uint8_t> bytes) override {
    if (is_gone) return -ENODEV;
    if (write_error != 0) return -write_error;
    if (is_full) return -EAGAIN;
    if (left == 0) return -fails_with;
    const auto piece = std::min({bytes.size(), longest, left});
    const auto count = DeviceOs::write(fd, bytes.first(piece));
    if (count > 0 && left != SIZE_MAX) left -= static_cast<std::size_t>(count);
    return count;
  }
  int ioctl(int, unsigned long request, std::uintptr_t argument) override {
    if (request == LPABORT) aborts = argument == 1;
    if (request != LPGETSTATUS) return 0;
    if (status_hangs) {
      const std::lock_guard wait(hang);
      return -EIO;
    }
    *reinterpret_cast<int*>(argument) = status;
    return 0;
  }
  std::filesystem::path sysfs() const override { return root_ / "sys"; }
  std::filesystem::path usb_folder() const override { return root_ / "dev"; }

  // The printer's side.
  Bytes received() { return take(printer.get()); }
  void answer(const Bytes& bytes) {
    ASSERT_EQ(::write(printer.get(), bytes.data(), bytes.size()),
              static_cast<ssize_t>(bytes.size()));
  }

  OwnedFd printer;
  std::deque<std::string> opened;
  Bytes stale;  // waits in the printer when it is opened
  int open_error = 0;
  int write_error = 0;
  std::size_t left = SIZE_MAX;  // bytes taken before `fails_with`
  int fails_with = ENODEV;
  std::size_t longest = SIZE_MAX;  // bytes per write
  int read_errors = 0;
  bool is_one_way = false;
  bool is_full = false;
  std::atomic<bool> is_gone = false;
  std::atomic<bool> aborts = false;
  std::atomic<int> status = LP_PSELECD | LP_PERRORP;
  std::atomic<bool> status_hangs = false;
  std::mutex hang;  // held by the test while LPGETSTATUS hangs

 private:
  std::filesystem::path root_;
};

}  // namespace matanai::printer::testing_support
