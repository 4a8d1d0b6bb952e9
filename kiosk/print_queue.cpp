#include "kiosk/print_queue.hpp"

#include <spdlog/spdlog.h>

#include <boost/asio/redirect_error.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <map>
#include <set>

#include "kiosk/journal/print_record.hpp"
#include "kiosk/listeners.hpp"

namespace matanai::kiosk {
namespace asio = boost::asio;
using SteadyTime = std::chrono::steady_clock::time_point;

struct PrintQueue::State : std::enable_shared_from_this<State> {
  State(asio::any_io_executor runs_on, printer::AnyPrinter& its_printer, Journal& its_journal,
        PrintQueueOptions given)
      : executor(std::move(runs_on)),
        printer(its_printer),
        journal(its_journal),
        record(its_journal),
        options(given),
        timer(executor) {}

  asio::any_io_executor executor;
  printer::AnyPrinter& printer;
  Journal& journal;
  PrintRecord record;
  PrintQueueOptions options;
  asio::steady_timer timer;
  std::set<std::string> printing;                // message ids
  std::map<std::string, SteadyTime> not_before;  // of prints that failed
  printer::PrinterState heard = printer::PrinterState::not_answering;
  bool has_heard = false;
  PrinterFacts told;
  std::int64_t kept_mm = -1;  // of paper, as the journal has it
  std::function<void(printer::JobState)> on_trouble;
  Listeners on_change;

  void hear(printer::PrinterState state) {
    if (has_heard && state == heard) return;
    has_heard = true;
    spdlog::info("printer: {}", printer::code_of(state));
    heard = state;
    on_change.tell();
  }

  PrinterFacts facts() const {
    PrinterFacts facts;
    facts.model = printer.identity().model;
    if (const auto method = printer.confirm_method())
      facts.confirms = printer::strength_of(*method);
    facts.form = printer.form();
    facts.paper_metres = printer.paper().metres_left();
    return facts;
  }

  // A count that was not stored is stored the next time.
  asio::awaitable<void> note_facts() {
    const auto now = facts();
    if (now != told) {
      told = now;
      on_change.tell();
    }
    const auto used = printer.paper().used_mm;
    if (used == kept_mm) co_return;
    const auto stored = co_await journal.keep(kKeptPaper, std::to_string(used));
    if (stored.has_value()) kept_mm = used;
  }

  // Says what became of it, for the log and for staff.
  void judge(const std::string& message_id, const printer::PrintOutcome& outcome) {
    hear(outcome.printer);
    if (outcome.is_confirmed()) {
      not_before.erase(message_id);
      return;
    }
    spdlog::warn("print {}: {} ({})", message_id,
                 boost::describe::enum_to_string(outcome.state, ""), outcome.detail);
    const bool is_first = !not_before.contains(message_id);
    not_before[message_id] = std::chrono::steady_clock::now() + options.retry_after;
    if (is_first && on_trouble) on_trouble(outcome.state);
  }

  asio::awaitable<void> print_one(std::string message_id) {
    if (!printing.insert(message_id).second) co_return;
    std::optional<printer::JobId> job;
    std::string wrong;
    try {
      auto order = co_await journal.next_print(message_id);
      if (order.has_value()) {
        job = order->job;
        auto outcome =
            co_await printer.print(paper_of(order->ticket, order->is_copy), *job, record);
        judge(message_id, outcome);
        co_await note_facts();
      }
    } catch (const std::exception& error) {
      // The journal could not be written: nothing was sent, and the ticket stays unprinted.
      wrong = error.what();
    }
    if (!wrong.empty()) {
      spdlog::error("print {}: {}", message_id, wrong);
      not_before[message_id] = std::chrono::steady_clock::now() + options.retry_after;
      if (job) co_await record.abandon(*job);
    }
    printing.erase(message_id);
  }

  asio::awaitable<void> print_waiting() {
    auto open = co_await journal.open_work();
    if (open.has_error()) co_return;
    for (const auto& message_id : open->unprinted) {
      const auto wait = not_before.find(message_id);
      if (wait != not_before.end() && wait->second > std::chrono::steady_clock::now()) continue;
      if (!printer::can_print(heard)) co_return;
      co_await print_one(message_id);
    }
  }

  // The prints of today that failed wait for the printer, not for a time: it is back, so nothing is
  // held up any more.
  asio::awaitable<void> look_at_printer() {
    const bool could_print = printer::can_print(heard);
    hear(co_await printer.status());
    if (could_print || !printer::can_print(heard)) co_return;
    for (auto& [message_id, time] : not_before) time = SteadyTime::min();
  }

  asio::awaitable<void> watch([[maybe_unused]] std::shared_ptr<State> self) {
    for (;;) {
      if (record.owes()) co_await record.record_owed();
      co_await look_at_printer();
      co_await note_facts();
      if (printer::can_print(heard)) co_await print_waiting();
      timer.expires_after(options.poll_every);
      boost::system::error_code ignored;
      co_await timer.async_wait(asio::redirect_error(asio::use_awaitable, ignored));
    }
  }
};

PrintQueue::PrintQueue(asio::any_io_executor executor, printer::AnyPrinter& printer,
                       Journal& journal, PrintQueueOptions options)
    : state_(std::make_shared<State>(std::move(executor), printer, journal, options)) {}

PrintQueue::~PrintQueue() = default;

void PrintQueue::start(OnBroken on_broken) {
  run_loop(state_->executor, state_->watch(state_), "the loop that prints", std::move(on_broken));
}

void PrintQueue::print(std::string message_id) {
  auto print = [](std::shared_ptr<State> state, std::string id) -> asio::awaitable<void> {
    co_await state->print_one(std::move(id));
  };
  run_errand(state_->executor, print(state_, std::move(message_id)), "a print");
}

void PrintQueue::wake() { state_->timer.cancel(); }

printer::PrinterState PrintQueue::printer_state() const { return state_->printer.last_state(); }
bool PrintQueue::has_heard() const { return state_->has_heard; }
printer::PrinterState PrintQueue::heard() const { return state_->heard; }
bool PrintQueue::can_print() const { return printer::can_print(state_->printer.last_state()); }
bool PrintQueue::is_idle() const { return state_->printing.empty(); }
PrinterFacts PrintQueue::facts() const { return state_->facts(); }

void PrintQueue::on_trouble(std::function<void(printer::JobState)> callback) {
  state_->on_trouble = std::move(callback);
}
void PrintQueue::on_change(std::function<void()> callback) {
  state_->on_change.add(std::move(callback));
}

}  // namespace matanai::kiosk
