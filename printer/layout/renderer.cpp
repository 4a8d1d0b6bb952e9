#include "printer/layout/renderer.hpp"

#include <stdexcept>

#include "printer/layout/canvas.hpp"
#include "printer/layout/page.hpp"
#include "printer/layout/png.hpp"
#include "printer/layout/test_page.hpp"

namespace matanai::printer {
namespace {

constexpr double kLogoWidthMm = 30, kLogoHeightMm = 8;

bool fits_a_ticket(PaperSpec paper) {
  return paper.dpi >= 100 && paper.dpi <= 255 && paper.dots <= 1000 && paper.width_mm() >= 40;
}

}  // namespace

struct TicketRenderer::State {
  State(PaperSpec head, PaperDecor given) : paper(head), decor(std::move(given)), setter(head.dpi) {
    if (!decor.logo_png.empty())
      logo = bitmap_of_png(decor.logo_png, setter.dots(kLogoWidthMm), setter.dots(kLogoHeightMm));
  }

  const std::string& notice(const std::string& locale) const {
    static const std::string kNone;
    for (const auto& tag : {locale, std::string("ja")}) {
      if (const auto found = decor.notice.find(tag); found != decor.notice.end())
        return found->second;
    }
    return kNone;
  }

  PaperSpec paper;
  PaperDecor decor;
  TextSetter setter;
  Bitmap logo;
};

TicketRenderer::TicketRenderer(PaperSpec paper, PaperDecor decor) {
  if (!fits_a_ticket(paper))
    throw std::runtime_error("print head out of range: 40 mm … 1000 dots, 100 … 255 dpi");
  state_ = std::make_unique<State>(paper, std::move(decor));
  // All digits and letters in all sizes, and all that is said of the wait.
  for (const char* tag : {"ja", "ja-x-easy", "en", "zh-Hans", "ko", "vi"}) {
    auto ticket = sample_ticket(tag);
    for (const char* number : {"A012", "C345", "M678", "R9001", "S234", "Y567", "W890", "Z100"}) {
      ticket.number = number;
      ticket.people_ahead = 12;
      ticket.estimate = TicketEstimate{34, 56, Instant{} + Minutes(78 * 60 + 9), false};
      ticket.reservation_at = Instant{} + std::chrono::minutes(23 * 60 + 45);
      render(ticket);
    }
    ticket.estimate->is_soon = true;
    render(ticket);
    ticket.estimate.reset();
    render(ticket);
  }
}

TicketRenderer::~TicketRenderer() = default;

const PaperSpec& TicketRenderer::paper() const { return state_->paper; }

Bitmap TicketRenderer::render(const Ticket& ticket) const { return render_measured(ticket).bitmap; }

RenderedTicket TicketRenderer::render_measured(const Ticket& ticket) const {
  Canvas canvas(state_->setter, state_->paper.dots);
  Page page(canvas, state_->paper, ticket, state_->logo, state_->notice(ticket.locale));
  page.draw();
  return {.bitmap = canvas.take(page.height()),
          .unknown_glyphs = canvas.unknown_glyphs(),
          .number_height_dots = page.number_height(),
          .lines = canvas.lines()};
}

RenderedTicket TicketRenderer::render_test_page(const TestPageFacts& facts) const {
  Canvas canvas(state_->setter, state_->paper.dots);
  TestPage page(canvas, state_->paper, facts);
  page.draw();
  return {.bitmap = canvas.take(page.height()),
          .unknown_glyphs = canvas.unknown_glyphs(),
          .number_height_dots = 0,
          .lines = canvas.lines()};
}

}  // namespace matanai::printer
