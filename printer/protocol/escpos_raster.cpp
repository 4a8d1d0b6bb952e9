// Pictures as GS v 0 or GS 8 L + GS ( L (Epson's command reference).
#include <algorithm>

#include "printer/protocol/escpos.hpp"
#include "printer/protocol/raster.hpp"

namespace matanai::printer::escpos {
namespace {

constexpr std::uint8_t kDle = 0x10, kEsc = 0x1B, kGs = 0x1D;
constexpr std::size_t kPlace = 4;  // ESC $

void append(Bytes& out, std::initializer_list<int> bytes) {
  for (int byte : bytes) out.push_back(static_cast<std::uint8_t>(byte));
}

Bytes place(const raster::Strip& strip) {
  Bytes out;
  out.reserve(strip.dots.size() + 32);
  append(out, {kEsc, '$', strip.left & 0xFF, strip.left >> 8});
  return out;
}

// GS v 0 m: 1 = every dot twice, 2 = every row twice.
Bytes gs_v_0(const raster::Strip& strip) {
  auto out = place(strip);
  const int mode = (strip.is_wide ? 1 : 0) + (strip.is_tall ? 2 : 0);
  append(out, {kGs, 'v', '0', mode, strip.row_bytes() & 0xFF, strip.row_bytes() >> 8,
               strip.rows & 0xFF, strip.rows >> 8});
  out.insert(out.end(), strip.dots.begin(), strip.dots.end());
  return out;
}

// GS 8 L function 112 stores, GS ( L function 50 prints.
Bytes gs_8_l(const raster::Strip& strip) {
  auto out = place(strip);
  const auto length = static_cast<int>(strip.dots.size()) + 10;
  append(out, {kGs, '8', 'L', length & 0xFF, length >> 8 & 0xFF, length >> 16 & 0xFF, 0});
  append(out, {'0', 'p', '0', strip.is_wide ? 2 : 1, strip.is_tall ? 2 : 1, '1'});
  append(out, {strip.columns & 0xFF, strip.columns >> 8, strip.rows & 0xFF, strip.rows >> 8});
  out.insert(out.end(), strip.dots.begin(), strip.dots.end());
  append(out, {kGs, '(', 'L', 2, 0, '0', '2'});
  return out;
}

void feed(Bytes& out, int rows) {
  while (rows > 0) {
    int step = std::min(rows, 255);
    if (step == kDle) step = kDle - 1;  // never a DLE as argument
    append(out, {kEsc, 'J', step});
    rows -= step;
  }
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
  const bool is_stored = options.raster == RasterCommand::gs_8_l;
  const raster::Form form{.head = kPlace + (is_stored ? 17u : 8u),
                          .tail = is_stored ? 7u : 0u,
                          .max_rows = 255,
                          .can_place = true,
                          .can_double = options.may_double,
                          .command = is_stored ? gs_8_l : gs_v_0,
                          .feed = feed,
                          .find_executed = find_realtime};
  auto out = raster::encode(picture, form, std::min(options.band_limit, kBandLimit));
  const Bytes units{kGs, 'P', static_cast<std::uint8_t>(options.dpi),
                    static_cast<std::uint8_t>(options.dpi)};
  out.bytes.insert(out.bytes.begin(), units.begin(), units.end());
  if (out.bands > 0) out.last_band += units.size();
  if (options.cut) append(out.bytes, {kGs, 'V', 'B', 0});
  return out;
}

}  // namespace matanai::printer::escpos
