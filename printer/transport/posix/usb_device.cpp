#include "printer/transport/posix/usb_device.hpp"

#include <fcntl.h>
#include <linux/lp.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <boost/asio/error.hpp>
#include <cerrno>
#include <fstream>
#include <memory>
#include <mutex>
#include <vector>

namespace matanai::printer {
namespace asio = boost::asio;
namespace fs = std::filesystem;
using ErrorCode = boost::system::error_code;

// The worker writes it, the executor's thread reads it.
struct UsbDeviceTransport::Found {
  std::atomic<bool> is_two_way = true;

  UsbIdentity identity() {
    const std::lock_guard lock(mutex_);
    return identity_;
  }
  void set_identity(UsbIdentity identity) {
    const std::lock_guard lock(mutex_);
    identity_ = std::move(identity);
  }

 private:
  std::mutex mutex_;
  UsbIdentity identity_;
};

namespace {

constexpr std::chrono::milliseconds kStatusDeadline{500};
constexpr int kStaleReads = 64;

ErrorCode system_error(int code) { return {code, boost::system::system_category()}; }

std::string first_line(const fs::path& file) {
  std::ifstream stream(file);
  std::string line;
  std::getline(stream, line);
  return line;
}

// lp0's `device` is the USB interface; the device above it has the serial number.
UsbIdentity identity_of(const fs::path& sysfs, const std::string& name) {
  const auto device = sysfs / "class/usbmisc" / name / "device";
  return {first_line(device / "../serial"), first_line(device / "ieee1284_id")};
}

// The names (lp0, lp1 …) of the USB printers that are plugged in, in order.
std::vector<std::string> printers(const fs::path& sysfs) {
  std::vector<std::string> names;
  std::error_code error;
  for (fs::directory_iterator entry(sysfs / "class/usbmisc", error), end; !error && entry != end;
       entry.increment(error)) {
    const auto name = entry->path().filename().string();
    if (name.starts_with("lp")) names.push_back(name);
  }
  std::sort(names.begin(), names.end());
  return names;
}

// The same printer: by serial number, else by what it says it is.
bool is_same(const UsbIdentity& wanted, const UsbIdentity& found) {
  if (!wanted.serial.empty()) return found.serial == wanted.serial;
  return found.device_id == wanted.device_id;
}

// Where the printer is now: by what is known of it, else at the path that was configured.
std::string find_path(const UsbSpec& spec, UsbIdentity known, const DeviceOs& os) {
  if (!spec.serial.empty()) known = {spec.serial, ""};
  if (known.is_known()) {
    std::vector<std::string> same;
    for (const auto& name : printers(os.sysfs())) {
      if (is_same(known, identity_of(os.sysfs(), name)))
        same.push_back((os.usb_folder() / name).string());
    }
    std::error_code ignored;
    const auto configured = fs::weakly_canonical(spec.path, ignored).string();
    const bool is_there = std::find(same.begin(), same.end(), configured) != same.end();
    if (!same.empty()) return is_there ? configured : same.front();
  }
  return spec.path;
}

// What came before this connection answers nobody's question. Tells a one-way port too.
bool drain(DeviceOs& os, int fd) {
  std::array<std::uint8_t, 256> buffer{};
  for (int i = 0; i < kStaleReads; ++i) {
    const auto count = os.read(fd, buffer);
    if (count == -EINVAL) return false;
    if (count <= 0 && count != -EIO) return true;
  }
  return true;
}

PortStatus port_status_of(int bits) {
  return {.is_paper_out = (bits & LP_POUTPA) != 0,
          .is_offline = (bits & LP_PSELECD) == 0,
          .has_error = (bits & LP_PERRORP) == 0};
}

}  // namespace

UsbDeviceTransport::UsbDeviceTransport(asio::any_io_executor executor, UsbSpec spec, DeviceOs& os)
    : DeviceTransport(std::move(executor), os),
      spec_(std::move(spec)),
      found_(std::make_shared<Found>()) {}

DeviceTransport::Opener UsbDeviceTransport::make_opener() {
  return [spec = spec_, found = found_, &os = os()](OwnedFd& fd) {
    const auto path = find_path(spec, found->identity(), os);
    if (path.empty()) return system_error(ENODEV);
    const int opened = os.open(path);
    if (opened < 0) return system_error(-opened);
    fd = OwnedFd(opened);
    // Without paper the kernel then gives up instead of waiting for ever.
    os.ioctl(fd.get(), LPABORT, 1);
    std::error_code ignored;
    const auto name = fs::weakly_canonical(path, ignored).filename().string();
    found->set_identity(identity_of(os.sysfs(), name));
    found->is_two_way = drain(os, fd.get());
    return ErrorCode();
  };
}

bool UsbDeviceTransport::is_two_way() const { return found_->is_two_way; }
void UsbDeviceTransport::on_one_way() { found_->is_two_way = false; }

asio::awaitable<std::optional<PortStatus>> UsbDeviceTransport::port_status(
    std::chrono::milliseconds deadline) {
  if (!is_open()) co_return std::nullopt;
  // A second descriptor: the first may be closed, and its number used anew, while this one waits.
  auto twin = std::make_shared<OwnedFd>(::fcntl(fd(), F_DUPFD_CLOEXEC, 0));
  std::function<std::optional<int>()> job = [twin, &os = os()]() -> std::optional<int> {
    int bits = 0;
    if (os.ioctl(twin->get(), LPGETSTATUS, reinterpret_cast<std::uintptr_t>(&bits)) < 0)
      return std::nullopt;
    return bits;
  };
  twin.reset();
  const auto answer = co_await worker().run(std::move(job), deadline);
  if (!answer || !*answer) co_return std::nullopt;
  co_return port_status_of(**answer);
}

asio::awaitable<ErrorCode> UsbDeviceTransport::why_stalled() {
  const auto status = co_await port_status(kStatusDeadline);
  if (status && status->is_paper_out) {
    co_return make_error_code(boost::system::errc::no_space_on_device);
  }
  co_return asio::error::timed_out;
}

asio::awaitable<ErrorCode> UsbDeviceTransport::finish(std::chrono::milliseconds deadline) {
  if (!is_open()) co_return asio::error::bad_descriptor;
  const auto before = generation();
  if (co_await wait_writable(Clock::now() + deadline)) co_return ErrorCode();
  if (before != generation()) co_return asio::error::operation_aborted;
  co_return asio::error::timed_out;
}

std::string UsbDeviceTransport::name() const {
  return spec_.path.empty() ? "USB printer " + spec_.serial : spec_.path;
}

}  // namespace matanai::printer
