#include "printer/transport/make_system_transport.hpp"

#include "printer/transport/windows/spool_queue.hpp"
#include "printer/transport/windows/usb_print.hpp"

namespace matanai::printer {

const std::string_view kOtherSystem = "Linux";

std::unique_ptr<Transport> make_system_transport(const boost::asio::any_io_executor& executor,
                                                 const Wire& wire) {
  if (const auto* spool = std::get_if<SpoolWire>(&wire))
    return std::make_unique<SpoolerTransport>(executor, spool->queue,
                                              make_spool_queue(spool->queue));
  if (const auto* usb = std::get_if<UsbPrintWire>(&wire))
    return std::make_unique<UsbPrintTransport>(executor, usb->path);
  return nullptr;
}

}  // namespace matanai::printer
