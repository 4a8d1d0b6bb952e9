#include "server/booking/contact.hpp"

#include <algorithm>

#include "schema/types/text.hpp"

namespace matanai::booking {
namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_mail_character(char c) {
  return c > ' ' && c < '\x7F' &&
         std::string_view("()<>[],;:\\\"@").find(c) == std::string_view::npos;
}

std::string_view trimmed(std::string_view text) {
  constexpr std::string_view kSpace = " \t";
  const auto first = text.find_first_not_of(kSpace);
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(kSpace) - first + 1);
}

bool is_domain(std::string_view domain) {
  if (domain.find('.') == std::string_view::npos || domain.size() > 253) return false;
  while (true) {
    const auto dot = domain.find('.');
    const auto label = domain.substr(0, dot);
    if (label.empty() || label.size() > 63 || label.front() == '-' || label.back() == '-')
      return false;
    const bool is_plain = std::ranges::all_of(
        label, [](char c) { return is_digit(c) || (c >= 'a' && c <= 'z') || c == '-'; });
    if (!is_plain) return false;
    if (dot == std::string_view::npos) return true;
    domain.remove_prefix(dot + 1);
  }
}

}  // namespace

std::string_view name_of(ContactKind kind) { return kind == ContactKind::phone ? "phone" : "mail"; }

std::optional<std::string> normalise_phone(std::string_view typed) {
  const auto folded = to_half_width(typed);
  std::string_view rest = trimmed(folded);
  std::string digits;
  bool is_international = false;
  if (rest.starts_with("+81")) {
    is_international = true;
    rest.remove_prefix(3);
  }
  for (const char c : rest) {
    if (is_digit(c)) {
      digits += c;
    } else if (std::string_view(" -().").find(c) == std::string_view::npos) {
      return std::nullopt;
    }
  }
  if (is_international && !digits.starts_with('0'))
    digits.insert(0, "0");  // +81 (0)90 … is written too
  if (digits.size() < 10 || digits[0] != '0' || digits[1] == '0') return std::nullopt;
  const auto prefix = std::string_view(digits).substr(0, 3);
  const bool is_long =
      prefix == "050" || prefix == "060" || prefix == "070" || prefix == "080" || prefix == "090";
  if (digits.size() != (is_long ? 11U : 10U)) return std::nullopt;
  return digits;
}

std::optional<std::string> normalise_mail(std::string_view typed) {
  const auto folded = to_half_width(typed);
  std::string mail;
  for (const char c : trimmed(folded))
    mail += c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  const auto at = mail.find('@');
  if (mail.size() > 254 || at == std::string::npos || at == 0 || at > 64) return std::nullopt;
  const auto local = std::string_view(mail).substr(0, at);
  if (!std::ranges::all_of(local, is_mail_character)) return std::nullopt;
  if (!is_domain(std::string_view(mail).substr(at + 1))) return std::nullopt;
  return mail;
}

std::optional<NormalContact> normalise_contact(std::string_view typed) {
  const auto kind =
      to_half_width(typed).find('@') == std::string::npos ? ContactKind::phone : ContactKind::mail;
  auto text = kind == ContactKind::phone ? normalise_phone(typed) : normalise_mail(typed);
  if (!text) return std::nullopt;
  return NormalContact{kind, std::move(*text)};
}

std::string identity_of(const NormalContact& contact) {
  const auto at = contact.text.find('@');
  const auto plus = contact.text.find('+');
  if (contact.kind == ContactKind::phone || plus == 0 || plus > at) return contact.text;
  return contact.text.substr(0, plus) + contact.text.substr(at);
}

std::string mask(const NormalContact& contact) {
  if (contact.kind == ContactKind::phone) {
    const std::string stars(contact.text.size() - 7, '*');
    return contact.text.substr(0, 3) + "-" + stars + "-" +
           contact.text.substr(contact.text.size() - 4);
  }
  const auto at = contact.text.find('@');
  return contact.text.substr(0, 1) + "***@" + contact.text.substr(at + 1, 1) + "…";
}

}  // namespace matanai::booking
