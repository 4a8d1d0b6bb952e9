#include "server/queue/score/csv.hpp"

#include <algorithm>

namespace matanai::queue {
namespace {

void split(std::string_view line, std::vector<std::string_view>& cells) {
  cells.clear();
  for (;;) {
    const auto end = line.find(',');
    cells.push_back(line.substr(0, end));
    if (end == std::string_view::npos) return;
    line.remove_prefix(end + 1);
  }
}

}  // namespace

CsvRows::CsvRows(std::string_view text, std::span<const std::string_view> columns) : rest_(text) {
  constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";
  if (rest_.starts_with(kByteOrderMark)) rest_.remove_prefix(kByteOrderMark.size());
  split(take_line(), header_);
  for (const auto column : columns) {
    const auto found = std::ranges::find(header_, column);
    if (found == header_.end() && !missing_) missing_ = column;
    places_.push_back(static_cast<std::size_t>(found - header_.begin()));
  }
}

std::string_view CsvRows::take_line() {
  const auto end = rest_.find('\n');
  std::string_view line = rest_.substr(0, end);
  rest_.remove_prefix(end == std::string_view::npos ? rest_.size() : end + 1);
  if (line.ends_with('\r')) line.remove_suffix(1);
  ++line_;
  return line;
}

bool CsvRows::next() {
  while (!missing_ && !rest_.empty()) {
    const auto line = take_line();
    if (line.empty()) continue;
    split(line, cells_);
    return true;
  }
  return false;
}

std::string_view CsvRows::operator[](std::size_t column) const {
  return places_[column] < cells_.size() ? cells_[places_[column]] : std::string_view();
}

}  // namespace matanai::queue
