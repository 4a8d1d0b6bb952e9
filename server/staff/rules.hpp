// The decisions of signing in: how long a session lives, which passwords are too weak, what the
// cookies look like. Pure, any thread.
#pragma once

#include <chrono>
#include <string>
#include <string_view>

#include "schema/types/time.hpp"

namespace matanai::staff {

// Counters are shared desks: a session ends an hour after its last request, and with the working
// day in any case.
inline constexpr Millis kLongestIdle = std::chrono::minutes(60);
inline constexpr Millis kLongestSession = std::chrono::hours(10);

// Of the audit log the newest rows stay whatever their age, and all of two years; the age is that
// of a clock that may be set wrong. The trigger of 0007_staff_audit.sql holds the same.
inline constexpr Millis kAuditKept = std::chrono::days(731);
inline constexpr int kAuditRowsKept = 50'000;

inline constexpr std::size_t kShortestPassword = 12;  // characters
inline constexpr std::size_t kLongestPassword = 256;  // bytes
inline constexpr std::size_t kLongestName = 64;       // bytes

// False from the very millisecond on which either limit is reached.
bool is_session_alive(Instant created_at, Instant last_seen_at, Instant now);

// Too short, nearly one letter only, or holding the login name.
bool is_weak_password(std::string_view password, std::string_view name);

// 1–64 of a-z, 0-9, '.', '_', '-': the same when typed with any keyboard.
bool is_login_name(std::string_view name);

// As typed with a Japanese keyboard: full-width letters become ASCII, capitals small, spaces around
// are dropped.
std::string to_login_name(std::string_view typed);

// Cookies of one server. With https they are Secure, and the session's name carries the __Host-
// prefix.
class Cookies {
 public:
  explicit Cookies(std::string_view public_url) : is_secure_(public_url.starts_with("https://")) {}

  std::string_view session_name() const {
    return is_secure_ ? "__Host-matanai" : "matanai_session";
  }
  std::string_view device_name() const { return "matanai_device"; }
  // Values of Set-Cookie. The session's goes with the browser window, the device's stays a year.
  std::string set_session(std::string_view token) const;
  std::string clear_session() const;
  std::string set_device(std::string_view key) const;

 private:
  std::string cookie(std::string_view name, std::string_view value, std::string_view more) const;

  bool is_secure_;
};

}  // namespace matanai::staff
