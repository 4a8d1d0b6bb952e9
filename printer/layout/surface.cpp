#include "printer/layout/surface.hpp"

#include <bit>
#include <cstdint>
#include <cstring>
#include <stdexcept>

namespace matanai::printer {
namespace {

constexpr unsigned char kInk = 128;  // coverage from which a dot is black

// Eight coverages as eight dots: the high bit of each byte is its "≥ kInk", gathered by one
// multiplication.
std::uint8_t pack(const unsigned char* coverage) {
  static_assert(kInk == 128 && std::endian::native == std::endian::little);
  std::uint64_t eight = 0;
  std::memcpy(&eight, coverage, sizeof eight);
  return static_cast<std::uint8_t>((eight >> 7 & 0x0101010101010101) * 0x8040201008040201 >> 56);
}

}  // namespace

Surface::Surface(int width, int height)
    : surface_(cairo_image_surface_create(CAIRO_FORMAT_A8, width, height), cairo_surface_destroy),
      cairo_(cairo_create(surface_.get()), cairo_destroy) {
  if (cairo_status(cairo_.get()) != CAIRO_STATUS_SUCCESS) {
    throw std::runtime_error("cairo: cannot make a picture");
  }
}

Bitmap Surface::dots() {
  cairo_surface_flush(surface_.get());
  const unsigned char* data = cairo_image_surface_get_data(surface_.get());
  const int stride = cairo_image_surface_get_stride(surface_.get());
  Bitmap bitmap(cairo_image_surface_get_width(surface_.get()),
                cairo_image_surface_get_height(surface_.get()));
  const auto whole = static_cast<std::size_t>(bitmap.width()) / 8;
  for (int y = 0; y < bitmap.height(); ++y) {
    const unsigned char* line = data + static_cast<std::ptrdiff_t>(y) * stride;
    auto row = bitmap.row(y);
    for (std::size_t i = 0; i < whole; ++i) row[i] = pack(line + i * 8);
    for (int x = static_cast<int>(whole) * 8; x < bitmap.width(); ++x)
      bitmap.set(x, y, line[x] >= kInk);
  }
  return bitmap;
}

}  // namespace matanai::printer
