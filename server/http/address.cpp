#include "server/http/address.hpp"

#include <algorithm>
#include <boost/asio/ip/address.hpp>

namespace matanai::http {
namespace ip = boost::asio::ip;
namespace {

// IPv4 inside IPv6 becomes IPv4.
std::optional<ip::address> parse(std::string_view text) {
  boost::system::error_code error;
  const auto parsed = ip::make_address(std::string(text), error);
  if (error) return std::nullopt;
  if (parsed.is_v6() && parsed.to_v6().is_v4_mapped())
    return ip::make_address_v4(ip::v4_mapped, parsed.to_v6());
  return parsed;
}

}  // namespace

std::string network_of(std::string_view address) {
  const auto parsed = parse(address);
  if (!parsed) return "unknown";
  if (parsed->is_v4()) {
    auto bytes = parsed->to_v4().to_bytes();
    bytes[3] = 0;
    return ip::address_v4(bytes).to_string() + "/24";
  }
  auto bytes = parsed->to_v6().to_bytes();
  std::fill(bytes.begin() + 8, bytes.end(), static_cast<unsigned char>(0));
  return ip::address_v6(bytes).to_string() + "/64";
}

std::optional<std::string> normal_address(std::string_view text) {
  const auto parsed = parse(text);
  if (!parsed) return std::nullopt;
  return parsed->to_string();
}

bool is_loopback(std::string_view address) {
  const auto parsed = parse(address);
  return parsed && parsed->is_loopback();
}

}  // namespace matanai::http
