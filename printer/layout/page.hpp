// What stands where on the ticket: the blocks from the office at the top to the date at the bottom,
// in Japanese and, where the visitor chose one, in a second language above it. Draws once. One
// thread.
#pragma once

#include <string>
#include <vector>

#include "printer/layout/canvas.hpp"
#include "printer/layout/renderer.hpp"
#include "printer/layout/ticket.hpp"

namespace matanai::printer {

class Page {
 public:
  // Both must outlive the page.
  Page(Canvas& canvas, PaperSpec paper, const Ticket& ticket);

  // Draws everything; afterwards the page is height() dots long.
  void draw();
  int height() const { return y_; }
  int number_height() const { return number_height_; }

 private:
  // All in millimetres, text by its em.
  struct Sizes {
    double margin, office, place, number, service, label, value, unit, zone, small, foot;
  };
  // One fact of the middle band, in two arrangements.
  struct Cell {
    std::string label, value;  // stacked, in a column
    std::string line;          // alone in its row
    std::string note;          // below either
    std::string japanese;      // the same again, when the ticket speaks another language
  };

  void draw_office();
  void draw_badge();
  void draw_number();
  void draw_service();
  void draw_facts();
  void draw_zone_and_code();
  void draw_footer();

  std::vector<Cell> make_cells() const;
  Cell ahead_cell(int people) const;
  Cell estimate_cell(const TicketEstimate& estimate) const;
  Cell reservation_cell(Instant at) const;
  void draw_cell(const Cell& cell, bool is_column, int x, int y, int width);
  void draw_columns(const Cell& left, const Cell& right);
  void draw_row(const Cell& cell);
  void draw_zone_beside(const QrCode& code);
  void draw_zone_above(const QrCode* code);
  int zone_text(int x, int y, int width, Align align, bool is_measured, const std::string& scan);

  TextStyle own(double size, Align align = Align::centre) const;  // in the ticket's language
  TextStyle japanese(double size, Align align = Align::centre) const;
  std::string say(const char* key, WordValues values = {}) const;  // in the ticket's language
  void rule();
  void space(double mm) { y_ += canvas_.dots(mm); }

  static const Sizes& sizes_of(PaperSpec paper);

  Canvas& canvas_;
  const Ticket& ticket_;
  const Sizes& sizes_;
  Locale locale_;
  bool is_narrow_;
  bool is_bilingual_;  // Japanese stands below the other language
  int left_;
  int width_;
  int y_ = 0;
  int number_height_ = 0;
};

}  // namespace matanai::printer
