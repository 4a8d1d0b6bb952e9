#include "printer/layout/canvas.hpp"

#include <algorithm>

namespace matanai::printer {
namespace {

constexpr int kMaxRows = 3200;       // 400 mm at 203 dpi; a ticket has about 850
constexpr double kSameLineMm = 1.5;  // texts that begin so close stand beside each other

}  // namespace

void Canvas::grow(int height) {
  const int rows = std::min(height, kMaxRows);
  if (rows > bitmap_.height()) bitmap_.resize_height(rows);
}

int Canvas::measure_width(std::string_view text, const TextStyle& style) {
  return setter_.set(text, style, -1).width;
}

int Canvas::measure_height(std::string_view text, const TextStyle& style, int width) {
  return setter_.set(text, style, width).height;
}

int Canvas::draw_text(std::string_view text, const TextStyle& style, int x, int y, int width) {
  const auto& block = setter_.set(text, style, width);
  draw_block(block, x, y);
  return block.height;
}

void Canvas::draw_block(const TextBlock& block, int x, int y) {
  unknown_glyphs_ += block.unknown_glyphs;
  for (const auto& line : block.lines) {
    draw_picture(line.ink, x + line.x, y + line.y);
    note(line.text, x + line.x, y + line.top);
  }
}

void Canvas::draw_number(std::string_view number, int x, int y, int width, int height) {
  const auto block = setter_.set_number(number, width, height);
  draw_block(block, x + (width - block.width) / 2, y);
}

void Canvas::draw_rule(int x, int y, int width, int height) {
  grow(y + height);
  bitmap_.fill(x, y, width, height);
}

void Canvas::draw_frame(int x, int y, int width, int height, int line) {
  draw_rule(x, y, width, line);
  draw_rule(x, y + height - line, width, line);
  draw_rule(x, y, line, height);
  draw_rule(x + width - line, y, line, height);
}

void Canvas::draw_picture(const Bitmap& picture, int x, int y) {
  grow(y + picture.height());
  bitmap_.blend(picture, x, y);
}

void Canvas::draw_qr(const QrCode& code, int x, int y, int module) {
  grow(y + code.modules * module);
  for (int row = 0; row < code.modules; ++row) {
    for (int column = 0; column < code.modules; ++column) {
      if (code.is_black(column, row))
        bitmap_.fill(x + column * module, y + row * module, module, module);
    }
  }
}

void Canvas::note(std::string text, int x, int y) {
  if (!text.empty()) notes_.push_back({.y = y, .x = x, .text = std::move(text)});
}

std::vector<std::string> Canvas::lines() const {
  auto notes = notes_;
  std::ranges::sort(notes, {}, &Note::y);
  std::vector<std::string> lines;
  for (auto first = notes.begin(); first != notes.end();) {
    const auto last = std::find_if(
        first, notes.end(), [&](const Note& n) { return n.y - first->y > dots(kSameLineMm); });
    std::sort(first, last, [](const Note& a, const Note& b) { return a.x < b.x; });
    std::string line;
    for (; first != last; ++first) line += (line.empty() ? "" : "  ") + first->text;
    lines.push_back(std::move(line));
  }
  return lines;
}

Bitmap Canvas::take(int height) {
  bitmap_.resize_height(std::clamp(height, 1, kMaxRows));
  return std::move(bitmap_);
}

}  // namespace matanai::printer
