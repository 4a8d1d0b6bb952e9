// Aligned text tables for people: columns of words to the left, columns of numbers to the right.
// Values; any thread.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace matanai::twin {

class Table {
 public:
  explicit Table(std::vector<std::string> header) : rows_{std::move(header)} {}
  // As many cells as the header has.
  void add(std::vector<std::string> cells);
  // Header, a rule, rows; two blanks between columns, "\n" after each line.
  std::string text() const;

 private:
  std::vector<std::vector<std::string>> rows_;
};

// `digits` after the point; an absent number is "–".
std::string shown(double value, int digits);
// Columns of a terminal that the UTF-8 text takes; East Asian wide characters take two.
std::size_t columns_of(std::string_view text);

}  // namespace matanai::twin
