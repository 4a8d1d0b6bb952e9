#include "schema/types/text.hpp"

#include <array>
#include <cstdint>

namespace matanai {
namespace {

struct Decoded {
  std::uint32_t code_point;
  std::size_t length;  // 0 when malformed
};

Decoded decode(std::string_view text) {
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
  const unsigned first = byte(0);
  if (first < 0x80) return {first, 1};
  const std::size_t length = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : 2;
  if (first < 0xC2 || first > 0xF4 || text.size() < length) return {0, 0};
  std::uint32_t code_point = first & (0xFFU >> (length + 1));
  for (std::size_t i = 1; i < length; ++i) {
    if ((byte(i) & 0xC0) != 0x80) return {0, 0};
    code_point = (code_point << 6) | (byte(i) & 0x3F);
  }
  constexpr std::array<std::uint32_t, 5> kSmallest{0, 0, 0x80, 0x800, 0x10000};
  const bool is_surrogate = code_point >= 0xD800 && code_point <= 0xDFFF;
  if (code_point < kSmallest[length] || code_point > 0x10FFFF || is_surrogate) return {0, 0};
  return {code_point, length};
}

bool is_hyphen(std::uint32_t c) {
  return (c >= 0x2010 && c <= 0x2015) || c == 0x2212 || c == 0x30FC || c == 0xFF70 || c == 0xFE63 ||
         c == 0xFF0D;
}

}  // namespace

bool is_valid_utf8(std::string_view text) {
  while (!text.empty()) {
    const auto decoded = decode(text);
    if (decoded.length == 0) return false;
    text.remove_prefix(decoded.length);
  }
  return true;
}

std::string to_valid_utf8(std::string_view bytes) {
  std::string out;
  out.reserve(bytes.size());
  while (!bytes.empty()) {
    const auto length = decode(bytes).length;
    out += length == 0 ? std::string_view("\xEF\xBF\xBD") : bytes.substr(0, length);
    bytes.remove_prefix(length == 0 ? 1 : length);
  }
  return out;
}

std::string to_half_width(std::string_view utf8) {
  std::string out;
  while (!utf8.empty()) {
    const auto decoded = decode(utf8);
    const std::size_t length = decoded.length == 0 ? 1 : decoded.length;
    if (is_hyphen(decoded.code_point)) {
      out += '-';
    } else if (decoded.code_point >= 0xFF01 && decoded.code_point <= 0xFF5E) {
      out += static_cast<char>(decoded.code_point - 0xFF01 + '!');
    } else if (decoded.code_point == 0x3000) {
      out += ' ';
    } else {
      out += utf8.substr(0, length);
    }
    utf8.remove_prefix(length);
  }
  return out;
}

}  // namespace matanai
