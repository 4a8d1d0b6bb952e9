#include "kiosk/link/printer_reporter.hpp"

#include <spdlog/spdlog.h>

#include <boost/asio/redirect_error.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>

namespace matanai::kiosk {
namespace asio = boost::asio;
using SteadyClock = std::chrono::steady_clock;

namespace {
constexpr std::size_t kLongestModel = 64;
}

struct PrinterReporter::State : std::enable_shared_from_this<State> {
  State(asio::any_io_executor executor, OfficeLink& its_link, PrintQueue& its_prints,
        const ServerClock& its_clock, ReporterOptions given)
      : link(its_link), prints(its_prints), clock(its_clock), options(given), timer(executor) {}

  OfficeLink& link;
  PrintQueue& prints;
  const ServerClock& clock;
  ReporterOptions options;
  asio::steady_timer timer;
  bool is_idle = false;               // waits for a change
  std::optional<PrinterReport> told;  // over this line
  int lines = 0;                      // so many were lost
  PrinterState state = PrinterState::ready;
  SteadyClock::time_point began{};  // the state
  std::optional<Instant> since;     // as it is told, once and for all

  void look() {
    if (prints.has_heard() && (began == SteadyClock::time_point{} || state != prints.heard())) {
      state = prints.heard();
      began = SteadyClock::now();
      since.reset();
    }
    if (!link.is_up() && told) {
      told.reset();
      ++lines;
    }
    if (is_idle) timer.cancel();
  }

  // What the server does not know yet.
  std::optional<PrinterReport> due() {
    if (!link.is_up() || !prints.has_heard()) return std::nullopt;
    if (!since)
      since = clock.now() - std::chrono::duration_cast<Millis>(SteadyClock::now() - began);
    const auto facts = prints.facts();
    PrinterReport report{state, *since, facts.model.substr(0, kLongestModel), facts.confirms,
                         facts.paper_metres};
    if (report == told) return std::nullopt;
    return report;
  }

  asio::awaitable<void> rest(SteadyClock::time_point until) {
    timer.expires_at(until);
    boost::system::error_code ignored;
    co_await timer.async_wait(asio::redirect_error(asio::use_awaitable, ignored));
  }

  asio::awaitable<void> report([[maybe_unused]] std::shared_ptr<State> self) {
    for (;;) {
      const auto next = due();
      if (!next) {
        is_idle = true;
        co_await rest(SteadyClock::time_point::max());
        is_idle = false;
        continue;
      }
      const int line = lines;
      const auto answer = co_await link.report_printer(*next);
      if (answer.has_error() && is_passing(answer.error().code)) {
        co_await rest(SteadyClock::now() + options.try_again_every);
        continue;
      }
      if (answer.has_error())
        spdlog::error("the server does not take the printer's state: {}",
                      entry_of(answer.error().code).name);
      if (line == lines) told = *next;
    }
  }
};

PrinterReporter::PrinterReporter(asio::any_io_executor executor, OfficeLink& link,
                                 PrintQueue& prints, const ServerClock& clock,
                                 ReporterOptions options)
    : state_(std::make_shared<State>(std::move(executor), link, prints, clock, options)) {
  const auto look = [weak = state_->weak_from_this()] {
    if (const auto state = weak.lock()) state->look();
  };
  link.on_change(look);
  prints.on_change(look);
}

PrinterReporter::~PrinterReporter() = default;

void PrinterReporter::start(OnBroken on_broken) {
  run_loop(state_->timer.get_executor(), state_->report(state_),
           "the loop that tells of the printer", std::move(on_broken));
}

}  // namespace matanai::kiosk
