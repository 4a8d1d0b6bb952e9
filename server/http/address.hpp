// The network a client's address belongs to: enough to count by and to log, too little to find a
// person. Pure, any thread.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace matanai::http {

// "192.0.2.7" → "192.0.2.0/24", "2001:db8::1" → "2001:db8::/64"; IPv4 inside IPv6 counts as IPv4.
// Anything else → "unknown".
std::string network_of(std::string_view address);

// The address in the one spelling that a peer's has here: "::ffff:192.0.2.7" → "192.0.2.7". nullopt
// when it is none.
std::optional<std::string> normal_address(std::string_view text);

// True for 127.0.0.0/8 and ::1, also as IPv4 inside IPv6.
bool is_loopback(std::string_view address);

}  // namespace matanai::http
