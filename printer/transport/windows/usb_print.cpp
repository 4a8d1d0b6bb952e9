#include "printer/transport/windows/usb_print.hpp"

#include <windows.h>
#include <winioctl.h>
// The order matters.
#include <setupapi.h>
#include <usbprint.h>

#include <algorithm>
#include <boost/asio/error.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <memory>
#include <utility>

#include "printer/transport/watchdog.hpp"
#include "printer/transport/windows/text.hpp"

namespace matanai::printer {
namespace asio = boost::asio;
using ErrorCode = boost::system::error_code;

namespace {

// GUID_DEVINTERFACE_USBPRINT
constexpr GUID kUsbPrint = {
    0x28d78fad, 0x5a12, 0x11d1, {0xae, 0x5b, 0x00, 0x00, 0xf8, 0x03, 0xa8, 0xc2}};
constexpr std::size_t kPiece = 4096;
constexpr DWORD kControlMs = 5000;
// Bits of the port status byte (USB printer class, GET_PORT_STATUS).
constexpr BYTE kNoError = 0x08, kSelected = 0x10, kPaperEmpty = 0x20;

struct CloseHandleOf {
  void operator()(HANDLE handle) const { CloseHandle(handle); }
};
using OwnedHandle = std::unique_ptr<void, CloseHandleOf>;

struct Opened {
  ErrorCode error;
  OwnedHandle handle;
};

std::shared_ptr<Opened> open_device(std::string path) {
  auto opened = std::make_shared<Opened>();
  if (path.empty()) {
    const auto all = usb_printers();
    if (all.empty()) {
      opened->error = make_error_code(boost::system::errc::no_such_device);
      return opened;
    }
    path = all.front();
  }
  const HANDLE handle = CreateFileW(to_wide(path).c_str(), GENERIC_READ | GENERIC_WRITE,
                                    FILE_SHARE_READ | FILE_SHARE_WRITE, nullptr, OPEN_EXISTING,
                                    FILE_FLAG_OVERLAPPED, nullptr);
  if (handle == INVALID_HANDLE_VALUE) opened->error = last_error();
  if (handle != INVALID_HANDLE_VALUE) opened->handle.reset(handle);
  return opened;
}

// A control transfer; on a handle of its own, since it may hang.
std::optional<BYTE> ask_port(HANDLE device) {
  const OwnedHandle event(CreateEventW(nullptr, TRUE, FALSE, nullptr));
  OVERLAPPED overlapped{};
  // The low bit keeps the completion away from Asio's port.
  overlapped.hEvent = reinterpret_cast<HANDLE>(reinterpret_cast<std::uintptr_t>(event.get()) | 1);
  BYTE bits = 0;
  DWORD count = 0;
  if (!DeviceIoControl(device, IOCTL_USBPRINT_GET_LPT_STATUS, nullptr, 0, &bits, sizeof bits,
                       &count, &overlapped)) {
    if (GetLastError() != ERROR_IO_PENDING) return std::nullopt;
    if (WaitForSingleObject(event.get(), kControlMs) != WAIT_OBJECT_0)
      CancelIoEx(device, &overlapped);
    if (!GetOverlappedResult(device, &overlapped, &count, TRUE)) return std::nullopt;
  }
  return bits;
}

}  // namespace

UsbPrintTransport::UsbPrintTransport(asio::any_io_executor executor, std::string path)
    : path_(std::move(path)), handle_(executor), worker_(executor) {}

UsbPrintTransport::~UsbPrintTransport() { close(); }

bool UsbPrintTransport::is_open() const { return handle_.is_open(); }

asio::awaitable<ErrorCode> UsbPrintTransport::open(std::chrono::milliseconds deadline) {
  if (is_open()) co_return ErrorCode();
  const auto generation = ++generation_;
  std::function<std::shared_ptr<Opened>()> job = [path = path_] { return open_device(path); };
  const auto answer = co_await worker_.run(std::move(job), deadline);
  if (generation != generation_) co_return asio::error::operation_aborted;
  if (!answer) co_return asio::error::timed_out;
  auto& opened = **answer;
  if (opened.error) co_return opened.error;
  ErrorCode error;
  handle_.assign(opened.handle.get(), error);
  if (!error) static_cast<void>(opened.handle.release());
  co_return error;
}

void UsbPrintTransport::close() {
  ++generation_;
  ErrorCode ignored;
  if (is_open()) handle_.close(ignored);
}

asio::awaitable<WriteResult> UsbPrintTransport::write(std::span<const std::uint8_t> bytes,
                                                      std::chrono::milliseconds stall) {
  WriteResult result;
  while (result.accepted < bytes.size()) {
    const auto piece =
        bytes.subspan(result.accepted, std::min(kPiece, bytes.size() - result.accepted));
    Watchdog watchdog(handle_.get_executor(), stall, [this] { close(); });
    const auto count =
        co_await handle_.async_write_some(asio::buffer(piece.data(), piece.size()),
                                          asio::redirect_error(asio::use_awaitable, result.error));
    // A piece that was taken back may have gone in part.
    result.accepted += result.error ? piece.size() : count;
    if (watchdog.has_fired()) result.error = asio::error::timed_out;
    if (result.error) co_return result;
  }
  co_return result;
}

asio::awaitable<ReadResult> UsbPrintTransport::read(std::span<std::uint8_t> buffer) {
  ReadResult result;
  while (!result.error && result.bytes == 0) {
    result.bytes =
        co_await handle_.async_read_some(asio::buffer(buffer.data(), buffer.size()),
                                         asio::redirect_error(asio::use_awaitable, result.error));
    if (result.error || result.bytes > 0) break;
    // Some printers answer "nothing" instead of waiting.
    asio::steady_timer pause(handle_.get_executor(), std::chrono::milliseconds(20));
    ErrorCode ignored;
    co_await pause.async_wait(asio::redirect_error(asio::use_awaitable, ignored));
  }
  co_return result;
}

asio::awaitable<ErrorCode> UsbPrintTransport::finish(std::chrono::milliseconds) {
  co_return is_open() ? ErrorCode() : ErrorCode(asio::error::bad_descriptor);
}

asio::awaitable<std::optional<PortStatus>> UsbPrintTransport::port_status(
    std::chrono::milliseconds deadline) {
  if (!is_open()) co_return std::nullopt;
  HANDLE twin = nullptr;
  if (!DuplicateHandle(GetCurrentProcess(), handle_.native_handle(), GetCurrentProcess(), &twin, 0,
                       FALSE, DUPLICATE_SAME_ACCESS))
    co_return std::nullopt;
  std::function<std::optional<BYTE>()> job = [owned = std::shared_ptr<void>(twin, CloseHandle)] {
    return ask_port(owned.get());
  };
  const auto answer = co_await worker_.run(std::move(job), deadline);
  if (!answer || !*answer) co_return std::nullopt;
  const BYTE bits = **answer;
  co_return PortStatus{.is_paper_out = (bits & kPaperEmpty) != 0,
                       .is_offline = (bits & kSelected) == 0,
                       .has_error = (bits & kNoError) == 0};
}

std::string UsbPrintTransport::name() const {
  return path_.empty() ? "the first USB printer" : path_;
}

std::vector<std::string> usb_printers() {
  std::vector<std::string> paths;
  const HDEVINFO set =
      SetupDiGetClassDevsW(&kUsbPrint, nullptr, nullptr, DIGCF_PRESENT | DIGCF_DEVICEINTERFACE);
  if (set == INVALID_HANDLE_VALUE) return paths;
  SP_DEVICE_INTERFACE_DATA found{};
  found.cbSize = sizeof found;
  for (DWORD i = 0; SetupDiEnumDeviceInterfaces(set, nullptr, &kUsbPrint, i, &found); ++i) {
    DWORD needed = 0;
    SetupDiGetDeviceInterfaceDetailW(set, &found, nullptr, 0, &needed, nullptr);
    std::vector<std::uint64_t> buffer(needed / sizeof(std::uint64_t) + 1);
    auto* detail = reinterpret_cast<SP_DEVICE_INTERFACE_DETAIL_DATA_W*>(buffer.data());
    detail->cbSize = sizeof(SP_DEVICE_INTERFACE_DETAIL_DATA_W);
    if (SetupDiGetDeviceInterfaceDetailW(set, &found, detail, needed, nullptr, nullptr))
      paths.push_back(to_utf8(detail->DevicePath));
  }
  SetupDiDestroyDeviceInfoList(set);
  return paths;
}

}  // namespace matanai::printer
