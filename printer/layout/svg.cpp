#include "printer/layout/svg.hpp"

#include <fmt/format.h>

#include <iterator>
#include <utility>
#include <vector>

namespace matanai::printer {
namespace {

using Run = std::pair<int, int>;  // [from, to) of one row

std::vector<Run> runs_of(const Bitmap& bitmap, int y) {
  std::vector<Run> runs;
  for (int x = 0; x < bitmap.width(); ++x) {
    if (!bitmap.is_black(x, y)) continue;
    if (runs.empty() || runs.back().second != x) runs.emplace_back(x, x);
    runs.back().second = x + 1;
  }
  return runs;
}

}  // namespace

std::string svg_of(const Bitmap& bitmap, int dpi) {
  const double mm = 25.4 / dpi;
  std::string svg = fmt::format(
      R"(<svg xmlns="http://www.w3.org/2000/svg" width="{:.2f}mm" height="{:.2f}mm" )"
      R"(viewBox="0 0 {} {}" shape-rendering="crispEdges"><path fill="#fff" d="M0 0h{}v{}H0z"/>)"
      R"(<path d=")",
      bitmap.width() * mm, bitmap.height() * mm, bitmap.width(), bitmap.height(), bitmap.width(),
      bitmap.height());
  // Rows that are alike are one rectangle a run.
  for (int y = 0, end = 0; y < bitmap.height(); y = end) {
    const auto runs = runs_of(bitmap, y);
    for (end = y + 1; end < bitmap.height() && runs_of(bitmap, end) == runs;) ++end;
    for (const auto& [from, to] : runs)
      fmt::format_to(std::back_inserter(svg), "M{} {}h{}v{}H{}z", from, y, to - from, end - y,
                     from);
  }
  return svg + R"("/></svg>)";
}

}  // namespace matanai::printer
