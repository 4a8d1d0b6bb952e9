#include "server/http/origin.hpp"

#include "server/http/decode.hpp"

namespace matanai::http {

std::string origin_of(std::string_view url) {
  auto text = to_lower(url);
  const auto scheme_end = text.find("://");
  if (scheme_end == std::string::npos) return {};
  const auto scheme = text.substr(0, scheme_end);
  if (scheme != "http" && scheme != "https") return {};
  text.resize(std::min(text.size(), text.find('/', scheme_end + 3)));
  const std::string_view default_port = scheme == "http" ? ":80" : ":443";
  if (text.ends_with(default_port)) text.resize(text.size() - default_port.size());
  return text.size() > scheme_end + 3 ? text : std::string();
}

bool is_own_origin(const Request& request, std::string_view public_origin) {
  const auto origin = request.header("origin");
  if (origin.empty()) return request.header("sec-fetch-site") != "cross-site";
  const auto asked = origin_of(origin);
  if (asked.empty()) return false;  // "null" and other schemes
  if (asked == public_origin) return true;
  const std::string host(request.header("host"));
  return asked == origin_of("http://" + host) || asked == origin_of("https://" + host);
}

bool is_write(Method method) {
  return method != Method::get && method != Method::head && method != Method::options;
}

}  // namespace matanai::http
