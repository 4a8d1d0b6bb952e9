#include "server/http/address.hpp"

#include <algorithm>
#include <boost/asio/ip/address.hpp>

namespace matanai::http {
namespace ip = boost::asio::ip;

std::string network_of(std::string_view address) {
  boost::system::error_code error;
  auto parsed = ip::make_address(std::string(address), error);
  if (error) return "unknown";
  if (parsed.is_v6() && parsed.to_v6().is_v4_mapped())
    parsed = ip::make_address_v4(ip::v4_mapped, parsed.to_v6());
  if (parsed.is_v4()) {
    auto bytes = parsed.to_v4().to_bytes();
    bytes[3] = 0;
    return ip::address_v4(bytes).to_string() + "/24";
  }
  auto bytes = parsed.to_v6().to_bytes();
  std::fill(bytes.begin() + 8, bytes.end(), static_cast<unsigned char>(0));
  return ip::address_v6(bytes).to_string() + "/64";
}

bool is_address(std::string_view text) {
  boost::system::error_code error;
  ip::make_address(std::string(text), error);
  return !error;
}

}  // namespace matanai::http
