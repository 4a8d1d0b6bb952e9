// A page of dots that grows downwards: text (text.hpp), rules, pictures and QR codes at places in
// dots. It also keeps what a person reads on it. Not for what stands on a ticket: page.cpp. One
// thread.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "printer/bitmap.hpp"
#include "printer/layout/qr.hpp"
#include "printer/layout/text.hpp"

namespace matanai::printer {

class Canvas {
 public:
  // `setter` must outlive the canvas.
  Canvas(TextSetter& setter, int dots) : setter_(setter), bitmap_(dots, 0) {}

  int width() const { return bitmap_.width(); }
  // Millimetres as whole dots.
  int dots(double mm) const { return setter_.dots(mm); }
  int baseline(const TextStyle& style) const { return setter_.baseline(style); }

  // Height in dots of the text broken to `width` dots.
  int measure_height(std::string_view text, const TextStyle& style, int width);
  // Width of the text on one line.
  int measure_width(std::string_view text, const TextStyle& style);
  // Draws at (x, y) = top left of the box of `width` dots; returns the height.
  int draw_text(std::string_view text, const TextStyle& style, int x, int y, int width);
  // Draws the ticket number centred, its ink `height` dots high with its top at y, narrowed if it
  // is wider than `width`.
  void draw_number(std::string_view number, int x, int y, int width, int height);
  void draw_rule(int x, int y, int width, int height);
  void draw_frame(int x, int y, int width, int height, int line);
  void draw_picture(const Bitmap& picture, int x, int y);
  // Every module `module` dots; (x, y) = top left of the first module, quiet zone not included.
  void draw_qr(const QrCode& code, int x, int y, int module);
  // What a reader of the text finds at this place; drawn texts note themselves.
  void note(std::string text, int x, int y);

  int unknown_glyphs() const { return unknown_glyphs_; }
  // What a person reads, one line for what stands beside each other.
  std::vector<std::string> lines() const;
  // The page's first `height` rows.
  Bitmap take(int height);

 private:
  struct Note {
    int y, x;
    std::string text;
  };

  void draw_block(const TextBlock& block, int x, int y);
  void grow(int height);

  TextSetter& setter_;
  Bitmap bitmap_;
  std::vector<Note> notes_;
  int unknown_glyphs_ = 0;
};

}  // namespace matanai::printer
