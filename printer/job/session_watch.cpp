#include <algorithm>
#include <utility>

#include "printer/job/session.hpp"

namespace matanai::printer {
namespace asio = boost::asio;

PrintOutcome Printer::Session::outcome(JobState state, std::string detail) const {
  const auto heard = last_state();
  // The fault that ended a ticket is told, even if it is over by now.
  const bool is_over = can_print(heard) && state != JobState::confirmed;
  return {.state = state,
          .printer = is_over && has_stopped() ? fault_ : heard,
          .strength = strength_of(method_.value_or(ConfirmMethod::none)),
          .is_cut = true,
          .detail = std::move(detail)};
}

// A line that broke takes answers with it. One that stands loses none, unless it loses bytes.
bool Printer::Session::is_trusted(const Confirmation& confirmation) const {
  return confirmation.is_gapless() || connection_ != began_on_;
}

// Only a mark that is answered when paper has moved says this.
std::optional<PrintOutcome> Printer::Session::confirmed(const Confirmation& confirmation) const {
  if (confirmation.strength() != ConfirmStrength::printed) return std::nullopt;
  if (!is_trusted(confirmation)) return std::nullopt;
  if (confirmation.has(Mark::cut)) return outcome(JobState::confirmed, "");
  if (!confirmation.has(Mark::image)) return std::nullopt;
  auto printed = outcome(JobState::confirmed, "printed, but not cut");
  printed.is_cut = false;
  return printed;
}

asio::awaitable<PrintOutcome> Printer::Session::find_out(const Sheet& sheet,
                                                         Confirmation& confirmation) {
  const auto deadline = timings_.confirm + sheet.paper_time;
  const auto connection = connection_;
  const bool is_blind = confirmation.method() == ConfirmMethod::none;
  if (!is_blind)
    co_await watch(deadline, [&] { return confirmation.has(Mark::cut) || has_stopped(); });
  if (confirmation.has(Mark::cut) && confirmation.strength() == ConfirmStrength::printed) {
    if (is_trusted(confirmation)) co_return outcome(JobState::confirmed, "");
    co_return co_await judge_silence(confirmation, "a mark was not answered");
  }

  if (connection == connection_ && !has_stopped() && (is_blind || confirmation.has(Mark::cut)))
    co_await watch_for_faults(sheet.paper_time);
  if (connection != connection_ || !transport_->is_open()) {
    co_await look_again(Clock::now() + deadline, confirmation);
    co_return co_await judge_silence(confirmation, "the connection broke before the answer");
  }
  // Without marks nobody knows what a printer that had to wait has thrown away.
  const bool has_waited = is_blind && !can_print(fault_);
  if (has_stopped() || has_waited || !can_print(flags_.state()))
    co_return co_await judge_fault(confirmation);
  if (is_blind || confirmation.has(Mark::cut)) co_return outcome(JobState::confirmed, "");
  co_return co_await judge_silence(confirmation, "no answer in time");
}

asio::awaitable<void> Printer::Session::watch(Millis time, std::function<bool()> is_over) {
  const auto connection = connection_;
  auto until = Clock::now() + time;
  const auto end = until + timings_.pause;
  while (connection == connection_ && !is_over() && Clock::now() < std::min(until, end)) {
    co_await wait(std::min(until, Clock::now() + timings_.poll), is_over);
    if (connection == connection_ && !is_over()) co_await poke();
    if (!can_print(flags_.state())) until = Clock::now() + time;
  }
}

// "Parsed" is worth something only when no fault follows for as long as the paper needs.
asio::awaitable<void> Printer::Session::watch_for_faults(Millis paper_time) {
  const auto connection = connection_;
  co_await watch(paper_time, [this] { return has_stopped(); });
  if (connection == connection_ && !has_stopped()) co_await ask_state();
}

// The line broke: the printer may still be printing, and its answer may come on the next one. A
// question behind everything tells when nothing more will come.
asio::awaitable<void> Printer::Session::look_again(Clock::time_point until,
                                                   Confirmation& confirmation) {
  must_clear_ = true;
  if (confirmation.strength() != ConfirmStrength::printed) co_return;
  const auto is_over = [&confirmation] {
    return confirmation.has(Mark::cut) || confirmation.has(Mark::end);
  };
  bool is_asked = false;
  while (!is_over() && Clock::now() < until) {
    if (!transport_->is_open()) is_asked = false;
    if (!co_await connect() || !co_await ask_state()) {
      co_await pause(timings_.poll);
      continue;
    }
    if (!is_asked) is_asked = co_await write(confirmation.request(dialect_, Mark::end));
    co_await wait(std::min(until, Clock::now() + timings_.poll), is_over);
  }
}

// The printer stopped. Marks are answered in order: when the buffer is gone and the mark before the
// lowest band was not answered, no whole ticket came out and none will.
asio::awaitable<PrintOutcome> Printer::Session::judge_fault(const Confirmation& confirmation) {
  const auto connection = connection_;
  const bool is_gone = co_await clear();
  if (const auto printed = confirmed(confirmation)) co_return *printed;
  const bool can_tell = confirmation.method() != ConfirmMethod::none;
  if (can_tell && is_gone && connection == connection_ && !confirmation.has(Mark::begun))
    co_return outcome(JobState::failed, "a fault came in the middle");
  co_return outcome(JobState::unknown, "a fault came while printing");
}

// Nothing tells what became of it. Whatever the printer still holds must not come out later.
asio::awaitable<PrintOutcome> Printer::Session::judge_silence(const Confirmation& confirmation,
                                                              std::string why) {
  // Without an answer to this either, the next connection begins anew.
  if (!co_await clear() && transport_->is_open()) lose_connection();
  if (auto printed = confirmed(confirmation)) {
    if (printed->is_cut) printed->detail = "confirmed late";
    co_return *printed;
  }
  co_return outcome(JobState::unknown, std::move(why));
}

}  // namespace matanai::printer
