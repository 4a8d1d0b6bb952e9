// The page that staff print after changing a roll or a printer: who the printer is, rulers in
// millimetres, a line that uses every dot of the head, greys, fine lines, a sentence in each
// language and a QR code. Draws once. One thread.
#pragma once

#include <string>

#include "printer/layout/canvas.hpp"
#include "printer/layout/renderer.hpp"

namespace matanai::printer {

class TestPage {
 public:
  // Both must outlive the page.
  TestPage(Canvas& canvas, PaperSpec paper, const TestPageFacts& facts);

  // Draws everything; afterwards the page is height() dots long.
  void draw();
  int height() const { return y_; }

 private:
  void draw_facts();
  void draw_ruler();
  void draw_every_dot();
  void draw_patches();
  void draw_languages();
  void draw_code();

  void fact(const char* key, const std::string& value);
  void heading(const char* key);
  int text(const std::string& text, double size, Locale locale, int x, int y, int width);
  void tick_down(int x, int y, int mm);
  void space(double mm) { y_ += canvas_.dots(mm); }

  Canvas& canvas_;
  PaperSpec paper_;
  const TestPageFacts& facts_;
  int left_;
  int width_;
  int y_ = 0;
};

}  // namespace matanai::printer
