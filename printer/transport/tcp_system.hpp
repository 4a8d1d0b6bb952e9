// What TCP needs from one operating system and not from the other. Internal to printer/transport.
#pragma once

#include <boost/asio/ip/tcp.hpp>
#include <cstddef>

namespace matanai::printer {

// Notices within a minute that the other side is gone without a word.
void keep_alive(boost::asio::ip::tcp::socket& socket);

// Bytes in our send queue: that the other side has not acknowledged, and of these the ones not even
// sent because it takes no more. Windows does not tell: 0.
std::size_t unacknowledged_bytes(boost::asio::ip::tcp::socket& socket);
std::size_t unsent_bytes(boost::asio::ip::tcp::socket& socket);

}  // namespace matanai::printer
