// The first look at a stranger's bytes: finds the end of a request head and reads it strictly, so
// that this server and a proxy before it can never disagree about where a request ends. Stricter
// than the RFC where that costs nobody anything. Refused with close: bare CR or LF, NUL, obs-fold,
// space before a colon, a Transfer-Encoding other than one "chunked" or with HTTP/1.0,
// Transfer-Encoding with Content-Length, a repeated or listed or signed Content-Length, a missing,
// second or malformed Host, absolute-form and authority-form, raw non-ASCII or control bytes in the
// target, two fields of a kind that must be single, versions other than 1.0 and 1.1. Pure, any
// thread.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "schema/types/refusal.hpp"

namespace matanai::http {

inline constexpr std::size_t kHeadLimit = 16 * 1024;
inline constexpr std::size_t kTargetLimit = 2 * 1024;
inline constexpr std::size_t kFieldLimit = 64;

struct HeadRefused {
  RefusalCode code = RefusalCode::bad_request;
  int status = 400;
};

// How far a head has been read: feed the same growing bytes again until it is found or refused.
class HeadScanner {
 public:
  // The length of the head including its empty line, nothing yet, or why not.
  using Outcome = std::variant<std::monostate, std::size_t, HeadRefused>;
  Outcome scan(std::string_view bytes);
  void reset() { *this = HeadScanner(); }

 private:
  std::size_t scanned_ = 0;     // bytes already judged
  std::size_t line_start_ = 0;  // of the line being read
  bool in_first_line_ = true;
};

// Views into the head's bytes.
struct Head {
  std::string_view method;
  std::string_view target;
  int minor_version = 1;
  std::vector<std::pair<std::string_view, std::string_view>> fields;
  std::optional<std::uint64_t> content_length;
  bool is_chunked = false;
  bool keeps_alive = true;
  bool expects_continue = false;
  bool wants_websocket = false;

  // The first field of this lower-case name, or empty.
  std::string_view field(std::string_view lower_case_name) const;
};

// `head` as found by the scanner. What it refuses must be answered with close.
std::variant<Head, HeadRefused> read_head(std::string_view head);

}  // namespace matanai::http
