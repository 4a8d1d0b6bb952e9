// From a Ticket to dots. Laid out in millimetres, so that any head prints the same ticket; below 60
// mm of printable width (58 mm paper) the rows stack. Private fonts (fonts.hpp): the same ticket
// gives the same bytes on every machine with the same font files. One renderer per thread: Pango's
// caches are not locked.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "printer/bitmap.hpp"
#include "printer/layout/decor.hpp"
#include "printer/layout/test_page_facts.hpp"
#include "printer/layout/ticket.hpp"

namespace matanai::printer {

// The print head. 80 mm paper: 576 dots at 203 dpi or 512 at 180; 58 mm paper: 384 (also 416, 420,
// 432) at 203.
struct PaperSpec {
  int dots = 576;
  int dpi = 203;

  double width_mm() const { return dots * 25.4 / dpi; }
  bool is_narrow() const { return width_mm() < 60; }
};

// A picture with what a test and a careful caller want to know about it.
struct RenderedTicket {
  Bitmap bitmap;
  int unknown_glyphs = 0;          // characters that no font has: printed as boxes, 0 in a release
  int number_height_dots = 0;      // ink height of the ticket number
  std::vector<std::string> lines;  // what a person reads, from the top
};

class TicketRenderer {
 public:
  // Loads the fonts and sets a ticket in each language (some 100 ms), so that the first one for a
  // visitor is as fast as the hundredth. Throws std::runtime_error when a font file is missing, the
  // mark is not a PNG or the head is narrower than 40 mm.
  explicit TicketRenderer(PaperSpec paper, PaperDecor decor = {});
  ~TicketRenderer();
  TicketRenderer(const TicketRenderer&) = delete;
  TicketRenderer& operator=(const TicketRenderer&) = delete;

  // Never refuses a ticket: a number that was given must come out. Characters without a glyph are
  // printed as boxes.
  Bitmap render(const Ticket& ticket) const;
  RenderedTicket render_measured(const Ticket& ticket) const;
  // For the staff: is every dot, grey, millimetre and language right?
  RenderedTicket render_test_page(const TestPageFacts& facts) const;
  const PaperSpec& paper() const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace matanai::printer
