#include "printer/transport/tcp_system.hpp"

namespace matanai::printer {
using boost::asio::ip::tcp;

void keep_alive(tcp::socket& socket) {
  boost::system::error_code ignored;
  socket.set_option(boost::asio::socket_base::keep_alive(true), ignored);
}

std::size_t unacknowledged_bytes(tcp::socket&) { return 0; }
std::size_t unsent_bytes(tcp::socket&) { return 0; }

}  // namespace matanai::printer
