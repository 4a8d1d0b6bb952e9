#include "printer/transport/make_transport.hpp"

#include <stdexcept>

#include "printer/transport/tcp.hpp"
#include "printer/transport/windows/spool_queue.hpp"
#include "printer/transport/windows/usb_print.hpp"

namespace matanai::printer {
namespace {

using Pointer = std::unique_ptr<Transport>;

struct Make {
  const boost::asio::any_io_executor& executor;
  std::string_view spec;

  Pointer operator()(const TcpWire& wire) const {
    return std::make_unique<TcpTransport>(executor, wire.host, wire.port);
  }
  Pointer operator()(const SpoolWire& wire) const {
    return std::make_unique<SpoolerTransport>(executor, wire.queue, make_spool_queue(wire.queue));
  }
  Pointer operator()(const UsbPrintWire& wire) const {
    return std::make_unique<UsbPrintTransport>(executor, wire.path);
  }
  template <class LinuxWire>
  Pointer operator()(const LinuxWire&) const {
    throw std::invalid_argument("printer \"" + std::string(spec) + "\": works on Linux only");
  }
};

}  // namespace

Pointer make_transport(boost::asio::any_io_executor executor, std::string_view spec) {
  return std::visit(Make{executor, spec}, parse_wire(spec));
}

}  // namespace matanai::printer
