// A USB printer by the kernel's usblp driver (/dev/usb/lp*). Reads, writes and waits like a socket;
// after the printer was unplugged or switched off, open() finds it again by its serial number,
// whatever minor number it has now. One opener at a time: open() says device_or_resource_busy when
// another program holds it (CUPS). Not for libusb. Thread rule: transport.hpp.
#pragma once

#include <memory>
#include <optional>
#include <string>

#include "printer/transport/posix/device_transport.hpp"

namespace matanai::printer {

// One of both: the device file, or the serial number that the printer tells.
struct UsbSpec {
  std::string path;
  std::string serial;
};

// What tells one printer from another, as far as it says so.
struct UsbIdentity {
  std::string serial;
  std::string device_id;  // IEEE 1284: "MFG:EPSON;MDL:TM-T88VI;…"
  bool is_known() const { return !serial.empty() || !device_id.empty(); }
  bool operator==(const UsbIdentity&) const = default;
};

class UsbDeviceTransport final : public DeviceTransport {
 public:
  UsbDeviceTransport(boost::asio::any_io_executor executor, UsbSpec spec,
                     DeviceOs& os = system_os());
  ~UsbDeviceTransport() override { close(); }

  bool is_two_way() const override;
  // Waits until the last piece has left for the printer: closing earlier would take it back.
  boost::asio::awaitable<boost::system::error_code> finish(
      std::chrono::milliseconds deadline) override;
  // The printer's port status byte; a control transfer that may hang for 5 s and, on some printers,
  // gets mixed into data under way: not for polling.
  boost::asio::awaitable<std::optional<PortStatus>> port_status(
      std::chrono::milliseconds deadline) override;
  // "/dev/usb/lp0", "USB printer XYZ".
  std::string name() const override;

 private:
  struct Found;
  Opener make_opener() override;
  boost::asio::awaitable<ErrorCode> why_stalled() override;
  void on_one_way() override;

  UsbSpec spec_;
  std::shared_ptr<Found> found_;  // by the last opening that succeeded
};

}  // namespace matanai::printer
