#include "printer/protocol/raster.hpp"

#include <algorithm>
#include <limits>
#include <optional>
#include <vector>

namespace matanai::printer::raster {
namespace {

constexpr int kWhiteRows = 4;      // not worth a new band
constexpr std::size_t kSeam = 12;  // what a cut inside ink must save: it can leave a fine seam
constexpr std::size_t kRoom = 8;   // for an edge that moves

// One row: its ink [left, right) in dots, empty when left == right, and what stands twice.
struct Row {
  int left = 0;
  int right = 0;
  bool is_like_next = false;
  bool is_wide[2] = {true, true};  // pairs that begin at even, at odd dots

  bool is_empty() const { return left == right; }
  void widen(const Row& other) {
    is_wide[0] = is_wide[0] && other.is_wide[0];
    is_wide[1] = is_wide[1] && other.is_wide[1];
    if (other.is_empty()) return;
    left = is_empty() ? other.left : std::min(left, other.left);
    right = std::max(right, other.right);
  }
};

struct Band {
  int top = 0;
  int bottom = 0;  // one past the last row
  int left = 0;
  int right = 0;
  bool is_wide = false;
  bool is_tall = false;
};

bool has_twins(std::span<const std::uint8_t> row, bool is_odd) {
  for (std::size_t i = 0; i < row.size(); ++i) {
    unsigned dots = row[i];
    if (is_odd) dots = (dots << 1 | (i + 1 < row.size() ? row[i + 1] >> 7 : 0u)) & 0xFF;
    if (((dots >> 1 ^ dots) & 0x55) != 0) return false;
  }
  return !is_odd || (row.empty() || (row[0] & 0x80) == 0);
}

Row look_at(const Bitmap& picture, int y) {
  Row row;
  const auto bytes = picture.row(y);
  const auto first = std::find_if(bytes.begin(), bytes.end(), [](auto b) { return b != 0; });
  row.is_like_next = y + 1 < picture.height() && std::ranges::equal(bytes, picture.row(y + 1));
  if (first == bytes.end()) return row;
  const auto last = std::find_if(bytes.rbegin(), bytes.rend(), [](auto b) { return b != 0; });
  row.left = static_cast<int>(first - bytes.begin()) * 8;
  row.right = static_cast<int>(bytes.rend() - last) * 8;
  while (!picture.is_black(row.left, y)) ++row.left;
  while (!picture.is_black(row.right - 1, y)) --row.right;
  for (const bool is_odd : {false, true}) row.is_wide[is_odd] = has_twins(bytes, is_odd);
  return row;
}

class Planner {
 public:
  Planner(const Bitmap& picture, const Form& form, std::size_t limit) : form_(form), limit_(limit) {
    for (int y = 0; y < picture.height(); ++y) rows_.push_back(look_at(picture, y));
  }

  std::vector<Band> plan() const {
    std::vector<Band> bands;
    const int height = static_cast<int>(rows_.size());
    for (int y = 0; y < height;) {
      if (row(y).is_empty()) {
        ++y;
        continue;
      }
      int end = y, white = 0;
      for (int next = y; next < height && white < kWhiteRows; ++next) {
        white = row(next).is_empty() ? white + 1 : 0;
        if (white == 0) end = next + 1;
      }
      cut_run(y, end, bands);
      y = end;
    }
    return bands;
  }

 private:
  const Row& row(int y) const { return rows_[static_cast<std::size_t>(y)]; }

  struct Cost {
    std::size_t bytes = 0;
    bool is_wide = false;
    bool is_tall = false;
  };

  Cost cost_of(const Row& ink, int count, bool is_tall) const {
    Cost cost;
    const int left = form_.can_place ? ink.left : 0;
    cost.is_wide = form_.can_double && ink.is_wide[left % 2];
    cost.is_tall = is_tall;
    const int columns = cost.is_wide ? (ink.right - left + 1) / 2 : ink.right - left;
    const int sent = is_tall ? count / 2 : count;
    cost.bytes = form_.head + form_.tail + static_cast<std::size_t>((columns + 7) / 8 * sent);
    return cost;
  }

  // Cheapest cut of rows [top, bottom) into bands, by dynamic programming over the last cut.
  void cut_run(int top, int bottom, std::vector<Band>& bands) const {
    struct Best {
      std::size_t total = std::numeric_limits<std::size_t>::max();
      int from = 0;
      Row ink;
      Cost cost;
    };
    std::vector<Best> best(static_cast<std::size_t>(bottom - top) + 1);
    best[0].total = 0;
    for (int end = top + 1; end <= bottom; ++end) {
      Row ink;
      bool is_tall = form_.can_double;
      auto& here = best[static_cast<std::size_t>(end - top)];
      for (int start = end - 1; start >= top && end - start <= form_.max_rows; --start) {
        ink.widen(row(start));
        const bool is_even = (end - start) % 2 == 0;
        if (is_even) is_tall = is_tall && row(start).is_like_next;
        const Cost cost = cost_of(ink, end - start, is_tall && is_even);
        if (cost.bytes > limit_ - kRoom) break;
        const std::size_t total = best[static_cast<std::size_t>(start - top)].total + cost.bytes +
                                  (start > top ? kSeam : 0);
        if (total < here.total) here = {total, start, ink, cost};
      }
    }
    const auto first = static_cast<std::ptrdiff_t>(bands.size());
    for (int end = bottom; end > top;) {
      const auto& last = best[static_cast<std::size_t>(end - top)];
      bands.push_back(
          {last.from, end, last.ink.left, last.ink.right, last.cost.is_wide, last.cost.is_tall});
      end = last.from;
    }
    std::reverse(bands.begin() + first, bands.end());
  }

  const Form& form_;
  std::size_t limit_;
  std::vector<Row> rows_;
};

// Eight dots from `x` on, or every second of sixteen.
std::uint8_t eight_dots(std::span<const std::uint8_t> row, int x, bool is_wide) {
  const auto at = [&](int index) {
    return index < static_cast<int>(row.size()) ? unsigned{row[static_cast<std::size_t>(index)]}
                                                : 0u;
  };
  const unsigned dots = (at(x / 8) << 16 | at(x / 8 + 1) << 8 | at(x / 8 + 2)) << x % 8;
  if (!is_wide) return static_cast<std::uint8_t>(dots >> 16 & 0xFF);
  unsigned half = 0;
  for (int bit = 0; bit < 8; ++bit) half = half << 1 | (dots >> (23 - 2 * bit) & 1);
  return static_cast<std::uint8_t>(half);
}

// The band from `left` on, `spare` white bytes at its right.
Strip strip_of(const Bitmap& picture, const Band& band, int left, int spare) {
  Strip strip{.left = left, .is_wide = band.is_wide, .is_tall = band.is_tall, .dots = {}};
  const int step = band.is_wide ? 2 : 1;
  strip.columns = (band.right - left + step - 1) / step;
  if (spare > 0) strip.columns = (strip.row_bytes() + spare) * 8;
  const int down = band.is_tall ? 2 : 1;
  strip.rows = (band.bottom - band.top) / down;
  strip.dots.reserve(static_cast<std::size_t>(strip.rows * strip.row_bytes()));
  for (int y = band.top; y < band.bottom; y += down) {
    for (int i = 0; i < strip.row_bytes(); ++i)
      strip.dots.push_back(eight_dots(picture.row(y), left + 8 * step * i, band.is_wide));
  }
  return strip;
}

class Writer {
 public:
  Writer(const Bitmap& picture, const Form& form, std::size_t limit)
      : picture_(picture), form_(form), limit_(limit) {}

  Encoded write() {
    int y = 0;
    for (const auto& band : Planner(picture_, form_, limit_).plan()) {
      if (band.left == band.right) continue;  // white between lines: cheaper fed
      if (band.top > y) form_.feed(out_.bytes, band.top - y);
      put(band);
      y = band.bottom;
    }
    if (picture_.height() > y) form_.feed(out_.bytes, picture_.height() - y);
    return std::move(out_);
  }

 private:
  bool is_clean(const Bytes& bytes) const {
    return bytes.size() <= limit_ && form_.find_executed(bytes, 0) == bytes.size();
  }

  // With its edge moved to the first place that is clean, the left one if it may move; nothing if
  // there is none.
  std::optional<Bytes> clean_command(const Band& band) const {
    const int step = band.is_wide ? 2 : 1;
    for (int back = 0; back < 8; ++back) {
      const int left = form_.can_place ? band.left - back * step : 0;
      const int spare = form_.can_place ? 0 : back;
      if (left < 0 || (band.right + 7) / 8 + spare > static_cast<int>(picture_.stride())) break;
      auto bytes = form_.command(strip_of(picture_, band, left, spare));
      if (is_clean(bytes)) return bytes;
    }
    return std::nullopt;
  }

  void append(const Bytes& bytes) {
    out_.last_band = out_.bytes.size();
    out_.bytes.insert(out_.bytes.end(), bytes.begin(), bytes.end());
    ++out_.bands;
  }

  void put(const Band& band) {
    if (const auto bytes = clean_command(band)) return append(*bytes);
    Band plain = band;
    plain.is_wide = plain.is_tall = false;
    if (band.is_wide || band.is_tall) return put(plain);
    if (band.bottom - band.top == 1) return append(forced(plain));
    Band upper = plain, lower = plain;
    upper.bottom = lower.top = band.top + (band.bottom - band.top) / 2;
    put(upper);
    put(lower);
  }

  // One row that no edge can clean: single dots are toggled until it is. 08h turns neither 10h nor
  // 1Bh into the beginning of another such sequence.
  Bytes forced(const Band& band) {
    Strip strip = strip_of(picture_, band, form_.can_place ? band.left : 0, 0);
    auto bytes = form_.command(strip);
    for (auto at = form_.find_executed(bytes, 0); at != bytes.size();
         at = form_.find_executed(bytes, at)) {
      strip.dots[std::max(at, form_.head) - form_.head] ^= 0x08;
      bytes = form_.command(strip);
      ++out_.dots_changed;
    }
    return bytes;
  }

  const Bitmap& picture_;
  const Form& form_;
  std::size_t limit_;
  Encoded out_;
};

}  // namespace

Encoded encode(const Bitmap& picture, const Form& form, std::size_t limit) {
  return Writer(picture, form, std::max<std::size_t>(limit, 256)).write();
}

}  // namespace matanai::printer::raster
