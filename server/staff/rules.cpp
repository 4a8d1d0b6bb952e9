#include "server/staff/rules.hpp"

#include <algorithm>
#include <set>

#include "schema/types/text.hpp"

namespace matanai::staff {
namespace {

constexpr std::size_t kFewestDifferentBytes = 5;

std::size_t count_characters(std::string_view utf8) {
  return static_cast<std::size_t>(std::count_if(utf8.begin(), utf8.end(), [](char byte) {
    return (static_cast<unsigned char>(byte) & 0xC0) != 0x80;
  }));
}

char to_lower(char letter) {
  return letter >= 'A' && letter <= 'Z' ? static_cast<char>(letter + 32) : letter;
}

std::string to_lower(std::string_view text) {
  std::string out(text);
  std::transform(out.begin(), out.end(), out.begin(), [](char letter) { return to_lower(letter); });
  return out;
}

}  // namespace

bool is_session_alive(Instant created_at, Instant last_seen_at, Instant now) {
  return now - created_at < kLongestSession && now - last_seen_at < kLongestIdle;
}

bool is_weak_password(std::string_view password, std::string_view name) {
  if (count_characters(password) < kShortestPassword) return true;
  if (std::set<char>(password.begin(), password.end()).size() < kFewestDifferentBytes) return true;
  return to_lower(password).find(to_lower(name)) != std::string::npos;
}

bool is_login_name(std::string_view name) {
  return !name.empty() && name.size() <= kLongestName &&
         std::all_of(name.begin(), name.end(), [](char letter) {
           return (letter >= 'a' && letter <= 'z') || (letter >= '0' && letter <= '9') ||
                  letter == '.' || letter == '_' || letter == '-';
         });
}

std::string to_login_name(std::string_view typed) {
  std::string name = to_lower(to_half_width(typed));
  const auto first = name.find_first_not_of(' ');
  if (first == std::string::npos) return {};
  return name.substr(first, name.find_last_not_of(' ') - first + 1);
}

std::string Cookies::set_session(std::string_view token) const {
  return cookie(session_name(), token, "");
}

std::string Cookies::clear_session() const { return cookie(session_name(), "", "; Max-Age=0"); }

std::string Cookies::set_device(std::string_view key) const {
  return cookie(device_name(), key, "; Max-Age=31536000");
}

std::string Cookies::cookie(std::string_view name, std::string_view value,
                            std::string_view more) const {
  std::string out(name);
  out.append("=")
      .append(value)
      .append("; Path=/")
      .append(more)
      .append("; HttpOnly; SameSite=Strict");
  if (is_secure_) out += "; Secure";
  return out;
}

}  // namespace matanai::staff
