#include "printer/layout/test_page.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include "printer/layout/dates.hpp"
#include "printer/layout/qr.hpp"

namespace matanai::printer {
namespace {

constexpr double kLabelMm = 3;
constexpr double kPatchMm = 12;
constexpr double kDownMm = 35;  // length of the ruler along the paper
constexpr int kSawRows = 16;

// Bayer's ordered dither: below which of 64 levels a dot is black.
constexpr std::array<std::array<int, 8>, 8> kDither = {{{0, 32, 8, 40, 2, 34, 10, 42},
                                                        {48, 16, 56, 24, 50, 18, 58, 26},
                                                        {12, 44, 4, 36, 14, 46, 6, 38},
                                                        {60, 28, 52, 20, 62, 30, 54, 22},
                                                        {3, 35, 11, 43, 1, 33, 9, 41},
                                                        {51, 19, 59, 27, 49, 17, 57, 25},
                                                        {15, 47, 7, 39, 13, 45, 5, 37},
                                                        {63, 31, 55, 23, 61, 29, 53, 21}}};

Bitmap grey(int side, int of_64) {
  Bitmap patch(side, side);
  for (int y = 0; y < side; ++y) {
    for (int x = 0; x < side; ++x) {
      const int level = kDither[static_cast<std::size_t>(y % 8)][static_cast<std::size_t>(x % 8)];
      patch.set(x, y, level < of_64);
    }
  }
  return patch;
}

// Lines of 1, 2 and 3 dots with as much white between them.
Bitmap fine_lines(int side, bool is_upright) {
  Bitmap patch(side, side);
  int at = 0;
  for (int thick = 1; thick <= 3; ++thick) {
    for (; at + thick <= side * thick / 3; at += 2 * thick) {
      for (int i = at; i < at + thick; ++i) {
        if (is_upright) {
          patch.fill(i, 0, 1, side);
        } else {
          patch.fill(0, i, side, 1);
        }
      }
    }
  }
  return patch;
}

}  // namespace

TestPage::TestPage(Canvas& canvas, PaperSpec paper, const TestPageFacts& facts)
    : canvas_(canvas),
      paper_(paper),
      facts_(facts),
      left_(canvas.dots(1)),
      width_(canvas.width() - 2 * left_) {}

int TestPage::text(const std::string& text, double size, Locale locale, int x, int y, int width) {
  return canvas_.draw_text(text, {.size_mm = size, .locale = locale}, x, y, width);
}

void TestPage::fact(const char* key, const std::string& value) {
  if (value.empty()) return;
  y_ += text(words(facts_.locale, key, {{"value", value}}), kLabelMm, facts_.locale, left_, y_,
             width_);
}

void TestPage::heading(const char* key) {
  space(1.5);
  y_ += text(words(facts_.locale, key), kLabelMm, facts_.locale, left_, y_, width_);
}

void TestPage::draw() {
  space(1);
  draw_facts();
  draw_ruler();
  draw_every_dot();
  draw_patches();
  draw_languages();
  draw_code();
  space(2);
}

void TestPage::draw_facts() {
  y_ += text(words(facts_.locale, "paper.test_page.title"), 4.25, facts_.locale, left_, y_, width_);
  std::string name = facts_.maker;
  if (!name.empty() && !facts_.model.empty()) name += ' ';
  fact("paper.test_page.model", name + facts_.model);
  fact("paper.test_page.firmware", facts_.firmware);
  fact("paper.test_page.connection", facts_.connection);
  fact("paper.test_page.confirms", facts_.confirms);
  y_ += text(words(facts_.locale, "paper.test_page.head",
                   {{"dots", std::to_string(paper_.dots)},
                    {"dpi", std::to_string(paper_.dpi)},
                    {"mm", std::to_string(std::lround(paper_.width_mm()))}}),
             kLabelMm, facts_.locale, left_, y_, width_);
  fact("paper.test_page.printed_at", paper_date(facts_.printed_at, facts_.locale));
}

void TestPage::draw_ruler() {
  heading("paper.test_page.ruler");
  const int last = static_cast<int>(paper_.width_mm());
  for (int mm = 0; mm <= last; ++mm) {
    const int x = std::min(canvas_.dots(mm), canvas_.width() - 1);
    const double length = mm % 10 == 0 ? 4 : mm % 5 == 0 ? 3 : 2;
    canvas_.draw_rule(x, y_, mm % 10 == 0 ? 2 : 1, canvas_.dots(length));
    if (mm % 10 == 0 && mm + 4 < last)
      text(std::to_string(mm), 2.5, Locale::ja, x + 4, y_ + canvas_.dots(2.2), -1);
  }
  space(6);
}

// A saw of single dots: each column of the head is black once in kSawRows rows.
void TestPage::draw_every_dot() {
  heading("paper.test_page.every_dot");
  Bitmap saw(canvas_.width(), kSawRows);
  for (int x = 0; x < saw.width(); ++x) {
    const int phase = x % (2 * kSawRows);
    saw.set(x, phase < kSawRows ? phase : 2 * kSawRows - 1 - phase, true);
  }
  canvas_.draw_picture(saw, 0, y_);
  y_ += saw.height();
}

void TestPage::tick_down(int x, int y, int mm) {
  const double length = mm % 10 == 0 ? 4 : mm % 5 == 0 ? 3 : 2;
  canvas_.draw_rule(x, y, canvas_.dots(length), mm % 10 == 0 ? 2 : 1);
  if (mm % 10 == 0 && mm > 0)
    text(std::to_string(mm), 2.5, Locale::ja, x + canvas_.dots(4.5), y - canvas_.dots(1.6), -1);
}

// Greys and fine lines, with a ruler along the paper at their left.
void TestPage::draw_patches() {
  heading("paper.test_page.greys");
  const int top = y_;
  for (int mm = 0; mm <= static_cast<int>(kDownMm); ++mm)
    tick_down(left_, top + canvas_.dots(mm), mm);
  const int side = canvas_.dots(kPatchMm);
  const int start = left_ + canvas_.dots(10);
  const int step = side + canvas_.dots(1);
  int x = start, y = top;
  const auto put = [&](const Bitmap& patch, const std::string& label) {
    if (x + side > left_ + width_) {
      x = start;
      y += side + canvas_.dots(5);
    }
    canvas_.draw_picture(patch, x, y);
    text(label, 2.5, Locale::ja, x, y + side, -1);
    x += step;
  };
  for (const int percent : {13, 25, 50, 75, 100})
    put(grey(side, (percent * 64 + 50) / 100), std::to_string(percent) + "%");
  put(fine_lines(side, true), "1 2 3");
  put(fine_lines(side, false), "1 2 3");
  y_ = std::max(top + canvas_.dots(kDownMm), y + side + canvas_.dots(4));
}

void TestPage::draw_languages() {
  heading("paper.test_page.languages");
  for (const Locale locale :
       {Locale::ja, Locale::ja_x_easy, Locale::en, Locale::zh_Hans, Locale::ko, Locale::vi}) {
    y_ += text(words(locale, "paper.passed"), 3.1, locale, left_, y_, width_);
  }
}

void TestPage::draw_code() {
  const auto code = make_qr("matanai-print");
  if (!code) return;
  const int module = (canvas_.dots(20) + code->modules - 1) / code->modules;
  y_ += 4 * module;
  canvas_.draw_qr(*code, left_ + 4 * module, y_, module);
  canvas_.note("[QR matanai-print]", left_, y_);
  y_ += (code->modules + 4) * module;
}

}  // namespace matanai::printer
