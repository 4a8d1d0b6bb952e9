#include "server/http/gate.hpp"

#include <algorithm>
#include <array>
#include <charconv>

namespace matanai::http {
namespace {

constexpr HeadRefused kBad{};
constexpr std::size_t kMethodLimit = 20;

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

bool equals_ignoring_case(std::string_view a, std::string_view lower_case) {
  return a.size() == lower_case.size() && std::equal(a.begin(), a.end(), lower_case.begin(),
                                                     [](char x, char y) { return lower(x) == y; });
}

bool is_alnum(char c) {
  return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

// RFC 9110 5.6.2
bool is_token(std::string_view text) {
  constexpr std::string_view kMarks = "!#$%&'*+-.^_`|~";
  return !text.empty() && std::all_of(text.begin(), text.end(), [&](char c) {
    return is_alnum(c) || kMarks.find(c) != std::string_view::npos;
  });
}

bool is_field_value(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) {
    return (static_cast<unsigned char>(c) >= 0x20 && c != 0x7F) || c == '\t';
  });
}

bool is_target(std::string_view text) {
  return text.starts_with('/') && std::all_of(text.begin(), text.end(), [](char c) {
           return c > 0x20 && c < 0x7F && c != '#' && c != '\\';
         });
}

std::string_view trimmed(std::string_view text) {
  while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
  while (!text.empty() && (text.back() == ' ' || text.back() == '\t')) text.remove_suffix(1);
  return text;
}

// host[:port] with a name, an IPv4 address or a bracketed IPv6 address.
bool is_host(std::string_view text) {
  std::string_view name = text;
  std::string_view port;
  const bool is_bracketed = text.starts_with('[');
  const auto end = is_bracketed ? text.find(']') : text.find(':');
  if (is_bracketed) {
    if (end == std::string_view::npos) return false;
    name = text.substr(1, end - 1);
    port = text.substr(end + 1);
  } else if (end != std::string_view::npos) {
    name = text.substr(0, end);
    port = text.substr(end);
  }
  const auto fits = [&](char c) {
    return is_alnum(c) || c == '.' || (is_bracketed ? c == ':' : c == '-' || c == '_');
  };
  const auto is_digit = [](char c) { return c >= '0' && c <= '9'; };
  if (name.empty() || !std::all_of(name.begin(), name.end(), fits)) return false;
  if (port.empty()) return true;
  return port.front() == ':' && port.size() > 1 && port.size() <= 6 &&
         std::all_of(port.begin() + 1, port.end(), is_digit);
}

bool must_be_single(std::string_view name) {
  constexpr std::array<std::string_view, 11> kSingle = {
      "host",   "content-length", "transfer-encoding", "authorization",   "origin",
      "expect", "content-type",   "upgrade",           "idempotency-key", "sec-websocket-key",
      "referer"};
  return std::any_of(kSingle.begin(), kSingle.end(),
                     [&](std::string_view known) { return equals_ignoring_case(name, known); });
}

// True when the comma-separated list has this lower-case member.
bool list_has(std::string_view list, std::string_view member) {
  while (!list.empty()) {
    const auto comma = list.find(',');
    if (equals_ignoring_case(trimmed(list.substr(0, comma)), member)) return true;
    list = comma == std::string_view::npos ? std::string_view() : list.substr(comma + 1);
  }
  return false;
}

std::string_view take_line(std::string_view& rest) {
  const auto end = rest.find("\r\n");
  const auto line = rest.substr(0, end);
  rest.remove_prefix(std::min(rest.size(), end + 2));
  return line;
}

bool read_request_line(std::string_view line, Head& head) {
  const auto first = line.find(' ');
  const auto last = line.rfind(' ');
  if (first == std::string_view::npos || first == last) return false;
  head.method = line.substr(0, first);
  head.target = line.substr(first + 1, last - first - 1);
  const auto version = line.substr(last + 1);
  if (version != "HTTP/1.1" && version != "HTTP/1.0") return false;
  head.minor_version = version.back() - '0';
  if (!is_token(head.method) || head.method.size() > kMethodLimit) return false;
  return is_target(head.target) || (head.target == "*" && head.method == "OPTIONS");
}

bool read_field(std::string_view line, Head& head) {
  const auto colon = line.find(':');
  if (colon == std::string_view::npos) return false;
  const auto name = line.substr(0, colon);
  const auto value = trimmed(line.substr(colon + 1));
  if (!is_token(name) || !is_field_value(value)) return false;
  if (must_be_single(name)) {
    const auto is_same = [&](const auto& field) {
      return field.first.size() == name.size() &&
             std::equal(name.begin(), name.end(), field.first.begin(),
                        [](char a, char b) { return lower(a) == lower(b); });
    };
    if (std::any_of(head.fields.begin(), head.fields.end(), is_same)) return false;
  }
  head.fields.emplace_back(name, value);
  return true;
}

// Where the body ends must have one answer only.
bool read_framing(Head& head) {
  bool has_encoding = false;
  for (const auto& [name, value] : head.fields) {
    if (equals_ignoring_case(name, "transfer-encoding")) {
      if (!equals_ignoring_case(value, "chunked") || head.minor_version == 0) return false;
      has_encoding = true;
    } else if (equals_ignoring_case(name, "content-length")) {
      std::uint64_t length = 0;
      const auto* end = value.data() + value.size();
      const auto parsed = std::from_chars(value.data(), end, length);
      if (value.empty() || value.size() > 15 || parsed.ec != std::errc() || parsed.ptr != end) {
        return false;
      }
      head.content_length = length;
    }
  }
  head.is_chunked = has_encoding;
  return !(has_encoding && head.content_length);
}

}  // namespace

HeadScanner::Outcome HeadScanner::scan(std::string_view bytes) {
  for (; scanned_ < bytes.size(); ++scanned_) {
    if (scanned_ >= kHeadLimit) return HeadRefused{RefusalCode::headers_too_large, 431};
    const char c = bytes[scanned_];
    const char before = scanned_ == 0 ? '\0' : bytes[scanned_ - 1];
    if (c == '\0' || (c == '\n') != (before == '\r')) return kBad;
    if (c == '\n') {
      const bool is_empty_line = scanned_ == line_start_ + 1;
      if (is_empty_line && in_first_line_) return kBad;
      if (is_empty_line) return ++scanned_;
      in_first_line_ = false;
      line_start_ = scanned_ + 1;
    } else if (in_first_line_) {
      const auto u = static_cast<unsigned char>(c);
      if ((u < 0x20 && c != '\r') || u >= 0x7F) return kBad;
      if (scanned_ > kTargetLimit + kMethodLimit + 11)
        return HeadRefused{RefusalCode::uri_too_long, 414};
    }
  }
  return std::monostate{};
}

std::string_view Head::field(std::string_view lower_case_name) const {
  for (const auto& [name, value] : fields) {
    if (equals_ignoring_case(name, lower_case_name)) return value;
  }
  return {};
}

std::variant<Head, HeadRefused> read_head(std::string_view text) {
  Head head;
  std::string_view rest = text;
  if (!read_request_line(take_line(rest), head)) return kBad;
  if (head.target.size() > kTargetLimit) return HeadRefused{RefusalCode::uri_too_long, 414};
  while (true) {
    const auto line = take_line(rest);
    if (line.empty()) break;
    if (head.fields.size() == kFieldLimit) return HeadRefused{RefusalCode::headers_too_large, 431};
    if (!read_field(line, head)) return kBad;
  }
  if (!is_host(head.field("host")) || !read_framing(head)) return kBad;
  const auto expect = head.field("expect");
  if (!expect.empty() && !equals_ignoring_case(expect, "100-continue")) {
    return HeadRefused{RefusalCode::bad_request, 417};
  }
  const auto connection = head.field("connection");
  head.expects_continue = !expect.empty() && head.minor_version == 1;
  head.keeps_alive =
      head.minor_version == 1 ? !list_has(connection, "close") : list_has(connection, "keep-alive");
  head.wants_websocket = head.method == "GET" && head.minor_version == 1 &&
                         list_has(connection, "upgrade") &&
                         list_has(head.field("upgrade"), "websocket");
  return head;
}

}  // namespace matanai::http
