#include "server/http/decode.hpp"

#include "schema/types/text.hpp"

namespace matanai::http {
namespace {

int hex_digit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

bool is_control(char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7F; }

// The part before `separator`; `rest` keeps what follows it.
std::string_view take_until(std::string_view& rest, char separator) {
  const auto at = rest.find(separator);
  const auto part = rest.substr(0, at);
  rest = at == std::string_view::npos ? std::string_view() : rest.substr(at + 1);
  return part;
}

std::optional<std::string> decode_path(std::string_view raw) {
  std::string path;
  while (!raw.empty()) {
    raw.remove_prefix(1);  // the slash
    const auto end = raw.find('/');
    const auto segment = percent_decode(raw.substr(0, end), false);
    if (!segment || segment->find_first_of("/\\") != std::string::npos) return std::nullopt;
    if (*segment == "." || *segment == "..") return std::nullopt;
    path += '/';
    path += *segment;
    raw = end == std::string_view::npos ? std::string_view() : raw.substr(end);
  }
  return path;
}

}  // namespace

std::optional<std::string> percent_decode(std::string_view text, bool is_form) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    char c = text[i];
    if (c == '%') {
      if (i + 2 >= text.size()) return std::nullopt;
      const int high = hex_digit(text[i + 1]);
      const int low = hex_digit(text[i + 2]);
      if (high < 0 || low < 0) return std::nullopt;
      c = static_cast<char>(high * 16 + low);
      i += 2;
    } else if (c == '+' && is_form) {
      c = ' ';
    }
    if (is_control(c)) return std::nullopt;
    out += c;
  }
  if (!is_valid_utf8(out)) return std::nullopt;
  return out;
}

std::optional<Target> decode_target(std::string_view target) {
  if (target == "*") return Target{"*", {}};
  if (!target.starts_with('/')) return std::nullopt;
  const auto path = decode_path(take_until(target, '?'));
  if (!path) return std::nullopt;
  Target out{*path, {}};
  while (!target.empty()) {
    auto pair = take_until(target, '&');
    if (pair.empty()) continue;
    const auto name = percent_decode(take_until(pair, '='), true);
    const auto value = percent_decode(pair, true);
    if (!name || !value) return std::nullopt;
    out.query.insert_or_assign(*name, *value);
  }
  return out;
}

NameValues parse_cookies(std::string_view header) {
  NameValues cookies;
  while (!header.empty()) {
    auto pair = take_until(header, ';');
    while (pair.starts_with(' ') || pair.starts_with('\t')) pair.remove_prefix(1);
    while (pair.ends_with(' ') || pair.ends_with('\t')) pair.remove_suffix(1);
    if (pair.find('=') == std::string_view::npos) continue;
    const auto name = take_until(pair, '=');
    if (pair.size() >= 2 && pair.starts_with('"') && pair.ends_with('"')) {
      pair = pair.substr(1, pair.size() - 2);
    }
    if (!name.empty()) cookies.emplace(name, pair);
  }
  return cookies;
}

std::string to_lower(std::string_view text) {
  std::string out(text);
  for (char& c : out) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return out;
}

}  // namespace matanai::http
