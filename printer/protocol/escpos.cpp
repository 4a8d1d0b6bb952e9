#include "printer/protocol/escpos.hpp"

#include <algorithm>
#include <limits>
#include <optional>

namespace matanai::printer::escpos {
namespace {

constexpr std::uint8_t kDle = 0x10, kEsc = 0x1B, kGs = 0x1D;
constexpr int kMaxBandRows = 255;             // the high byte of the height stays 0
constexpr std::size_t kBandOverhead = 4 + 8;  // ESC $ and the head of GS v 0
constexpr int kRowsOfOverhead = 4;            // white rows not worth a new band at the narrowest

void append(Bytes& out, std::initializer_list<int> bytes) {
  for (int byte : bytes) out.push_back(static_cast<std::uint8_t>(byte));
}

// Ink of one row in dots: [left, right), empty when left == right.
struct Extent {
  int left = 0;
  int right = 0;
  bool is_empty() const { return left == right; }
  void widen(const Extent& other) {
    if (other.is_empty()) return;
    if (is_empty()) {
      *this = other;
      return;
    }
    left = std::min(left, other.left);
    right = std::max(right, other.right);
  }
};

Extent extent_of(const Bitmap& picture, int y) {
  const auto row = picture.row(y);
  const auto first = std::find_if(row.begin(), row.end(), [](std::uint8_t b) { return b != 0; });
  if (first == row.end()) return {};
  const auto last = std::find_if(row.rbegin(), row.rend(), [](std::uint8_t b) { return b != 0; });
  int left = static_cast<int>(first - row.begin()) * 8;
  int right = static_cast<int>(row.rend() - last) * 8;
  while (!picture.is_black(left, y)) ++left;
  while (!picture.is_black(right - 1, y)) --right;
  return {left, right};
}

struct Band {
  int top = 0;
  int bottom = 0;  // one past the last row
  Extent ink;
};

std::size_t band_cost(const Extent& ink, int rows) {
  const auto bytes = static_cast<std::size_t>(ink.right - ink.left + 7) / 8;
  return kBandOverhead + bytes * static_cast<std::size_t>(rows);
}

// Cheapest cut of one run of ink rows into bands, by dynamic programming over the last cut. A band
// below another costs a little extra, so that text lines are not cut for a byte or two (a cut can
// leave a fine seam on paper).
std::vector<Band> cut_run(const std::vector<Extent>& extents, int top, int bottom) {
  constexpr std::size_t kSeam = 12;
  const auto count = static_cast<std::size_t>(bottom - top);
  std::vector<std::size_t> cost(count + 1, std::numeric_limits<std::size_t>::max());
  std::vector<std::size_t> from(count + 1, 0);
  cost[0] = 0;
  for (std::size_t end = 1; end <= count; ++end) {
    Extent ink;
    for (std::size_t start = end; start-- > 0 && end - start <= kMaxBandRows;) {
      ink.widen(extents[static_cast<std::size_t>(top) + start]);
      const std::size_t band = band_cost(ink, static_cast<int>(end - start));
      if (band > kBandLimit - 8) break;  // room for a shifted edge
      const std::size_t total = cost[start] + band + (start > 0 ? kSeam : 0);
      if (total < cost[end]) {
        cost[end] = total;
        from[end] = start;
      }
    }
  }
  std::vector<Band> bands;
  for (std::size_t end = count; end > 0; end = from[end]) {
    Band band{
        .top = top + static_cast<int>(from[end]), .bottom = top + static_cast<int>(end), .ink = {}};
    for (int y = band.top; y < band.bottom; ++y)
      band.ink.widen(extents[static_cast<std::size_t>(y)]);
    bands.push_back(band);
  }
  std::reverse(bands.begin(), bands.end());
  return bands;
}

std::vector<Band> plan(const Bitmap& picture) {
  std::vector<Extent> extents;
  for (int y = 0; y < picture.height(); ++y) extents.push_back(extent_of(picture, y));
  std::vector<Band> bands;
  int y = 0;
  while (y < picture.height()) {
    if (extents[static_cast<std::size_t>(y)].is_empty()) {
      ++y;
      continue;
    }
    int end = y, white = 0;
    for (int next = y; next < picture.height() && white < kRowsOfOverhead; ++next) {
      white = extents[static_cast<std::size_t>(next)].is_empty() ? white + 1 : 0;
      if (white == 0) end = next + 1;
    }
    for (const auto& band : cut_run(extents, y, end)) bands.push_back(band);
    y = end;
  }
  return bands;
}

void feed(Bytes& out, int rows) {
  while (rows > 0) {
    int step = std::min(rows, 255);
    if (step == kDle) step = kDle - 1;  // never a DLE as argument
    append(out, {kEsc, 'J', step});
    rows -= step;
  }
}

// ESC $ left, GS v 0: rows top…bottom from `left` on, `width` bytes each.
Bytes raster(const Bitmap& picture, int top, int bottom, int left, int width) {
  Bytes out;
  out.reserve(kBandOverhead + static_cast<std::size_t>(width * (bottom - top)));
  append(out, {kEsc, '$', left & 0xFF, left >> 8});
  append(out,
         {kGs, 'v', '0', 0, width & 0xFF, width >> 8, (bottom - top) & 0xFF, (bottom - top) >> 8});
  const auto shift = left % 8;
  const auto first = static_cast<std::size_t>(left / 8);
  for (int y = top; y < bottom; ++y) {
    const auto row = picture.row(y);
    for (std::size_t i = first; i < first + static_cast<std::size_t>(width); ++i) {
      const unsigned high = i < row.size() ? row[i] : 0u;
      const unsigned low = i + 1 < row.size() ? row[i + 1] : 0u;
      out.push_back(static_cast<std::uint8_t>((high << shift | low >> (8 - shift)) & 0xFF));
    }
  }
  return out;
}

// The band as one command, its left edge moved to the first place that leaves no real-time bytes;
// nullopt if none does.
std::optional<Bytes> clean_raster(const Bitmap& picture, const Band& band) {
  const int limit = static_cast<int>(picture.stride()) * 8;
  for (int back = 0; back < 8; ++back) {
    const int left = band.ink.left - back;
    const int width = (band.ink.right - left + 7) / 8;
    if (left < 0 || left + width * 8 > limit + 7) continue;
    auto bytes = raster(picture, band.top, band.bottom, left, width);
    if (find_realtime(bytes) == bytes.size()) return bytes;
  }
  return std::nullopt;
}

// One row that no edge can clean: toggles single dots until it is clean.
Bytes forced_row(const Bitmap& picture, const Band& band, int& dots_changed) {
  const int width = (band.ink.right - band.ink.left + 7) / 8;
  auto bytes = raster(picture, band.top, band.bottom, band.ink.left, width);
  for (auto at = find_realtime(bytes); at != bytes.size(); at = find_realtime(bytes)) {
    bytes[at] = static_cast<std::uint8_t>(bytes[at] ^ 0x08);  // beside the dot that makes it a DLE
    ++dots_changed;
  }
  return bytes;
}

void put_band(const Bitmap& picture, const Band& band, Encoded& out) {
  if (auto bytes = clean_raster(picture, band)) {
    out.bytes.insert(out.bytes.end(), bytes->begin(), bytes->end());
    ++out.bands;
    return;
  }
  const int rows = band.bottom - band.top;
  if (rows == 1) {
    const auto bytes = forced_row(picture, band, out.dots_changed);
    out.bytes.insert(out.bytes.end(), bytes.begin(), bytes.end());
    ++out.bands;
    return;
  }
  const int middle = band.top + rows / 2;
  put_band(picture, {band.top, middle, band.ink}, out);
  put_band(picture, {middle, band.bottom, band.ink}, out);
}

}  // namespace

std::size_t find_realtime(std::span<const std::uint8_t> bytes, std::size_t from) {
  const auto is_command = [&](std::size_t at) {
    if (at + 2 >= bytes.size()) return false;
    const auto kind = bytes[at + 1], n = bytes[at + 2];
    if (kind == 0x04) return (n >= 1 && n <= 4) || n == 7 || n == 8 || n == 18 || n == 20;
    if (kind == 0x05) return n <= 2;
    if (kind == 0x14) return (n >= 1 && n <= 3) || n == 7 || n == 8;
    return false;
  };
  for (auto at = from; at < bytes.size(); ++at) {
    if (bytes[at] == kDle && is_command(at)) return at;
  }
  return bytes.size();
}

Encoded encode(const Bitmap& picture, const EncodeOptions& options) {
  Encoded out;
  append(out.bytes, {kGs, 'P', options.dpi, options.dpi});
  int y = 0;
  for (const auto& band : plan(picture)) {
    feed(out.bytes, band.top - y);
    out.last_band = out.bytes.size();
    put_band(picture, band, out);
    y = band.bottom;
  }
  feed(out.bytes, picture.height() - y);
  if (options.cut) append(out.bytes, {kGs, 'V', 'B', 0});
  return out;
}

Bytes initialize() { return {kEsc, '@'}; }

Bytes ask_status(int n) { return {kDle, 0x04, static_cast<std::uint8_t>(n)}; }

Bytes enable_asb(std::uint8_t mask) { return {kGs, 'a', mask}; }

Bytes ask_process_id(const ProcessId& id) {
  Bytes out{kGs, '(', 'H', 6, 0, '0', '0'};
  for (char character : id) out.push_back(static_cast<std::uint8_t>(character));
  return out;
}

ProcessId process_id_of(std::uint32_t counter) {
  ProcessId id{};
  for (auto digit = id.rbegin(); digit != id.rend(); ++digit) {
    *digit = static_cast<char>(0x20 + counter % 95);
    counter /= 95;
  }
  return id;
}

Bytes ask_paper_sensor() { return {kGs, 'r', 1}; }

Bytes clear_buffer() { return {kDle, 0x14, 0x08, 0x01, 0x03, 0x14, 0x01, 0x06, 0x02, 0x08}; }

}  // namespace matanai::printer::escpos
