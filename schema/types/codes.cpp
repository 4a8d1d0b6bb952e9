#include "schema/types/codes.hpp"

#include <fmt/format.h>

#include "schema/types/text.hpp"

namespace matanai {
namespace {

constexpr std::string_view kAlphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
constexpr std::string_view kTokenPrefix = "MR";
constexpr std::size_t kTokenBody = 26;

// ISO/IEC 7064 MOD 11,10 over the given digits.
char check_digit(std::string_view digits) {
  int product = 10;
  for (const char digit : digits) {
    int sum = (product + (digit - '0')) % 10;
    if (sum == 0) sum = 10;
    product = sum * 2 % 11;
  }
  return static_cast<char>('0' + (11 - product) % 10);
}

// Luhn mod N with N = 32: finds every single wrong character and nearly every swap of neighbours.
char check_character(std::string_view body) {
  int sum = 0;
  int factor = 2;
  for (auto c = body.rbegin(); c != body.rend(); ++c) {
    const int addend = factor * static_cast<int>(kAlphabet.find(*c));
    factor = factor == 2 ? 1 : 2;
    sum += addend / 32 + addend % 32;
  }
  return kAlphabet[static_cast<std::size_t>((32 - sum % 32) % 32)];
}

}  // namespace

std::string to_base32(std::span<const std::uint8_t> bytes) {
  std::string out;
  std::uint32_t buffer = 0;
  int bits = 0;
  for (const auto byte : bytes) {
    buffer = (buffer << 8) | byte;
    bits += 8;
    while (bits >= 5) {
      bits -= 5;
      out += kAlphabet[(buffer >> bits) & 31];
    }
  }
  if (bits > 0) out += kAlphabet[(buffer << (5 - bits)) & 31];
  return out;
}

ReservationCode make_reservation_code(std::uint32_t number) {
  const auto digits = fmt::format("{:07}", number % 10'000'000);
  return ReservationCode(digits + check_digit(digits));
}

std::optional<ReservationCode> parse_reservation_code(std::string_view typed) {
  std::string digits;
  for (const char c : to_half_width(typed)) {
    if (c >= '0' && c <= '9') {
      digits += c;
    } else if (c != ' ' && c != '-') {
      return std::nullopt;
    }
  }
  if (digits.size() != 8 || check_digit(digits.substr(0, 7)) != digits[7]) return std::nullopt;
  return ReservationCode(std::move(digits));
}

std::string make_check_in_token(std::span<const std::uint8_t> sixteen_bytes) {
  const auto body = to_base32(sixteen_bytes);
  return std::string(kTokenPrefix) + body + check_character(body);
}

std::optional<std::string> parse_check_in_token(std::string_view scanned) {
  std::string token;
  for (const char c : scanned) token += c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
  if (token.size() != kTokenPrefix.size() + kTokenBody + 1 || !token.starts_with(kTokenPrefix))
    return std::nullopt;
  const auto body = std::string_view(token).substr(kTokenPrefix.size(), kTokenBody);
  if (body.find_first_not_of(kAlphabet) != std::string_view::npos) return std::nullopt;
  if (check_character(body) != token.back()) return std::nullopt;
  return token;
}

std::string format_ticket_number(std::string_view letter, int number) {
  return fmt::format("{}{:03}", letter, number);
}

std::optional<int> next_in_series(int number) {
  if (number == 999) return 9001;
  if (number >= 9999) return std::nullopt;
  return number + 1;
}

}  // namespace matanai
