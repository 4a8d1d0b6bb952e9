// From the text in a configuration file to a wire.
//   tcp:HOST[:PORT]                 a network printer, port 9100 unless said otherwise; [::1]:9100
//   usb:/dev/usb/lp0                a USB printer by its device file (Linux)
//   usb:serial=XYZ                  … by the serial number it tells, wherever it is plugged in
//   serial:/dev/ttyUSB0[:BAUD[:none]]  RTS/CTS; 9600 (default) to 115200; none: no handshake
//   (Linux) file:PATH, file:FOLDER/         each ticket replaces PATH, or is numbered in FOLDER
//   (Linux) spool:QUEUE                     a Windows printer queue, RAW (Windows) usbprint:[PATH]
//   the first USB printer, or one by its device path (Windows)
#pragma once

#include <boost/asio/any_io_executor.hpp>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <variant>

#include "printer/transport/transport.hpp"

namespace matanai::printer {

struct TcpWire {
  std::string host;
  std::uint16_t port = 9100;
  bool operator==(const TcpWire&) const = default;
};
struct UsbWire {
  std::string path, serial;  // one of both
  bool operator==(const UsbWire&) const = default;
};
struct SerialWire {
  std::string path;
  int baud = 9600;
  bool has_handshake = true;
  bool operator==(const SerialWire&) const = default;
};
struct FileWire {
  std::string path;
  bool operator==(const FileWire&) const = default;
};
struct SpoolWire {
  std::string queue;
  bool operator==(const SpoolWire&) const = default;
};
struct UsbPrintWire {
  std::string path;  // empty: the first
  bool operator==(const UsbPrintWire&) const = default;
};
using Wire = std::variant<TcpWire, UsbWire, SerialWire, FileWire, SpoolWire, UsbPrintWire>;

// Throws std::invalid_argument that names the text, what is wrong with it and what it may be.
Wire parse_wire(std::string_view spec);

// Opens nothing yet. Throws std::invalid_argument as parse_wire, and for a wire of the other
// operating system.
std::unique_ptr<Transport> make_transport(boost::asio::any_io_executor executor,
                                          std::string_view spec);

}  // namespace matanai::printer
