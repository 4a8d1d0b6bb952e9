// One event as an iCalendar file (RFC 5545): UTC times, CRLF, lines folded at 75 octets, escaped
// text. Not for feeds or several events. Pure, any thread.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "schema/types/time.hpp"

namespace matanai::booking {

struct CalendarEvent {
  std::string uid;   // the same for every version of the event
  int sequence = 0;  // higher for a later version
  Instant changed_at{};
  Instant start{};
  Instant end{};
  std::string summary;
  std::string location;
  std::string description;    // lines end in '\n'
  std::string url;            // left out when empty
  bool is_cancelled = false;  // METHOD and STATUS say so
};

std::string calendar_file(const CalendarEvent& event);

// Backslash, semicolon, comma and line breaks escaped (3.3.11); other control characters left out.
std::string escape_calendar_text(std::string_view text);
// With CRLF after at most 75 octets, never inside a UTF-8 character (3.1), and at the end.
std::string fold_calendar_line(std::string_view line);

}  // namespace matanai::booking
