#include "printer/layout/png.hpp"

#include <cairo/cairo.h>

#include <algorithm>
#include <cstdint>
#include <cstring>
#include <memory>
#include <stdexcept>

namespace matanai::printer {
namespace {

cairo_status_t append(void* target, const unsigned char* data, unsigned int length) {
  static_cast<std::string*>(target)->append(reinterpret_cast<const char*>(data), length);
  return CAIRO_STATUS_SUCCESS;
}

struct Rest {
  const std::string& bytes;
  std::size_t at = 0;
};

cairo_status_t take(void* source, unsigned char* data, unsigned int length) {
  auto& rest = *static_cast<Rest*>(source);
  if (rest.bytes.size() - rest.at < length) return CAIRO_STATUS_READ_ERROR;
  std::memcpy(data, rest.bytes.data() + rest.at, length);
  rest.at += length;
  return CAIRO_STATUS_SUCCESS;
}

using Picture = std::unique_ptr<cairo_surface_t, void (*)(cairo_surface_t*)>;

// Luminance (Rec. 601) below half.
bool is_dark(std::uint32_t rgb) {
  return 299 * (rgb >> 16 & 255) + 587 * (rgb >> 8 & 255) + 114 * (rgb & 255) < 128'000;
}

}  // namespace

std::string png_of(const Bitmap& bitmap, int border) {
  Picture surface(cairo_image_surface_create(CAIRO_FORMAT_RGB24, bitmap.width() + 2 * border,
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

Bitmap bitmap_of_png(const std::string& png, int width, int height) {
  Rest rest{.bytes = png};
  const Picture given(cairo_image_surface_create_from_png_stream(take, &rest),
                      cairo_surface_destroy);
  if (cairo_surface_status(given.get()) != CAIRO_STATUS_SUCCESS)
    throw std::runtime_error("the picture is not a PNG file");
  const int from_width = cairo_image_surface_get_width(given.get());
  const int from_height = cairo_image_surface_get_height(given.get());
  const double scale =
      std::min(static_cast<double>(width) / from_width, static_cast<double>(height) / from_height);
  Bitmap bitmap(std::max(1, static_cast<int>(from_width * scale)),
                std::max(1, static_cast<int>(from_height * scale)));
  const Picture paper(
      cairo_image_surface_create(CAIRO_FORMAT_RGB24, bitmap.width(), bitmap.height()),
      cairo_surface_destroy);
  const std::unique_ptr<cairo_t, void (*)(cairo_t*)> cairo(cairo_create(paper.get()),
                                                           cairo_destroy);
  cairo_set_source_rgb(cairo.get(), 1, 1, 1);
  cairo_paint(cairo.get());
  cairo_scale(cairo.get(), scale, scale);
  cairo_set_source_surface(cairo.get(), given.get(), 0, 0);
  cairo_paint(cairo.get());
  cairo_surface_flush(paper.get());
  const unsigned char* data = cairo_image_surface_get_data(paper.get());
  const int stride = cairo_image_surface_get_stride(paper.get());
  for (int y = 0; y < bitmap.height(); ++y) {
    const auto* line =
        reinterpret_cast<const std::uint32_t*>(data + static_cast<std::ptrdiff_t>(y) * stride);
    for (int x = 0; x < bitmap.width(); ++x) bitmap.set(x, y, is_dark(line[x]));
  }
  return bitmap;
}

}  // namespace matanai::printer
