#include "printer/transport/make_system_transport.hpp"

#include "printer/transport/posix/file.hpp"
#include "printer/transport/posix/serial.hpp"
#include "printer/transport/posix/usb_device.hpp"

namespace matanai::printer {

const std::string_view kOtherSystem = "Windows";

std::unique_ptr<Transport> make_system_transport(const boost::asio::any_io_executor& executor,
                                                 const Wire& wire) {
  if (const auto* usb = std::get_if<UsbWire>(&wire))
    return std::make_unique<UsbDeviceTransport>(executor, UsbSpec{usb->path, usb->serial});
  if (const auto* serial = std::get_if<SerialWire>(&wire)) {
    const auto handshake = serial->has_handshake ? Handshake::rts_cts : Handshake::unknown;
    return std::make_unique<SerialTransport>(executor,
                                             SerialSpec{serial->path, serial->baud, handshake});
  }
  if (const auto* file = std::get_if<FileWire>(&wire))
    return std::make_unique<FileTransport>(executor, file->path);
  return nullptr;
}

}  // namespace matanai::printer
