// Ticket → bitmap → bytes at 80 mm, warm, one JSON line a figure. Bars: ≤ 3 ms and ≤ 25 kB
// (Japanese ticket).
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <vector>

#include "printer/layout/renderer.hpp"
#include "printer/protocol/escpos.hpp"

namespace {

using namespace matanai::printer;
using Clock = std::chrono::steady_clock;

double milliseconds(Clock::duration time) {
  return std::chrono::duration<double, std::milli>(time).count();
}

void report(const char* name, double value, const char* unit) {
  std::printf("{\"name\":\"%s\",\"value\":%.3f,\"unit\":\"%s\"}\n", name, value, unit);
}

}  // namespace

int main() {
  const auto start = Clock::now();
  const TicketRenderer renderer({.dots = 576, .dpi = 203});
  report("print_warm_up", milliseconds(Clock::now() - start), "ms");
  for (const char* locale : {"ja", "en"}) {
    auto ticket = sample_ticket(locale);
    std::vector<double> times;
    std::size_t bytes = 0;
    for (int i = 0; i < 500; ++i) {
      ticket.people_ahead = i;  // no two tickets alike
      const auto before = Clock::now();
      bytes = escpos::encode(renderer.render(ticket)).bytes.size();
      times.push_back(milliseconds(Clock::now() - before));
    }
    std::sort(times.begin(), times.end());
    const std::string name = std::string("print_ticket_") + locale;
    report((name + "_p50").c_str(), times[times.size() / 2], "ms");
    report((name + "_p99").c_str(), times[times.size() * 99 / 100], "ms");
    report((name + "_bytes").c_str(), static_cast<double>(bytes), "B");
  }
  return 0;
}
