// Ticket → bitmap → bytes at 80 mm, warm, one JSON line a figure. Bars: ≤ 3 ms and ≤ 25 kB in each
// language with estimate and reservation; the first ticket after the start is measured alone.
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <string>
#include <vector>

#include "printer/layout/renderer.hpp"
#include "printer/layout/text_ticket.hpp"
#include "printer/protocol/escpos.hpp"
#include "printer/protocol/starprnt_raster.hpp"
#include "printer/protocol/text_mode.hpp"

namespace {

using namespace matanai::printer;
using Clock = std::chrono::steady_clock;

constexpr PaperSpec kPaper{.dots = 576, .dpi = 203};
constexpr int kTickets = 500;

double milliseconds(Clock::duration time) {
  return std::chrono::duration<double, std::milli>(time).count();
}

void report(const std::string& name, double value, const char* unit) {
  std::printf("{\"name\":\"%s\",\"value\":%.3f,\"unit\":\"%s\"}\n", name.c_str(), value, unit);
}

// No two alike: another number, place in the line, minute and promise each.
Ticket ticket_of(const char* locale, int i) {
  auto ticket = sample_ticket(locale);
  ticket.number = "A" + std::to_string(100 + i);
  ticket.people_ahead = i % 60;
  ticket.issued_at += std::chrono::minutes(i);
  ticket.estimate =
      TicketEstimate{5 + i % 40, 10 + i % 50, ticket.issued_at + std::chrono::minutes(25)};
  ticket.reservation_at = ticket.issued_at - std::chrono::minutes(2);
  return ticket;
}

void measure(const TicketRenderer& renderer, const char* locale) {
  const std::string name = std::string("print_ticket_") + locale;
  std::vector<double> times;
  std::size_t largest = 0, stored = 0, star = 0, text = 0;
  for (int i = 0; i < kTickets; ++i) {
    const auto ticket = ticket_of(locale, i);
    const auto before = Clock::now();
    const auto picture = renderer.render(ticket);
    largest = std::max(largest, escpos::encode(picture).bytes.size());
    times.push_back(milliseconds(Clock::now() - before));
    stored =
        std::max(stored, escpos::encode(picture, {.raster = RasterCommand::gs_8_l}).bytes.size());
    star = std::max(star, encode_starprnt(picture, {}).bytes.size());
    text = std::max(text, escpos::encode_text(text_page_of(ticket, kPaper)).bytes.size());
  }
  std::sort(times.begin(), times.end());
  report(name + "_p50", times[kTickets / 2], "ms");
  report(name + "_p99", times[kTickets * 99 / 100], "ms");
  report(name + "_bytes", static_cast<double>(largest), "B");
  report(name + "_gs_8_l_bytes", static_cast<double>(stored), "B");
  report(name + "_starprnt_bytes", static_cast<double>(star), "B");
  report(name + "_text_bytes", static_cast<double>(text), "B");
}

}  // namespace

int main() {
  const auto start = Clock::now();
  const TicketRenderer renderer(kPaper);
  report("print_warm_up", milliseconds(Clock::now() - start), "ms");
  const auto first = Clock::now();
  const auto bytes = escpos::encode(renderer.render(ticket_of("ja", 0))).bytes.size();
  report("print_ticket_first", milliseconds(Clock::now() - first), "ms");
  if (bytes == 0) return 1;
  for (const char* locale : {"ja", "ja-x-easy", "en", "zh-Hans", "ko", "vi"})
    measure(renderer, locale);
  return 0;
}
