#include "printer/transport/make_transport.hpp"

#include <stdexcept>

#include "printer/transport/make_system_transport.hpp"
#include "printer/transport/tcp.hpp"

namespace matanai::printer {

std::unique_ptr<Transport> make_transport(boost::asio::any_io_executor executor,
                                          std::string_view spec) {
  const auto wire = parse_wire(spec);
  if (const auto* tcp = std::get_if<TcpWire>(&wire))
    return std::make_unique<TcpTransport>(executor, tcp->host, tcp->port);
  auto made = make_system_transport(executor, wire);
  if (!made)
    throw std::invalid_argument("printer \"" + std::string(spec) + "\": works on " +
                                std::string(kOtherSystem) + " only");
  return made;
}

}  // namespace matanai::printer
