#include "printer/transport/make_transport.hpp"

#include <stdexcept>

#include "printer/transport/posix/file.hpp"
#include "printer/transport/posix/serial.hpp"
#include "printer/transport/posix/usb_device.hpp"
#include "printer/transport/tcp.hpp"

namespace matanai::printer {
namespace {

using Pointer = std::unique_ptr<Transport>;

struct Make {
  const boost::asio::any_io_executor& executor;
  std::string_view spec;

  Pointer operator()(const TcpWire& wire) const {
    return std::make_unique<TcpTransport>(executor, wire.host, wire.port);
  }
  Pointer operator()(const UsbWire& wire) const {
    return std::make_unique<UsbDeviceTransport>(executor, UsbSpec{wire.path, wire.serial});
  }
  Pointer operator()(const SerialWire& wire) const {
    const auto handshake = wire.has_handshake ? Handshake::rts_cts : Handshake::unknown;
    return std::make_unique<SerialTransport>(executor, SerialSpec{wire.path, wire.baud, handshake});
  }
  Pointer operator()(const FileWire& wire) const {
    return std::make_unique<FileTransport>(executor, wire.path);
  }
  template <class WindowsWire>
  Pointer operator()(const WindowsWire&) const {
    throw std::invalid_argument("printer \"" + std::string(spec) + "\": works on Windows only");
  }
};

}  // namespace

Pointer make_transport(boost::asio::any_io_executor executor, std::string_view spec) {
  return std::visit(Make{executor, spec}, parse_wire(spec));
}

}  // namespace matanai::printer
