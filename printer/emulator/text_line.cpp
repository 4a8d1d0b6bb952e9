#include "printer/emulator/text_line.hpp"

#include <algorithm>
#include <array>

namespace matanai::printer::emulator {
namespace {

// Fonts A, B, C of FS ( A; A and B of ESC M.
struct Cell {
  int width, height;
};
constexpr std::array kKanjiFonts = {Cell{24, 24}, Cell{20, 24}, Cell{16, 16}};
constexpr Cell kFontA{12, 24}, kFontB{9, 17};

// A frame with a dot's margin: enough to see where characters stand.
Bitmap box(int width, int height) {
  Bitmap out(width, height);
  const int right = width - 2, bottom = height - 2;
  for (int x = 1; x <= right; ++x) {
    out.set(x, 1, true);
    out.set(x, bottom, true);
  }
  for (int y = 1; y <= bottom; ++y) {
    out.set(1, y, true);
    out.set(right, y, true);
  }
  return out;
}

// Every dot of the cell asks the one that lies there in `shape`.
Bitmap stretched(const Bitmap& shape, int width, int height) {
  Bitmap out(width, height);
  for (int y = 0; y < height; ++y) {
    for (int x = 0; x < width; ++x)
      out.set(x, y, shape.is_black(x * shape.width() / width, y * shape.height() / height));
  }
  return out;
}

}  // namespace

void TextLine::clear() {
  glyphs_.clear();
  bytes_.clear();
  width_ = 0;
}

bool TextLine::is_lead(std::uint8_t byte) const {
  if (is_kanji_mode_ && code_system_ == 0) return byte >= 0x21 && byte <= 0x7E;
  if (code_system_ == 0) return false;
  return (byte >= 0x81 && byte <= 0x9F) || (byte >= 0xE0 && byte <= 0xFC);
}

int TextLine::width_of(bool is_kanji) const {
  const auto font = static_cast<std::size_t>(std::clamp(kanji_font_, 0, 2));
  if (is_kanji) return kKanjiFonts.at(font).width * std::max(wide_, kanji_wide_);
  return (is_small_ ? kFontB : kFontA).width * wide_;
}

int TextLine::height_of(bool is_kanji) const {
  const auto font = static_cast<std::size_t>(std::clamp(kanji_font_, 0, 2));
  if (is_kanji) return kKanjiFonts.at(font).height * std::max(high_, kanji_high_);
  return (is_small_ ? kFontB : kFontA).height * high_;
}

void TextLine::add(int code, bool is_kanji) {
  const int width = width_of(is_kanji);
  glyphs_.push_back({.code = code, .x = width_, .width = width, .height = height_of(is_kanji)});
  if (is_kanji) bytes_ += static_cast<char>(code >> 8);
  bytes_ += static_cast<char>(code & 0xFF);
  width_ += width;
}

void TextLine::add_picture(Bitmap picture) {
  const int width = picture.width(), height = picture.height();
  glyphs_.push_back({.code = 0, .x = width_, .width = width, .height = height});
  glyphs_.back().picture = std::move(picture);
  width_ += width;
}

void TextLine::skip_to(int x) { width_ = std::max(0, x); }

int TextLine::height() const {
  int height = 0;
  for (const auto& glyph : glyphs_) height = std::max(height, glyph.height);
  return height;
}

Bitmap TextLine::shape_of(const Glyph& glyph, const DrawGlyph& draw_glyph) const {
  if (glyph.picture.height() > 0) return glyph.picture;
  const auto own = own_kanji_.find(glyph.code);
  if (own != own_kanji_.end()) return stretched(own->second, glyph.width, glyph.height);
  if (draw_glyph) return draw_glyph(glyph.code, glyph.width, glyph.height);
  return box(glyph.width, glyph.height);
}

Bitmap TextLine::draw(int dots, int x, const DrawGlyph& draw_glyph) const {
  Bitmap out(dots, height());
  for (const auto& glyph : glyphs_) {
    if (glyph.code == ' ' || glyph.code == 0x8140 || glyph.code == 0x2121) continue;
    out.blend(shape_of(glyph, draw_glyph), x + glyph.x, out.height() - glyph.height);
  }
  return out;
}

}  // namespace matanai::printer::emulator
