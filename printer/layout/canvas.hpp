// A page of dots that grows downwards: text, lines and QR codes at places in dots, sizes in
// millimetres. Text may hold '|' (a phrase border, where a line breaks when the whole does not
// fit), '\n', and values between U+0001 and U+0002, which are set in the style's large size. Not
// for what stands on a ticket: page.cpp. One thread.
#pragma once

#include <cairo/cairo.h>

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "printer/bitmap.hpp"
#include "printer/layout/fonts.hpp"
#include "printer/layout/qr.hpp"
#include "schema/types/locale.hpp"

namespace matanai::printer {

enum class Align { left, centre, right };

struct TextStyle {
  double size_mm = 3.5;
  Locale locale = Locale::ja;
  double large_mm = 0;       // of values between the marks; 0 = the same size
  double line_height = 1.3;  // of the larger size
  Align align = Align::left;
};

class Canvas {
 public:
  Canvas(const Fonts& fonts, int dots, int dpi);
  ~Canvas();
  Canvas(const Canvas&) = delete;
  Canvas& operator=(const Canvas&) = delete;

  int width() const { return dots_; }
  // Millimetres as whole dots.
  int dots(double mm) const;

  // Height in dots of the text broken to `width` dots.
  int measure_height(std::string_view text, const TextStyle& style, int width) const;
  // Width of the text on one line.
  int measure_width(std::string_view text, const TextStyle& style) const;
  // Draws at (x, y) = top left of the box of `width` dots; returns the height.
  int draw_text(std::string_view text, const TextStyle& style, int x, int y, int width);
  // Draws the ticket number centred, its ink `height` dots high with its top at y, narrowed if it
  // is wider than `width`. Returns the ink height that came out.
  int draw_number(std::string_view number, int x, int y, int width, int height);
  void draw_rule(int x, int y, int width, int height);
  // Outline of a box with round corners, drawn inwards.
  void draw_frame(int x, int y, int width, int height, int line, int radius);
  // The same with open sides: only top and bottom with their corners. Rows between them stay as
  // narrow as what stands there, which is fewer bytes for the printer.
  void draw_open_frame(int x, int y, int width, int height, int line, int radius);
  // Every module `module` dots; (x, y) = top left of the first module, quiet zone not included.
  void draw_qr(const QrCode& code, int x, int y, int module);

  int unknown_glyphs() const { return unknown_glyphs_; }
  // The page's first `height` rows in black and white.
  Bitmap take(int height);

 private:
  std::vector<std::string> break_lines(std::string_view text, const TextStyle& style,
                                       int width) const;
  void shape(std::string_view line, const TextStyle& style, int width) const;
  int line_height(const TextStyle& style) const;
  int even_width(std::string_view line, const TextStyle& style, int width) const;

  int dots_;
  int dpi_;
  std::unique_ptr<cairo_surface_t, void (*)(cairo_surface_t*)> surface_;
  std::unique_ptr<cairo_t, void (*)(cairo_t*)> cairo_;
  GPointer<PangoLayout> layout_;
  int unknown_glyphs_ = 0;
};

}  // namespace matanai::printer
