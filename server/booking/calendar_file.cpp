#include "server/booking/calendar_file.hpp"

namespace matanai::booking {
namespace {

constexpr std::size_t kLineLimit = 75;  // octets without the CRLF

// 20261124T013000Z
std::string utc(Instant instant) {
  std::string text;
  const auto wire = to_wire(instant);  // 2026-11-24T01:30:00.000Z
  for (const char c : std::string_view(wire).substr(0, 19)) {
    if (c != '-' && c != ':') text += c;
  }
  return text + "Z";
}

bool is_continuation(char c) { return (static_cast<unsigned char>(c) & 0xC0U) == 0x80U; }

}  // namespace

std::string escape_calendar_text(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c == '\n') {
      out += "\\n";
    } else if (c == '\\' || c == ';' || c == ',') {
      out += '\\';
      out += c;
    } else if (static_cast<unsigned char>(c) >= 0x20 && c != 0x7F) {
      out += c;
    }
  }
  return out;
}

std::string fold_calendar_line(std::string_view line) {
  std::string out;
  std::size_t limit = kLineLimit;
  while (line.size() > limit) {
    std::size_t cut = limit;
    while (cut > 1 && is_continuation(line[cut])) --cut;
    out += line.substr(0, cut);
    out += "\r\n ";
    line.remove_prefix(cut);
    limit = kLineLimit - 1;  // the space that continues a line counts
  }
  out += line;
  return out + "\r\n";
}

std::string calendar_file(const CalendarEvent& event) {
  std::string out;
  const auto add = [&out](std::string_view name, std::string_view value) {
    out += fold_calendar_line(std::string(name) + ":" + std::string(value));
  };
  add("BEGIN", "VCALENDAR");
  add("VERSION", "2.0");
  add("PRODID", "-//Matanai//Reservation//JA");
  add("CALSCALE", "GREGORIAN");
  add("METHOD", event.is_cancelled ? "CANCEL" : "PUBLISH");
  add("BEGIN", "VEVENT");
  add("UID", escape_calendar_text(event.uid));
  add("DTSTAMP", utc(event.changed_at));
  add("LAST-MODIFIED", utc(event.changed_at));
  add("SEQUENCE", std::to_string(event.sequence));
  add("STATUS", event.is_cancelled ? "CANCELLED" : "CONFIRMED");
  add("DTSTART", utc(event.start));
  add("DTEND", utc(event.end));
  add("SUMMARY", escape_calendar_text(event.summary));
  add("LOCATION", escape_calendar_text(event.location));
  add("DESCRIPTION", escape_calendar_text(event.description));
  if (!event.url.empty()) add("URL", event.url);
  add("END", "VEVENT");
  add("END", "VCALENDAR");
  return out;
}

}  // namespace matanai::booking
