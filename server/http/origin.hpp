// Whose page sent this request: the guard against other sites' scripts and forms (CSRF, cross-site
// sockets). Pure, any thread.
#pragma once

#include <string>
#include <string_view>

#include "server/http/message.hpp"

namespace matanai::http {

// "https://host[:port]" of a URL, default ports left out, lower case; empty when it is not http(s).
std::string origin_of(std::string_view url);

// False when the request says it comes from another site: an Origin that is neither the Host's nor
// `public_origin` (from origin_of), or, without Origin, Sec-Fetch-Site: cross-site. Clients that
// are no browsers send neither.
bool is_own_origin(const Request& request, std::string_view public_origin);

// True for methods that may change something.
bool is_write(Method method);

}  // namespace matanai::http
