#include "printer/layout/canvas.hpp"

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstdint>
#include <cstring>
#include <numbers>
#include <stdexcept>

#include "schema/types/text.hpp"

namespace matanai::printer {
namespace {

constexpr int kMaxRows = 3200;       // 400 mm at 203 dpi; a ticket has about 850
constexpr unsigned char kInk = 128;  // coverage from which a dot is black
constexpr double kAscent = 0.88;     // of the em square, Japanese faces
constexpr double kQuarter = std::numbers::pi / 2;

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

// Eight coverages as eight dots: the high bit of each byte is its "≥ kInk", gathered by one
// multiplication.
std::uint8_t pack(const unsigned char* coverage) {
  static_assert(kInk == 128 && std::endian::native == std::endian::little);
  std::uint64_t eight = 0;
  std::memcpy(&eight, coverage, sizeof eight);
  return static_cast<std::uint8_t>((eight >> 7 & 0x0101010101010101) * 0x8040201008040201 >> 56);
}

int logical_width(PangoLayout* layout) {
  int width = 0;
  pango_layout_get_size(layout, &width, nullptr);
  return (width + PANGO_SCALE - 1) / PANGO_SCALE;
}

}  // namespace

Canvas::Canvas(const Fonts& fonts, int dots, int dpi)
    : dots_(dots),
      dpi_(dpi),
      surface_(cairo_image_surface_create(CAIRO_FORMAT_A8, dots, kMaxRows), cairo_surface_destroy),
      cairo_(cairo_create(surface_.get()), cairo_destroy),
      layout_(pango_layout_new(fonts.context())) {
  if (cairo_status(cairo_.get()) != CAIRO_STATUS_SUCCESS) {
    throw std::runtime_error("cairo: cannot make a page");
  }
  pango_layout_set_wrap(layout_.get(), PANGO_WRAP_WORD_CHAR);
}

Canvas::~Canvas() = default;

int Canvas::dots(double mm) const { return static_cast<int>(std::lround(mm * dpi_ / 25.4)); }

int Canvas::line_height(const TextStyle& style) const {
  return dots(std::max(style.size_mm, style.large_mm) * style.line_height);
}

// Puts one line (no '|' or '\n') into layout_, wrapped to `width` dots if that is not negative.
void Canvas::shape(std::string_view line, const TextStyle& style, int width) const {
  const auto plain = without_marks(line);
  pango_context_set_language(pango_layout_get_context(layout_.get()),
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

int Canvas::measure_width(std::string_view text, const TextStyle& style) const {
  std::string line(text);
  std::erase(line, '|');
  shape(line, style, -1);
  return logical_width(layout_.get());
}

// Phrases are joined as long as they fit; a phrase that is too long by itself is left to Pango.
std::vector<std::string> Canvas::break_lines(std::string_view text, const TextStyle& style,
                                             int width) const {
  std::vector<std::string> lines;
  for (const auto& paragraph : split(text, '\n')) {
    std::string line;
    for (const auto& phrase : split(paragraph, '|')) {
      if (!line.empty() && measure_width(trim_end(line + phrase), style) > width) {
        lines.push_back(trim_end(line));
        line.clear();
      }
      line += phrase;
    }
    lines.push_back(trim_end(line));
  }
  return lines;
}

int Canvas::measure_height(std::string_view text, const TextStyle& style, int width) const {
  if (text.empty()) return 0;
  int count = 0;
  for (const auto& line : break_lines(text, style, width)) {
    shape(line, style, width);
    count += pango_layout_get_line_count(layout_.get());
  }
  return count * line_height(style);
}

// The narrowest width, to a sixteenth, that breaks the line into no more pieces: they come out
// about equally long.
int Canvas::even_width(std::string_view line, const TextStyle& style, int width) const {
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

int Canvas::draw_text(std::string_view text, const TextStyle& style, int x, int y, int width) {
  if (text.empty()) return 0;
  const int step = line_height(style);
  const double em = std::max(style.size_mm, style.large_mm) * dpi_ / 25.4;
  int top = y;
  for (const auto& line : break_lines(text, style, width)) {
    shape(line, style, width);
    if (style.align == Align::centre && pango_layout_get_line_count(layout_.get()) > 1) {
      shape(line, style, even_width(line, style, width));
    }
    unknown_glyphs_ += pango_layout_get_unknown_glyphs_count(layout_.get());
    const int count = pango_layout_get_line_count(layout_.get());
    for (int i = 0; i < count; ++i, top += step) {
      PangoLayoutLine* shaped = pango_layout_get_line_readonly(layout_.get(), i);
      PangoRectangle box;
      pango_layout_line_get_extents(shaped, nullptr, &box);
      const int free = width - box.width / PANGO_SCALE;
      const int shift = style.align == Align::left    ? 0
                        : style.align == Align::right ? free
                                                      : free / 2;
      cairo_move_to(cairo_.get(), x + shift, std::round(top + (step - em) / 2 + kAscent * em));
      pango_cairo_show_layout_line(cairo_.get(), shaped);
    }
  }
  return top - y;
}

int Canvas::draw_number(std::string_view number, int x, int y, int width, int height) {
  pango_context_set_language(pango_layout_get_context(layout_.get()),
                             pango_language_from_string("ja"));
  pango_layout_set_attributes(layout_.get(), nullptr);
  pango_layout_set_width(layout_.get(), -1);
  const std::string text = valid_utf8(number);
  PangoRectangle ink;
  // Twice: the first size finds how much of the em is ink.
  double em = height;
  for (int pass = 0; pass < 2; ++pass) {
    const auto font = describe(number_families(), em);
    pango_layout_set_font_description(layout_.get(), font.get());
    pango_layout_set_text(layout_.get(), text.data(), static_cast<int>(text.size()));
    pango_layout_get_extents(layout_.get(), &ink, nullptr);
    if (ink.height <= 0) return 0;
    if (pass == 0) em *= static_cast<double>(height) * PANGO_SCALE / ink.height;
  }
  unknown_glyphs_ += pango_layout_get_unknown_glyphs_count(layout_.get());
  const double gap = em * 0.08;  // between the letter and its digits, as room after the letter
  const double natural = ink.width / static_cast<double>(PANGO_SCALE) + gap;
  const double narrow = std::min(1.0, width / natural);
  cairo_save(cairo_.get());
  cairo_translate(cairo_.get(), x + (width - natural * narrow) / 2, y);
  cairo_scale(cairo_.get(), narrow, 1);
  const double left = ink.x / static_cast<double>(PANGO_SCALE);
  const double top = ink.y / static_cast<double>(PANGO_SCALE);
  const auto show = [&](std::string_view part, double at) {
    pango_layout_set_text(layout_.get(), part.data(), static_cast<int>(part.size()));
    cairo_move_to(cairo_.get(), at - left, -top);
    pango_cairo_show_layout(cairo_.get(), layout_.get());
  };
  const auto first = static_cast<std::size_t>(g_utf8_next_char(text.c_str()) - text.c_str());
  show(std::string_view(text).substr(0, first), 0);
  PangoRectangle letter;
  pango_layout_get_extents(layout_.get(), nullptr, &letter);
  if (text.size() > first) {
    show(std::string_view(text).substr(first),
         letter.width / static_cast<double>(PANGO_SCALE) + gap);
  }
  cairo_restore(cairo_.get());
  return height;
}

void Canvas::draw_rule(int x, int y, int width, int height) {
  cairo_rectangle(cairo_.get(), x, y, width, height);
  cairo_fill(cairo_.get());
}

void Canvas::draw_frame(int x, int y, int width, int height, int line, int radius) {
  const double half = line / 2.0;
  const double left = x + half, top = y + half;
  const double right = x + width - half, bottom = y + height - half;
  cairo_new_sub_path(cairo_.get());
  cairo_arc(cairo_.get(), right - radius, top + radius, radius, -kQuarter, 0);
  cairo_arc(cairo_.get(), right - radius, bottom - radius, radius, 0, kQuarter);
  cairo_arc(cairo_.get(), left + radius, bottom - radius, radius, kQuarter, 2 * kQuarter);
  cairo_arc(cairo_.get(), left + radius, top + radius, radius, 2 * kQuarter, 3 * kQuarter);
  cairo_close_path(cairo_.get());
  cairo_set_line_width(cairo_.get(), line);
  cairo_stroke(cairo_.get());
}

void Canvas::draw_open_frame(int x, int y, int width, int height, int line, int radius) {
  const double half = line / 2.0;
  const double left = x + half, top = y + half;
  const double right = x + width - half, bottom = y + height - half;
  cairo_new_sub_path(cairo_.get());
  cairo_arc(cairo_.get(), left + radius, top + radius, radius, 2 * kQuarter, 3 * kQuarter);
  cairo_arc(cairo_.get(), right - radius, top + radius, radius, -kQuarter, 0);
  cairo_new_sub_path(cairo_.get());
  cairo_arc(cairo_.get(), right - radius, bottom - radius, radius, 0, kQuarter);
  cairo_arc(cairo_.get(), left + radius, bottom - radius, radius, kQuarter, 2 * kQuarter);
  cairo_set_line_width(cairo_.get(), line);
  cairo_set_line_cap(cairo_.get(), CAIRO_LINE_CAP_ROUND);
  cairo_stroke(cairo_.get());
}

void Canvas::draw_qr(const QrCode& code, int x, int y, int module) {
  cairo_surface_flush(surface_.get());
  unsigned char* data = cairo_image_surface_get_data(surface_.get());
  const int stride = cairo_image_surface_get_stride(surface_.get());
  const int side = code.modules * module;
  for (int row = 0; row < side && y + row < kMaxRows; ++row) {
    unsigned char* line = data + static_cast<std::ptrdiff_t>(y + row) * stride;
    for (int column = 0; column < side && x + column < dots_; ++column) {
      line[x + column] = code.is_black(column / module, row / module) ? 255 : 0;
    }
  }
  cairo_surface_mark_dirty(surface_.get());
}

Bitmap Canvas::take(int height) {
  cairo_surface_flush(surface_.get());
  const unsigned char* data = cairo_image_surface_get_data(surface_.get());
  const int stride = cairo_image_surface_get_stride(surface_.get());
  Bitmap bitmap(dots_, std::clamp(height, 1, kMaxRows));
  const auto whole = static_cast<std::size_t>(dots_) / 8;
  for (int y = 0; y < bitmap.height(); ++y) {
    const unsigned char* line = data + static_cast<std::ptrdiff_t>(y) * stride;
    auto row = bitmap.row(y);
    for (std::size_t i = 0; i < whole; ++i) row[i] = pack(line + i * 8);
    for (int x = static_cast<int>(whole) * 8; x < dots_; ++x) bitmap.set(x, y, line[x] >= kInk);
  }
  return bitmap;
}

}  // namespace matanai::printer
