// Comma separated values with a header: rows one after another, cells by the columns asked for.
// Quotes mean nothing; lines end in LF or CRLF; a byte order mark is skipped. It keeps views of the
// text. Pure; one thread.
#pragma once

#include <charconv>
#include <cstddef>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

namespace matanai::queue {

class CsvRows {
 public:
  // Reads the header; more columns than asked for are skipped.
  CsvRows(std::string_view text, std::span<const std::string_view> columns);
  // The first of `columns` that the header lacks; then there is nothing to read.
  std::optional<std::string_view> missing() const { return missing_; }

  // To the next row, empty lines left out; false: there is none.
  bool next();
  std::size_t line() const { return line_; }                         // 1 is the header
  bool is_whole() const { return cells_.size() == header_.size(); }  // as many cells as the header
  // Of the row, by the column's place in `columns`; empty when the row is too short.
  std::string_view operator[](std::size_t column) const;

 private:
  std::string_view take_line();

  std::string_view rest_;
  std::vector<std::string_view> header_, cells_;
  std::vector<std::size_t> places_;
  std::optional<std::string_view> missing_;
  std::size_t line_ = 0;
};

// nullopt unless the whole cell is a number of this type.
template <class T>
std::optional<T> number_in(std::string_view cell) {
  T value{};
  const auto [end, error] = std::from_chars(cell.data(), cell.data() + cell.size(), value);
  if (error != std::errc() || end != cell.data() + cell.size()) return std::nullopt;
  return value;
}

}  // namespace matanai::queue
