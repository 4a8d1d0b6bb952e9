#include "printer/layout/renderer.hpp"

#include <stdexcept>

#include "printer/layout/canvas.hpp"
#include "printer/layout/fonts.hpp"
#include "printer/layout/page.hpp"

namespace matanai::printer {

struct TicketRenderer::State {
  PaperSpec paper;
  Fonts fonts;
};

TicketRenderer::TicketRenderer(PaperSpec paper) : state_(std::make_unique<State>()) {
  if (paper.dpi < 100 || paper.dpi > 255 || paper.dots > 1000 || paper.width_mm() < 40) {
    throw std::runtime_error("print head out of range: 40 mm … 1000 dots, 100 … 255 dpi");
  }
  state_->paper = paper;
  for (const char* tag : {"ja", "en", "zh-Hans", "ko", "vi"}) render(sample_ticket(tag));
}

TicketRenderer::~TicketRenderer() = default;

const PaperSpec& TicketRenderer::paper() const { return state_->paper; }

Bitmap TicketRenderer::render(const Ticket& ticket) const { return render_measured(ticket).bitmap; }

RenderedTicket TicketRenderer::render_measured(const Ticket& ticket) const {
  Canvas canvas(state_->fonts, state_->paper.dots, state_->paper.dpi);
  Page page(canvas, state_->paper, ticket);
  page.draw();
  RenderedTicket result{.bitmap = canvas.take(page.height()),
                        .unknown_glyphs = canvas.unknown_glyphs(),
                        .number_height_dots = page.number_height()};
  return result;
}

}  // namespace matanai::printer
