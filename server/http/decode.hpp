// Strangers' bytes of a request line and a Cookie header into text, or nothing at all when they are
// tricky. Strict on purpose: a wrong %XX, NUL or control byte, bad UTF-8, an encoded slash, a
// backslash and "." or ".." segments are refused, never repaired. Pure, any thread.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>

namespace matanai::http {

using NameValues = std::map<std::string, std::string, std::less<>>;

struct Target {
  std::string path;  // decoded, begins with '/'; or "*" (OPTIONS only, checked by the gate)
  NameValues query;  // the last of a repeated name wins
};

// nullopt for a malformed escape, a control byte (escaped or not) or malformed UTF-8. '+' is a
// space only in forms.
std::optional<std::string> percent_decode(std::string_view text, bool is_form);

// The origin-form target of a request line. nullopt: 400.
std::optional<Target> decode_target(std::string_view target);

// Pairs that are not name=value are skipped; the first of a repeated name wins (the more specific
// path comes first).
NameValues parse_cookies(std::string_view header);

// Lower-case ASCII.
std::string to_lower(std::string_view text);

}  // namespace matanai::http
