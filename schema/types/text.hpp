// Small rules for strangers' text. Pure, any thread.
#pragma once

#include <string>
#include <string_view>

namespace matanai {

// True for well-formed UTF-8 (no overlong forms, no surrogates, ≤ U+10FFFF).
bool is_valid_utf8(std::string_view text);

// Every byte that is not part of well-formed UTF-8 becomes U+FFFD; the rest stays.
std::string to_valid_utf8(std::string_view bytes);

// Full-width ASCII (！…～, ideographic space) becomes ASCII; every kind of hyphen and long mark
// becomes '-'. For codes, phones and mail addresses only: names are kept byte-exact.
std::string to_half_width(std::string_view utf8);

}  // namespace matanai
