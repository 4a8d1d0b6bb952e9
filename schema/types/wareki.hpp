// Japanese calendar years for paper and pages: 令和8年11月24日(火). Stored dates are always
// western; this is for output only. Eras are table rows, so that a coming one is a row and not
// code. Pure, any thread.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "schema/types/time.hpp"

namespace matanai {

struct Era {
  LocalDay start;
  std::string_view name;    // 令和
  std::string_view letter;  // R
};

// Newest first: 令和 2019-05-01, 平成 1989-01-08, 昭和 1926-12-25, 大正 1912-07-30, 明治
// 1868-01-25.
std::span<const Era> eras();

// 令和8年11月24日(火); the first year is 元年. Days before the oldest era are written with the
// western year.
std::string to_wareki(LocalDay day, std::span<const Era> table = eras());
// 令和8年11月24日
std::string to_wareki_without_weekday(LocalDay day, std::span<const Era> table = eras());
// 令和8年
std::string to_wareki_year(LocalDay day, std::span<const Era> table = eras());
// 月 火 水 木 金 土 日
std::string_view weekday_kanji(LocalDay day);

}  // namespace matanai
