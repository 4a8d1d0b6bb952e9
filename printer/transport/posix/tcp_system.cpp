#include "printer/transport/tcp_system.hpp"

#include <linux/sockios.h>
#include <netinet/tcp.h>
#include <sys/ioctl.h>

namespace matanai::printer {
using boost::asio::ip::tcp;

namespace {

std::size_t ask(tcp::socket& socket, unsigned long request) {
  int count = 0;
  if (::ioctl(socket.native_handle(), request, &count) < 0 || count < 0) return 0;
  return static_cast<std::size_t>(count);
}

}  // namespace

void keep_alive(tcp::socket& socket) {
  boost::system::error_code ignored;
  socket.set_option(boost::asio::socket_base::keep_alive(true), ignored);
  const auto set = [&socket](int option, int value) {
    ::setsockopt(socket.native_handle(), IPPROTO_TCP, option, &value, sizeof value);
  };
  set(TCP_KEEPIDLE, 30);
  set(TCP_KEEPINTVL, 5);
  set(TCP_KEEPCNT, 4);
}

std::size_t unacknowledged_bytes(tcp::socket& socket) { return ask(socket, SIOCOUTQ); }
std::size_t unsent_bytes(tcp::socket& socket) { return ask(socket, SIOCOUTQNSD); }

}  // namespace matanai::printer
