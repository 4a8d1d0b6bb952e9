#include "schema/types/wareki.hpp"

#include <array>

namespace matanai {
namespace {

using std::chrono::day;
using std::chrono::local_days;
using std::chrono::month;
using std::chrono::year;
using std::chrono::year_month_day;

constexpr LocalDay date(int y, unsigned m, unsigned d) {
  return local_days(year_month_day(year(y), month(m), day(d)));
}

constexpr std::array kEras = {
    Era{date(2019, 5, 1), "令和", "R"},   Era{date(1989, 1, 8), "平成", "H"},
    Era{date(1926, 12, 25), "昭和", "S"}, Era{date(1912, 7, 30), "大正", "T"},
    Era{date(1868, 1, 25), "明治", "M"},
};

constexpr std::array<std::string_view, 7> kWeekdays = {"月", "火", "水", "木", "金", "土", "日"};

}  // namespace

std::span<const Era> eras() { return kEras; }

std::string to_wareki_year(LocalDay when, std::span<const Era> table) {
  const int western = static_cast<int>(year_month_day(when).year());
  for (const auto& era : table) {
    if (when < era.start) continue;
    const int in_era = western - static_cast<int>(year_month_day(era.start).year()) + 1;
    return std::string(era.name) + (in_era == 1 ? "元" : std::to_string(in_era)) + "年";
  }
  return std::to_string(western) + "年";
}

std::string to_wareki_without_weekday(LocalDay when, std::span<const Era> table) {
  const year_month_day parts(when);
  return to_wareki_year(when, table) + std::to_string(static_cast<unsigned>(parts.month())) + "月" +
         std::to_string(static_cast<unsigned>(parts.day())) + "日";
}

std::string to_wareki(LocalDay when, std::span<const Era> table) {
  return to_wareki_without_weekday(when, table) + "(" + std::string(weekday_kanji(when)) + ")";
}

std::string_view weekday_kanji(LocalDay when) {
  return kWeekdays[static_cast<std::size_t>(iso_weekday(when) - 1)];
}

}  // namespace matanai
