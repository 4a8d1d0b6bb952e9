#include "printer/protocol/starprnt_raster.hpp"

#include <algorithm>

#include "printer/protocol/raster.hpp"

namespace matanai::printer {
namespace {

constexpr std::uint8_t kEsc = 0x1B, kGs = 0x1D, kEtx = 0x03, kAck = 0x06;

void append(Bytes& out, std::initializer_list<int> bytes) {
  for (int byte : bytes) out.push_back(static_cast<std::uint8_t>(byte));
}

constexpr std::size_t kPicture = 9, kPlace = 5;  // heads of ESC GS S and ESC GS A

// ESC GS S 1, from the place of the print head on, which is the left margin unless it was moved.
Bytes esc_gs_s(const raster::Strip& strip) {
  Bytes out;
  out.reserve(strip.dots.size() + kPlace + kPicture);
  append(out, {kEsc, kGs, 'S', 1, strip.row_bytes() & 0xFF, strip.row_bytes() >> 8,
               strip.rows & 0xFF, strip.rows >> 8, 0});
  out.insert(out.end(), strip.dots.begin(), strip.dots.end());
  return out;
}

// ESC GS A n1 n2: dots from the left margin, for the next ESC GS S.
Bytes placed_esc_gs_s(const raster::Strip& strip) {
  Bytes out{kEsc, kGs, 'A', static_cast<std::uint8_t>(strip.left & 0xFF),
            static_cast<std::uint8_t>(strip.left >> 8)};
  const auto picture = esc_gs_s(strip);
  out.insert(out.end(), picture.begin(), picture.end());
  return out;
}

// ESC I n: n/8 mm, which is one dot of Star's 203 dpi heads.
void feed(Bytes& out, int rows) {
  for (; rows > 0; rows -= 255) append(out, {kEsc, 'I', std::min(rows, 255)});
}

}  // namespace

std::size_t find_starprnt_realtime(std::span<const std::uint8_t> bytes, std::size_t from) {
  for (auto at = from; at + 2 < bytes.size(); ++at) {
    if (bytes[at] != kEsc) continue;
    const auto kind = bytes[at + 1], n = bytes[at + 2];
    if (kind == kAck && (n == 0x01 || n == 0x18)) return at;  // status, reset
    if (kind == kGs && n == kEtx) return at;                  // document, print end
  }
  return bytes.size();
}

Encoded encode_starprnt(const Bitmap& picture, const EncodeOptions& options) {
  const bool may_place = options.may_place;
  const raster::Form form{.head = (may_place ? kPlace : 0) + kPicture,
                          .max_rows = 255,
                          .can_place = may_place,
                          .can_double = false,
                          .command = may_place ? placed_esc_gs_s : esc_gs_s,
                          .feed = feed,
                          .find_executed = find_starprnt_realtime};
  auto out = raster::encode(picture, form, std::min(options.band_limit, kBandLimit));
  if (options.cut) append(out.bytes, {kEsc, 'd', 3});  // feed to the blade, partial cut
  return out;
}

}  // namespace matanai::printer
