#include "server/booking/calendar_file.hpp"

#include <gtest/gtest.h>

#include <sstream>
#include <vector>

#include "schema/types/text.hpp"

namespace matanai::booking {
namespace {

CalendarEvent event() {
  CalendarEvent out;
  out.uid = "0123@matanai";
  out.changed_at = *parse_instant("2026-11-20T03:00:00.000Z");
  out.start = *parse_instant("2026-11-24T01:30:00.000Z");
  out.end = *parse_instant("2026-11-24T02:00:00.000Z");
  out.summary = "転入届(市外・国外から)、引っ越してきた方の手続き(小倉北区役所 1階 市民課)";
  out.location = "小倉北区役所, 北九州市小倉北区大手町1-1; 1階";
  out.description = "予約番号 12345678\n持ち物:\n- 本人確認書類 \\ \"カード\"";
  return out;
}

// Lines between CRLFs; fails on a bare CR or LF.
std::vector<std::string> lines_of(const std::string& file) {
  std::vector<std::string> lines;
  std::size_t from = 0;
  while (from < file.size()) {
    const auto end = file.find("\r\n", from);
    EXPECT_NE(end, std::string::npos) << "the file ends without CRLF";
    if (end == std::string::npos) return lines;
    lines.push_back(file.substr(from, end - from));
    EXPECT_EQ(lines.back().find_first_of("\r\n"), std::string::npos);
    from = end + 2;
  }
  return lines;
}

std::vector<std::string> unfolded(const std::string& file) {
  std::vector<std::string> out;
  for (const auto& line : lines_of(file)) {
    if (line.starts_with(' ')) {
      out.back() += line.substr(1);
    } else {
      out.push_back(line);
    }
  }
  return out;
}

bool has_line(const std::string& file, const std::string& wanted) {
  for (const auto& line : unfolded(file)) {
    if (line == wanted) return true;
  }
  return false;
}

TEST(CalendarFile, FoldsAt75OctetsBetweenCharacters) {
  for (const auto& line : lines_of(calendar_file(event()))) {
    EXPECT_LE(line.size(), 75U) << line;
    EXPECT_TRUE(is_valid_utf8(line)) << line;
  }
  EXPECT_EQ(fold_calendar_line(std::string(75, 'a')), std::string(75, 'a') + "\r\n");
  EXPECT_EQ(fold_calendar_line(std::string(76, 'a')), std::string(75, 'a') + "\r\n a\r\n");
  EXPECT_EQ(fold_calendar_line(std::string(74, 'a') + "あ"), std::string(74, 'a') + "\r\n あ\r\n");
  EXPECT_EQ(fold_calendar_line(std::string(150, 'a')),
            std::string(75, 'a') + "\r\n " + std::string(74, 'a') + "\r\n a\r\n");
}

TEST(CalendarFile, EscapesText) {
  const auto file = calendar_file(event());
  EXPECT_TRUE(has_line(file, "SUMMARY:" + event().summary)) << file;
  EXPECT_TRUE(has_line(file, "LOCATION:小倉北区役所\\, 北九州市小倉北区大手町1-1\\; 1階"));
  EXPECT_TRUE(
      has_line(file, "DESCRIPTION:予約番号 12345678\\n持ち物:\\n- 本人確認書類 \\\\ \"カード\""));
  EXPECT_EQ(escape_calendar_text("a\r\nBEGIN:VEVENT\x07"), "a\\nBEGIN:VEVENT");
}

TEST(CalendarFile, IsOneEventInUtc) {
  const auto file = calendar_file(event());
  const auto lines = unfolded(file);
  EXPECT_EQ(lines.front(), "BEGIN:VCALENDAR");
  EXPECT_EQ(lines.back(), "END:VCALENDAR");
  for (const auto* line :
       {"VERSION:2.0", "METHOD:PUBLISH", "UID:0123@matanai", "SEQUENCE:0", "STATUS:CONFIRMED",
        "DTSTAMP:20261120T030000Z", "DTSTART:20261124T013000Z", "DTEND:20261124T020000Z"}) {
    EXPECT_TRUE(has_line(file, line)) << line;
  }
}

TEST(CalendarFile, ACancelKeepsTheUidAndRaisesTheSequence) {
  auto cancelled = event();
  cancelled.is_cancelled = true;
  cancelled.sequence = 1;
  const auto file = calendar_file(cancelled);
  for (const auto* line : {"METHOD:CANCEL", "STATUS:CANCELLED", "UID:0123@matanai", "SEQUENCE:1"})
    EXPECT_TRUE(has_line(file, line)) << line;
}

}  // namespace
}  // namespace matanai::booking
