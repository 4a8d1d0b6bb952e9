#include "printer/layout/png.hpp"

#include <cairo/cairo.h>

#include <memory>
#include <stdexcept>

namespace matanai::printer {
namespace {

cairo_status_t append(void* target, const unsigned char* data, unsigned int length) {
  static_cast<std::string*>(target)->append(reinterpret_cast<const char*>(data), length);
  return CAIRO_STATUS_SUCCESS;
}

}  // namespace

std::string png_of(const Bitmap& bitmap, int border) {
  std::unique_ptr<cairo_surface_t, void (*)(cairo_surface_t*)> surface(
      cairo_image_surface_create(CAIRO_FORMAT_RGB24, bitmap.width() + 2 * border,
                                 bitmap.height() + 2 * border),
      cairo_surface_destroy);
  if (cairo_surface_status(surface.get()) != CAIRO_STATUS_SUCCESS) {
    throw std::runtime_error("cairo: cannot make a picture");
  }
  unsigned char* data = cairo_image_surface_get_data(surface.get());
  const int stride = cairo_image_surface_get_stride(surface.get());
  for (int y = 0; y < bitmap.height() + 2 * border; ++y) {
    auto* line = reinterpret_cast<std::uint32_t*>(data + static_cast<std::ptrdiff_t>(y) * stride);
    for (int x = 0; x < bitmap.width() + 2 * border; ++x) {
      line[x] = bitmap.is_black(x - border, y - border) ? 0x000000 : 0xFFFFFF;
    }
  }
  cairo_surface_mark_dirty(surface.get());
  std::string png;
  if (cairo_surface_write_to_png_stream(surface.get(), append, &png) != CAIRO_STATUS_SUCCESS) {
    throw std::runtime_error("cairo: cannot write a PNG");
  }
  return png;
}

}  // namespace matanai::printer
