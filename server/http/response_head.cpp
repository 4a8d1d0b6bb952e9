#include <fmt/format.h>
#include <spdlog/spdlog.h>

#include <algorithm>
#include <boost/beast/http/status.hpp>

#include "server/http/session.hpp"

namespace matanai::http {
namespace {

bool has_control(std::string_view text) {
  return std::any_of(text.begin(), text.end(),
                     [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7F; });
}

}  // namespace

void write_head(std::string& out, ServerState& server, const Response& response,
                std::string_view request_id, bool keeps_alive) {
  const auto status = static_cast<unsigned>(response.status);
  const auto reason =
      boost::beast::http::obsolete_reason(boost::beast::http::int_to_status(status));
  auto to = std::back_inserter(out);
  fmt::format_to(to, "HTTP/1.1 {} {}\r\nDate: {}\r\n", status,
                 std::string_view(reason.data(), reason.size()), server.date());
  for (const auto& [name, value] : response.headers) {
    if (has_control(name) || has_control(value)) {
      spdlog::error("request {}: response field {} is not one line and was left out", request_id,
                    name);
      continue;
    }
    out.append(name).append(": ").append(value).append("\r\n");
  }
  if (response.header("cache-control").empty()) out += "Cache-Control: no-store\r\n";
  if (response.status != 204 && response.status != 304) {
    fmt::format_to(to, "Content-Length: {}\r\n", response.body ? response.body->size() : 0);
  }
  out += keeps_alive ? "Connection: keep-alive\r\n" : "Connection: close\r\n";
  out += server.fixed_fields;
  out += "\r\n";
}

}  // namespace matanai::http
