// One line of text mode: characters of a printer's own fonts in their sizes, and the code that
// tells kanji from bytes. Not for line feeds or placing (epson_parser). A value, one thread.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "printer/bitmap.hpp"
#include "printer/emulator/device.hpp"

namespace matanai::printer::emulator {

class TextLine {
 public:
  // As after ESC @: empty, plain, JIS with kanji mode off.
  void reset() { *this = {}; }
  void clear();

  void set_size(int wide, int high) { wide_ = wide, high_ = high; }                    // GS !
  void set_kanji_size(int wide, int high) { kanji_wide_ = wide, kanji_high_ = high; }  // FS !
  void set_small(bool is_small) { is_small_ = is_small; }                              // ESC M
  void set_kanji_font(int font) { kanji_font_ = font; }                                // FS ( A
  void set_kanji_mode(bool is_on) { is_kanji_mode_ = is_on; }                          // FS & FS .
  void set_code_system(int system) { code_system_ = system; }                          // FS C

  // True when this byte is the first of two.
  bool is_lead(std::uint8_t byte) const;
  bool fits(int dots, bool is_kanji) const { return width_ + width_of(is_kanji) <= dots; }
  // `code`: one byte, or both bytes of a kanji.
  void add(int code, bool is_kanji);
  // Dots of the host's own, as high as they are (ESC *).
  void add_picture(Bitmap picture);
  // A kanji of the host's own, 24 × 24 dots, from now on (FS 2).
  void define_kanji(int code, Bitmap shape) { own_kanji_[code] = std::move(shape); }
  void skip_to(int x);

  bool is_empty() const { return glyphs_.empty(); }
  int width() const { return width_; }
  int height() const;
  const std::string& bytes() const { return bytes_; }
  // `dots` wide; the line begins at x.
  Bitmap draw(int dots, int x, const DrawGlyph& draw_glyph) const;

 private:
  struct Glyph {
    int code, x, width, height;
    Bitmap picture{};  // empty: the printer's or the host's own character
  };
  int width_of(bool is_kanji) const;
  int height_of(bool is_kanji) const;
  Bitmap shape_of(const Glyph& glyph, const DrawGlyph& draw_glyph) const;

  std::vector<Glyph> glyphs_;
  std::map<int, Bitmap> own_kanji_;
  std::string bytes_;
  int width_ = 0;
  int wide_ = 1, high_ = 1, kanji_wide_ = 1, kanji_high_ = 1;
  bool is_small_ = false, is_kanji_mode_ = false;
  int kanji_font_ = 0, code_system_ = 0;
};

}  // namespace matanai::printer::emulator
