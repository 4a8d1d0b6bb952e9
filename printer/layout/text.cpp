#include "printer/layout/text.hpp"

#include <algorithm>
#include <cmath>
#include <cstdint>

#include "printer/layout/surface.hpp"
#include "schema/types/text.hpp"

namespace matanai::printer {
namespace {

constexpr double kAscent = 0.88;          // of the em square, Japanese faces
constexpr std::size_t kGeneration = 256;  // blocks; a ticket has about 20, six languages 100

struct DescriptionRelease {
  void operator()(PangoFontDescription* font) const { pango_font_description_free(font); }
};
using Description = std::unique_ptr<PangoFontDescription, DescriptionRelease>;

Description describe(const char* families, double dots) {
  Description font(pango_font_description_new());
  pango_font_description_set_family_static(font.get(), families);
  pango_font_description_set_weight(font.get(), PANGO_WEIGHT_BOLD);
  pango_font_description_set_absolute_size(font.get(), std::round(dots * PANGO_SCALE));
  return font;
}

// Broken bytes become U+FFFD, as nothing may stop a ticket.
std::string valid_utf8(std::string_view text) {
  if (is_valid_utf8(text)) return std::string(text);
  std::unique_ptr<char, void (*)(void*)> valid(
      g_utf8_make_valid(text.data(), static_cast<gssize>(text.size())), g_free);
  return valid.get();
}

// Text without its marks, and where the large values stand in it.
struct Plain {
  std::string text;
  std::vector<std::pair<unsigned, unsigned>> large;
};

Plain without_marks(std::string_view marked) {
  Plain plain;
  const std::string valid = valid_utf8(marked);
  for (char character : valid) {
    if (character == '\1') {
      plain.large.emplace_back(plain.text.size(), plain.text.size());
    } else if (character == '\2') {
      if (!plain.large.empty())
        plain.large.back().second = static_cast<unsigned>(plain.text.size());
    } else {
      plain.text += character;
    }
  }
  return plain;
}

std::vector<std::string> split(std::string_view text, char separator) {
  std::vector<std::string> parts;
  std::size_t start = 0;
  while (true) {
    const auto end = text.find(separator, start);
    parts.emplace_back(text.substr(start, end - start));
    if (end == std::string_view::npos) return parts;
    start = end + 1;
  }
}

std::string trim_end(std::string text) {
  while (!text.empty() && text.back() == ' ') text.pop_back();
  return text;
}

std::string key_of(std::string_view text, const TextStyle& style, int width) {
  std::string key(text);
  for (const double value : {style.size_mm, style.large_mm, style.line_height})
    key += '\0' + std::to_string(std::lround(value * 1000));
  for (const int value : {static_cast<int>(style.locale), static_cast<int>(style.align), width})
    key += '\0' + std::to_string(value);
  return key;
}

}  // namespace

TextSetter::TextSetter(int dpi) : dpi_(dpi), layout_(pango_layout_new(fonts_.context())) {
  pango_layout_set_wrap(layout_.get(), PANGO_WRAP_WORD_CHAR);
}

int TextSetter::dots(double mm) const { return static_cast<int>(std::lround(mm * dpi_ / 25.4)); }

int TextSetter::line_height(const TextStyle& style) const {
  return dots(std::max(style.size_mm, style.large_mm) * style.line_height);
}

int TextSetter::baseline(const TextStyle& style) const {
  const double em = std::max(style.size_mm, style.large_mm) * dpi_ / 25.4;
  return static_cast<int>(std::lround((line_height(style) - em) / 2 + kAscent * em));
}

const TextBlock& TextSetter::set(std::string_view text, const TextStyle& style, int width) {
  auto key = key_of(text, style, width);
  if (const auto found = young_.find(key); found != young_.end()) return found->second;
  if (young_.size() >= kGeneration) {
    old_ = std::move(young_);
    young_.clear();
  }
  if (auto found = old_.extract(key)) return young_.insert(std::move(found)).position->second;
  return young_.emplace(std::move(key), make(text, style, width)).first->second;
}

// Puts one line (no '|' or '\n') into layout_, wrapped to `width` dots if that is not negative.
void TextSetter::shape(std::string_view line, const TextStyle& style, int width) const {
  const auto plain = without_marks(line);
  pango_context_set_language(fonts_.context(),
                             pango_language_from_string(std::string(tag_of(style.locale)).c_str()));
  const double scale = dpi_ / 25.4;
  const auto font = describe(text_families(style.locale), style.size_mm * scale);
  pango_layout_set_font_description(layout_.get(), font.get());
  pango_layout_set_text(layout_.get(), plain.text.data(), static_cast<int>(plain.text.size()));
  PangoAttrList* attributes = pango_attr_list_new();
  if (style.large_mm > 0) {
    for (const auto& [from, to] : plain.large) {
      PangoAttribute* size = pango_attr_size_new_absolute(
          static_cast<int>(std::lround(style.large_mm * scale * PANGO_SCALE)));
      size->start_index = from;
      size->end_index = to;
      pango_attr_list_insert(attributes, size);
    }
  }
  pango_layout_set_attributes(layout_.get(), attributes);
  pango_attr_list_unref(attributes);
  pango_layout_set_width(layout_.get(), width < 0 ? -1 : width * PANGO_SCALE);
}

int TextSetter::measure(std::string_view line, const TextStyle& style) const {
  shape(line, style, -1);
  int width = 0;
  pango_layout_get_size(layout_.get(), &width, nullptr);
  return (width + PANGO_SCALE - 1) / PANGO_SCALE;
}

// Phrases are joined as long as they fit; a phrase that is too long by itself is left to Pango.
std::vector<std::string> TextSetter::break_lines(std::string_view text, const TextStyle& style,
                                                 int width) const {
  std::vector<std::string> lines;
  for (const auto& paragraph : split(text, '\n')) {
    std::string line;
    for (const auto& phrase : split(paragraph, '|')) {
      if (width >= 0 && !line.empty() && measure(trim_end(line + phrase), style) > width) {
        lines.push_back(trim_end(line));
        line.clear();
      }
      line += phrase;
    }
    lines.push_back(trim_end(line));
  }
  return lines;
}

// The narrowest width, to a sixteenth, that breaks the line into no more pieces: they come out
// about equally long.
int TextSetter::even_width(std::string_view line, const TextStyle& style, int width) const {
  const auto count = [&](int at) {
    shape(line, style, at);
    return pango_layout_get_line_count(layout_.get());
  };
  const int pieces = count(width);
  int low = width / 2, high = width;
  while (high - low > std::max(1, width / 16)) {
    const int middle = (low + high) / 2;
    (count(middle) > pieces ? low : high) = middle;
  }
  return high;
}

TextBlock::Line TextSetter::draw_line(PangoLayoutLine* line, const TextStyle& style,
                                      int width) const {
  PangoRectangle ink, box;
  pango_layout_line_get_extents(line, &ink, &box);
  const int free = width < 0 ? 0 : width - box.width / PANGO_SCALE;
  TextBlock::Line drawn;
  drawn.x = style.align == Align::left ? 0 : style.align == Align::right ? free : free / 2;
  const char* text = pango_layout_get_text(layout_.get());
  drawn.text =
      trim_end(std::string(text + line->start_index, static_cast<std::size_t>(line->length)));
  if (ink.width <= 0 || ink.height <= 0) return drawn;
  const int left = PANGO_PIXELS_FLOOR(ink.x), top = PANGO_PIXELS_FLOOR(ink.y);
  Surface surface(PANGO_PIXELS_CEIL(ink.x + ink.width) - left,
                  PANGO_PIXELS_CEIL(ink.y + ink.height) - top);
  cairo_move_to(surface.cairo(), -left, -top);
  pango_cairo_show_layout_line(surface.cairo(), line);
  drawn.ink = surface.dots();
  drawn.x += left;
  drawn.y = top;
  return drawn;
}

TextBlock TextSetter::make(std::string_view text, const TextStyle& style, int width) const {
  TextBlock block;
  if (text.empty()) return block;
  for (const auto& line : break_lines(text, style, width)) {
    shape(line, style, width);
    if (width >= 0 && style.align == Align::centre &&
        pango_layout_get_line_count(layout_.get()) > 1) {
      shape(line, style, even_width(line, style, width));
    }
    block.unknown_glyphs += pango_layout_get_unknown_glyphs_count(layout_.get());
    int longest = 0;
    pango_layout_get_size(layout_.get(), &longest, nullptr);
    block.width = std::max(block.width, (longest + PANGO_SCALE - 1) / PANGO_SCALE);
    const int count = pango_layout_get_line_count(layout_.get());
    for (int i = 0; i < count; ++i) {
      auto drawn = draw_line(pango_layout_get_line_readonly(layout_.get(), i), style, width);
      drawn.top = block.height;
      drawn.y += block.height + baseline(style);
      block.height += line_height(style);
      block.lines.push_back(std::move(drawn));
    }
  }
  return block;
}

TextBlock TextSetter::set_number(std::string_view number, int width, int height) const {
  pango_context_set_language(fonts_.context(), pango_language_from_string("ja"));
  pango_layout_set_attributes(layout_.get(), nullptr);
  pango_layout_set_width(layout_.get(), -1);
  TextBlock block;
  const std::string text = valid_utf8(number);
  PangoRectangle ink;
  // Twice: the first size finds how much of the em is ink.
  double em = height;
  for (int pass = 0; pass < 2; ++pass) {
    const auto font = describe(number_families(), em);
    pango_layout_set_font_description(layout_.get(), font.get());
    pango_layout_set_text(layout_.get(), text.data(), static_cast<int>(text.size()));
    pango_layout_get_extents(layout_.get(), &ink, nullptr);
    if (ink.height <= 0) return block;
    if (pass == 0) em *= static_cast<double>(height) * PANGO_SCALE / ink.height;
  }
  block.unknown_glyphs = pango_layout_get_unknown_glyphs_count(layout_.get());
  const double gap = em * 0.08;  // between the letter and its digits, as room after the letter
  const double natural = ink.width / static_cast<double>(PANGO_SCALE) + gap;
  const double narrow = std::min(1.0, width / natural);
  Surface surface(static_cast<int>(std::ceil(natural * narrow)), height / 2);
  cairo_scale(surface.cairo(), narrow, 0.5);
  const double left = ink.x / static_cast<double>(PANGO_SCALE);
  const double top = ink.y / static_cast<double>(PANGO_SCALE);
  const auto show = [&](std::string_view part, double at) {
    pango_layout_set_text(layout_.get(), part.data(), static_cast<int>(part.size()));
    cairo_move_to(surface.cairo(), at - left, -top);
    pango_cairo_show_layout(surface.cairo(), layout_.get());
  };
  const auto first = static_cast<std::size_t>(g_utf8_next_char(text.c_str()) - text.c_str());
  show(std::string_view(text).substr(0, first), 0);
  PangoRectangle letter;
  pango_layout_get_extents(layout_.get(), nullptr, &letter);
  if (text.size() > first) {
    show(std::string_view(text).substr(first),
         letter.width / static_cast<double>(PANGO_SCALE) + gap);
  }
  const Bitmap half = surface.dots();
  Bitmap whole(half.width(), 2 * half.height());
  for (int y = 0; y < whole.height(); ++y) std::ranges::copy(half.row(y / 2), whole.row(y).begin());
  block.width = whole.width();
  block.height = whole.height();
  block.lines.push_back({.ink = std::move(whole), .x = 0, .y = 0, .top = 0, .text = text});
  return block;
}

}  // namespace matanai::printer
