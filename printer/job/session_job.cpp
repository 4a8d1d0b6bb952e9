#include <algorithm>
#include <utility>

#include "printer/job/session.hpp"

namespace matanai::printer {
namespace asio = boost::asio;

namespace {

PrintOutcome outcome_of(JobState state, PrinterState printer, std::string detail) {
  return {.state = state,
          .printer = printer,
          .strength = ConfirmStrength::processed,
          .detail = std::move(detail)};
}

}  // namespace

asio::awaitable<PrintOutcome> Printer::Session::print(Ticket ticket, JobId job, Journal* journal) {
  const auto self = shared_from_this();
  co_await take_turn();
  const Turn turn(*this);
  auto outcome = co_await run_job(std::move(ticket), job, journal);
  co_await journal->record(job, outcome.state);
  co_return outcome;
}

asio::awaitable<PrintOutcome> Printer::Session::run_job(Ticket ticket, JobId job,
                                                        Journal* journal) {
  const auto picture = renderer_.render(ticket);
  const int dpi = renderer_.paper().dpi;
  auto encoded = escpos::encode(picture, {.dpi = dpi});

  const auto before = co_await hello();
  if (!can_print(before))
    co_return outcome_of(JobState::failed, before, "refused before the first byte");

  co_await journal->record(job, JobState::sending);
  std::vector<std::uint8_t> bytes;
  if (must_cut_)
    bytes = {0x1D, 'V', 'B', 0};  // the piece of an interrupted ticket, apart from this one
  for (const auto& part : {escpos::initialize(), escpos::enable_asb()})
    bytes.insert(bytes.end(), part.begin(), part.end());
  bytes.insert(bytes.end(), encoded.bytes.begin(), encoded.bytes.end());
  const auto id = escpos::process_id_of(next_id_++);
  const auto question =
      confirms_with_identity() ? escpos::ask_process_id(id) : escpos::ask_paper_sensor();
  bytes.insert(bytes.end(), question.begin(), question.end());
  processed_.reset();
  sensor_answers_ = 0;

  const auto written = co_await transport_->write(bytes, timings_.stall);
  if (written.error) {
    must_flush_ = must_cut_ = written.accepted > 0;
    lose_connection();
    if (written.accepted == 0) {
      co_return outcome_of(JobState::failed, PrinterState::not_answering, "no byte was accepted");
    }
    co_return outcome_of(JobState::unknown, PrinterState::not_answering,
                         "the connection broke while sending");
  }
  co_await journal->record(job, JobState::sent);

  const Millis paper_time(picture.height() * 25'400 / dpi / std::max(1, timings_.slowest_mm_per_s));
  auto outcome = co_await watch_until_printed(timings_.confirm + paper_time, id, paper_time);
  must_cut_ = !outcome.is_confirmed();
  co_return outcome;
}

asio::awaitable<PrintOutcome> Printer::Session::watch_until_printed(Millis deadline,
                                                                    escpos::ProcessId id,
                                                                    Millis paper_time) {
  auto outcome = confirms_with_identity() ? co_await watch_with_identity(deadline, id)
                                          : co_await watch_without_identity(deadline, paper_time);
  if (outcome.is_confirmed()) co_return outcome;
  co_await discard_rest();
  if (confirms_with_identity() && processed_ == id) {
    co_return PrintOutcome{.state = JobState::confirmed,
                           .printer = last_state(),
                           .strength = ConfirmStrength::printed,
                           .detail = "confirmed late"};
  }
  co_return outcome;
}

asio::awaitable<PrintOutcome> Printer::Session::watch_with_identity(Millis deadline,
                                                                    escpos::ProcessId id) {
  const auto connection = connection_;
  co_await wait(Clock::now() + deadline,
                [this, id] { return processed_ == id || !can_print(flags_.state()); });
  if (processed_ == id) {
    co_return PrintOutcome{.state = JobState::confirmed,
                           .printer = last_state(),
                           .strength = ConfirmStrength::printed,
                           .detail = ""};
  }
  if (connection != connection_) {
    co_return outcome_of(JobState::unknown, PrinterState::not_answering,
                         "the connection broke before the answer");
  }
  if (!can_print(flags_.state())) {
    co_return outcome_of(JobState::unknown, flags_.state(), "a fault came while printing");
  }
  co_return outcome_of(JobState::unknown, PrinterState::not_answering, "no confirmation in time");
}

// GS r is answered when it is parsed: only a fault-free time as long as the paper needs makes it
// worth something.
asio::awaitable<PrintOutcome> Printer::Session::watch_without_identity(Millis deadline,
                                                                       Millis paper_time) {
  const auto connection = connection_;
  const auto has_fault = [this] { return !can_print(flags_.state()); };
  const bool is_parsed =
      co_await wait(Clock::now() + deadline, [&] { return sensor_answers_ > 0 || has_fault(); });
  const auto printed_by = Clock::now() + paper_time;
  while (is_parsed && !has_fault() && connection == connection_ && Clock::now() < printed_by) {
    co_await wait(std::min(printed_by, Clock::now() + timings_.poll), has_fault);
    if (connection == connection_ && !has_fault()) co_await ask_state();
  }
  if (connection != connection_) {
    co_return outcome_of(JobState::unknown, PrinterState::not_answering,
                         "the connection broke before the answer");
  }
  if (has_fault())
    co_return outcome_of(JobState::unknown, flags_.state(), "a fault came while printing");
  if (!is_parsed)
    co_return outcome_of(JobState::unknown, PrinterState::not_answering, "no answer in time");
  co_return PrintOutcome{.state = JobState::confirmed,
                         .printer = last_state(),
                         .strength = ConfirmStrength::processed,
                         .detail = ""};
}

// Whatever the printer still holds of this job must not come out later, when a roll is changed.
asio::awaitable<void> Printer::Session::discard_rest() {
  must_flush_ = true;
  if (!transport_->is_open()) co_return;
  is_cleared_ = false;
  if (!co_await write(escpos::clear_buffer())) co_return;
  const bool is_cleared =
      co_await wait(Clock::now() + timings_.hello, [this] { return is_cleared_; });
  if (is_cleared) {
    must_flush_ = false;
    co_return;
  }
  lose_connection();
}

}  // namespace matanai::printer
