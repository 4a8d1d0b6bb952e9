#include "server/twin/table.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <stdexcept>

namespace matanai::twin {
namespace {

// A number, perhaps with a sign and a unit, or the sign of absence: these cells stand to the right.
bool is_number(std::string_view cell) {
  if (cell.empty() || cell == "–") return true;
  const auto digit = cell.find_first_of("0123456789");
  if (digit == std::string_view::npos) return false;
  const auto sign = cell.substr(0, digit);
  return sign.empty() || sign == "-" || sign == "+" || sign == "±" || sign == "≤" || sign == "≥";
}

bool is_wide(char32_t c) {
  return (c >= 0x1100 && c <= 0x115F) || (c >= 0x2E80 && c <= 0xA4CF) ||
         (c >= 0xAC00 && c <= 0xD7A3) || (c >= 0xF900 && c <= 0xFAFF) ||
         (c >= 0xFE30 && c <= 0xFE6F) || (c >= 0xFF00 && c <= 0xFF60) ||
         (c >= 0xFFE0 && c <= 0xFFE6);
}

std::string padded(const std::string& cell, std::size_t width, bool is_right) {
  const std::string blanks(width - columns_of(cell), ' ');
  return is_right ? blanks + cell : cell + blanks;
}

}  // namespace

std::size_t columns_of(std::string_view text) {
  std::size_t columns = 0;
  for (std::size_t i = 0; i < text.size();) {
    const auto lead = static_cast<unsigned char>(text[i]);
    const std::size_t length = lead < 0x80 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
    char32_t c = length == 1 ? lead : lead & (0x7FU >> length);
    for (std::size_t k = 1; k < length && i + k < text.size(); ++k)
      c = (c << 6) | (static_cast<unsigned char>(text[i + k]) & 0x3FU);
    columns += is_wide(c) ? 2 : 1;
    i += length;
  }
  return columns;
}

void Table::add(std::vector<std::string> cells) {
  if (cells.size() != rows_.front().size()) throw std::logic_error("a row of another width");
  rows_.push_back(std::move(cells));
}

std::string Table::text() const {
  const std::size_t count = rows_.front().size();
  std::vector<std::size_t> widths(count, 0);
  std::vector<bool> is_right(count, rows_.size() > 1);
  for (const auto& row : rows_) {
    for (std::size_t i = 0; i < count; ++i) {
      widths[i] = std::max(widths[i], columns_of(row[i]));
      if (&row != &rows_.front() && !is_number(row[i])) is_right[i] = false;
    }
  }
  std::string text;
  for (const auto& row : rows_) {
    std::string line;
    for (std::size_t i = 0; i < count; ++i) line += padded(row[i], widths[i], is_right[i]) + "  ";
    text += line.substr(0, line.find_last_not_of(' ') + 1) + "\n";
    if (&row != &rows_.front()) continue;
    for (std::size_t i = 0; i < count; ++i)
      text += std::string(widths[i], '-') + (i + 1 < count ? "  " : "\n");
  }
  return text;
}

std::string shown(double value, int digits) {
  return std::isfinite(value) ? fmt::format("{:.{}f}", value, digits) : "–";
}

}  // namespace matanai::twin
