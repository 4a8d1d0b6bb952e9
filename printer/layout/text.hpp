// Text as dots: shaped by Pango, broken at phrase borders, black where a dot is covered by half.
// Text may hold '|' (a phrase border, where a line breaks when the whole does not fit), '\n', and
// values between U+0001 and U+0002, which are set in the style's large size. What was set lately is
// kept: the office's head, labels and sentences of a ticket are drawn once and then copied. One
// thread.
#pragma once

#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "printer/bitmap.hpp"
#include "printer/layout/fonts.hpp"
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

// Text set in a box: where the ink of each line lies from the box's top left, in dots.
struct TextBlock {
  struct Line {
    Bitmap ink;
    int x = 0;
    int y = 0;
    int top = 0;       // of the line's own box
    std::string text;  // without marks
  };
  std::vector<Line> lines;
  int width = 0;   // of the longest line
  int height = 0;  // of all lines
  int unknown_glyphs = 0;
};

class TextSetter {
 public:
  explicit TextSetter(int dpi);
  TextSetter(const TextSetter&) = delete;
  TextSetter& operator=(const TextSetter&) = delete;

  // Broken to `width` dots and aligned in them; a negative width sets one line, however long. The
  // block is kept until the next call.
  const TextBlock& set(std::string_view text, const TextStyle& style, int width);
  // A ticket number, its ink `height` dots high (even), narrowed when it is wider than `width`.
  // Every row stands twice: encoders send such rows once, and at this size nobody sees the step.
  // The block has one line whose box is as wide and high as the ink.
  TextBlock set_number(std::string_view number, int width, int height) const;

  // Millimetres as whole dots.
  int dots(double mm) const;
  int line_height(const TextStyle& style) const;
  // From the top of a line to the feet of its letters.
  int baseline(const TextStyle& style) const;

 private:
  TextBlock make(std::string_view text, const TextStyle& style, int width) const;
  std::vector<std::string> break_lines(std::string_view text, const TextStyle& style,
                                       int width) const;
  void shape(std::string_view line, const TextStyle& style, int width) const;
  int measure(std::string_view line, const TextStyle& style) const;
  int even_width(std::string_view line, const TextStyle& style, int width) const;
  TextBlock::Line draw_line(PangoLayoutLine* line, const TextStyle& style, int width) const;

  int dpi_;
  Fonts fonts_;
  GPointer<PangoLayout> layout_;
  // Two generations: what was not asked for while the younger one filled up is forgotten.
  std::unordered_map<std::string, TextBlock> young_, old_;
};

}  // namespace matanai::printer
