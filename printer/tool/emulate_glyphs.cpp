#include "printer/tool/emulate_glyphs.hpp"

#include <iconv.h>
#include <pango/pangocairo.h>

#include <array>
#include <memory>

#include "printer/layout/fonts.hpp"
#include "printer/layout/qr.hpp"

namespace matanai::printer::tool {
namespace {

std::string utf8_of(int code) {
  const std::unique_ptr<void, int (*)(iconv_t)> converter(iconv_open("UTF-8", "CP932"),
                                                          iconv_close);
  std::array<char, 2> in = {static_cast<char>(code > 0xFF ? code >> 8 : code),
                            static_cast<char>(code & 0xFF)};
  std::array<char, 8> out{};
  char* from = in.data();
  char* to = out.data();
  std::size_t from_left = code > 0xFF ? 2 : 1, to_left = out.size();
  if (iconv(converter.get(), &from, &from_left, &to, &to_left) == static_cast<std::size_t>(-1))
    return "\u25A1";
  return {out.data(), out.size() - to_left};
}

struct Release {
  void operator()(cairo_t* cairo) const { cairo_destroy(cairo); }
  void operator()(cairo_surface_t* surface) const { cairo_surface_destroy(surface); }
  void operator()(PangoFontDescription* font) const { pango_font_description_free(font); }
};

}  // namespace

Bitmap draw_shift_jis_glyph(int code, int width, int height) {
  static const Fonts fonts;
  const auto text = utf8_of(code);
  const GPointer<PangoLayout> layout(pango_layout_new(fonts.context()));
  const std::unique_ptr<PangoFontDescription, Release> font(pango_font_description_new());
  pango_font_description_set_family(font.get(), number_families());
  pango_font_description_set_absolute_size(font.get(), 24 * PANGO_SCALE);
  pango_layout_set_font_description(layout.get(), font.get());
  pango_layout_set_text(layout.get(), text.data(), static_cast<int>(text.size()));
  int natural_width = 0, natural_height = 0;
  pango_layout_get_pixel_size(layout.get(), &natural_width, &natural_height);
  const double baseline = pango_layout_get_baseline(layout.get()) / double{PANGO_SCALE};

  const std::unique_ptr<cairo_surface_t, Release> surface(
      cairo_image_surface_create(CAIRO_FORMAT_A8, width, height));
  const std::unique_ptr<cairo_t, Release> cairo(cairo_create(surface.get()));
  // A cell of 24 rows has its baseline at the 21st.
  cairo_scale(cairo.get(), natural_width > 0 ? width / double(natural_width) : 1, height / 24.0);
  cairo_move_to(cairo.get(), 0, 21 - baseline);
  pango_cairo_show_layout(cairo.get(), layout.get());
  cairo_surface_flush(surface.get());

  Bitmap out(width, height);
  const auto* grey = cairo_image_surface_get_data(surface.get());
  const int stride = cairo_image_surface_get_stride(surface.get());
  for (int y = 0; y < height; ++y) {
    for (int x = 0; x < width; ++x) out.set(x, y, grey[y * stride + x] >= 112);
  }
  return out;
}

Bitmap draw_qr_code(const std::string& data, int module) {
  const auto code = make_qr(data);
  if (!code) return {};
  Bitmap out(code->modules * module, code->modules * module);
  for (int row = 0; row < code->modules; ++row) {
    for (int column = 0; column < code->modules; ++column) {
      if (code->is_black(column, row)) out.fill(column * module, row * module, module, module);
    }
  }
  return out;
}

}  // namespace matanai::printer::tool
