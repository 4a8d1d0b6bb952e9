// What stands where on the ticket: the blocks from the office at the top to the date at the bottom.
// A ticket in another language is in that language; Japanese stands below it where staff or a
// companion must read it too: the service, the waiting zone, the day. Draws once. One thread.
#pragma once

#include <initializer_list>
#include <string>
#include <vector>

#include "printer/layout/canvas.hpp"
#include "printer/layout/renderer.hpp"
#include "printer/layout/ticket.hpp"

namespace matanai::printer {

class Page {
 public:
  // All must outlive the page. `logo` is empty when the office has none, `notice` too.
  Page(Canvas& canvas, PaperSpec paper, const Ticket& ticket, const Bitmap& logo,
       const std::string& notice);

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
  };
  struct Part {
    std::string text;
    TextStyle style;
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
  Cell unknown_cell() const;
  Cell reservation_cell(Instant at) const;
  void draw_cell(const Cell& cell, bool is_column, int x, int y, int width);
  void draw_columns(const Cell& left, const Cell& right);
  void draw_row(const Cell& cell);
  void draw_zone_beside(const QrCode& code);
  void draw_zone_above(const QrCode* code);
  void draw_code(const QrCode& code, int x, int y, int module);
  int module_of(const QrCode& code) const;
  int zone_text(int x, int y, int width, Align align, bool is_measured, const std::string& scan);
  // Beside each other on one baseline if they fit into `width`, else one below the other. White
  // between them would be sent as dots, so they stand close. Returns the height.
  int draw_run(const std::vector<Part>& parts, int x, int y, int width);

  TextStyle own(double size, Align align = Align::centre) const;  // in the ticket's language
  TextStyle japanese(double size, Align align = Align::centre) const;
  std::string say(const char* key, WordValues values = {}) const;  // in the ticket's language
  Align text_align() const { return is_narrow_ ? Align::centre : Align::left; }
  void rule(double mm);
  void space(double mm) { y_ += canvas_.dots(mm); }

  static const Sizes& sizes_of(PaperSpec paper);

  Canvas& canvas_;
  const Ticket& ticket_;
  const Bitmap& logo_;
  const std::string& notice_;
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
