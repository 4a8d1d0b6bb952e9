#include <algorithm>
#include <utility>

#include "printer/job/session.hpp"

namespace matanai::printer {
namespace asio = boost::asio;

namespace {

void append(Bytes& out, const Bytes& more) { out.insert(out.end(), more.begin(), more.end()); }

}  // namespace

asio::awaitable<PrinterState> Printer::Session::status() {
  const auto self = shared_from_this();
  if (is_taken_) co_return last_state();
  co_await take_turn();
  const Turn turn(*this);
  co_return co_await hello();
}

asio::awaitable<PrinterState> Printer::Session::hello() {
  if (!co_await connect()) co_return last_state();
  if (!transport_->is_two_way()) {
    co_await ask_port();
    co_return last_state();
  }
  // At once, even while the printer is stopped: with a new roll it would print the rest.
  if (must_clear_ && !dialect_.clears_in_order()) co_await clear_remains();
  if (!transport_->is_open() || !co_await ask_state()) co_return last_state();
  if (flags_.state() == PrinterState::cutter_error) co_await try_to_recover();
  if (!can_print(flags_.state())) co_return last_state();
  if (must_clear_) co_await clear_remains();
  if (transport_->is_open() && !is_set_up_) co_await learn();
  co_return last_state();
}

// A one-way wire: only the port can be asked, and often it knows nothing.
asio::awaitable<void> Printer::Session::ask_port() {
  method_ = ConfirmMethod::none;
  flags_ = {};
  if (const auto port = co_await transport_->port_status(timings_.hello)) {
    flags_.is_paper_out = port->is_paper_out;
    flags_.is_offline = port->is_offline;
    flags_.has_other_error = port->has_error;
    note_roll();
  }
  is_answering_ = transport_->is_open();
}

asio::awaitable<bool> Printer::Session::ask_state() {
  const auto question = dialect_.ask_state();
  reader_->expect(question);
  due_ += static_cast<int>(question.answers.size());
  if (!co_await write(question.bytes)) co_return false;
  const bool is_told = co_await wait(Clock::now() + timings_.hello, [this] { return due_ == 0; });
  if (is_told) {
    is_answering_ = has_answered_ = true;
    co_return true;
  }
  // Without all answers in time the next ones could not be told apart: begin anew. A line that was
  // taken and on which not one byte came is held by another host.
  const bool is_held = heard_ == 0 && transport_->is_shared();
  lose_connection();
  if (is_held) be_absent(PrinterState::taken);
  co_return false;
}

asio::awaitable<void> Printer::Session::poke() {
  if (due_ > 0 || !transport_->is_open()) co_return;
  const auto question = dialect_.ask_state();
  reader_->expect(question);
  due_ += static_cast<int>(question.answers.size());
  co_await write(question.bytes);
}

// Once per connection: another printer may stand there. What it can confirm is asked until the best
// was proved: that an answer was late or lost must not count for ever.
asio::awaitable<void> Printer::Session::learn() {
  const auto known = identity_;
  if (!co_await ask_identity()) {
    identity_ = known;
    co_return;
  }
  is_set_up_ = true;
  if (options_.confirm) method_ = options_.confirm;
  const bool is_proved = method_ && strength_of(*method_) == ConfirmStrength::printed;
  if (options_.confirm || (is_proved && identity_.is_same_kind(known))) co_return;
  method_ = std::nullopt;
  co_await probe();
  if (!method_) is_set_up_ = false;
}

// Also sets it up. False when the connection ended; a printer that does not say who it is has no
// name.
asio::awaitable<bool> Printer::Session::ask_identity() {
  const auto question = dialect_.ask_identity();
  auto bytes = question.bytes;
  append(bytes, dialect_.set_up());
  reader_->expect(question);
  identity_ = {};
  names_due_ = static_cast<int>(question.answers.size());
  if (!co_await write(std::move(bytes))) co_return false;
  co_await wait(Clock::now() + timings_.hello, [this] { return names_due_ == 0; });
  co_return transport_->is_open();
}

// A method counts when the printer answered it; that a printer which is well is silent twice means
// that it has none.
asio::awaitable<void> Printer::Session::probe() {
  for (int round = 0; round < 2 && transport_->is_open(); ++round) {
    for (const auto method : dialect_.confirm_methods()) {
      if (method == ConfirmMethod::sii_execution && identity_.maker != "SII") continue;
      if (co_await proves(method)) method_ = method;
      if (method_ || !transport_->is_open()) co_return;
    }
    if (!co_await ask_state() || !can_print(flags_.state())) co_return;
  }
  if (transport_->is_open()) method_ = ConfirmMethod::none;
}

asio::awaitable<bool> Printer::Session::proves(ConfirmMethod method) {
  Confirmation confirmation(method, next_id_);
  next_id_ += Confirmation::kMarks;
  listening_ = &confirmation;
  const auto is_answered = [&confirmation] { return confirmation.has(Mark::begun); };
  const bool is_proved = co_await write(confirmation.request(dialect_, Mark::begun)) &&
                         co_await wait(Clock::now() + timings_.hello, is_answered);
  listening_ = nullptr;
  co_return is_proved;
}

asio::awaitable<bool> Printer::Session::clear() {
  must_clear_ = true;
  if (!transport_->is_open()) co_return false;
  is_cleared_ = false;
  auto bytes = end_of_head();
  append(bytes, dialect_.clear_buffer());
  if (!co_await write(std::move(bytes))) co_return false;
  co_await wait(Clock::now() + timings_.hello, [this] { return is_cleared_; });
  if (is_cleared_) must_clear_ = false;
  co_return is_cleared_;
}

// The printer may still wait for the bytes of a picture and take everything for dots.
asio::awaitable<void> Printer::Session::clear_remains() {
  if (co_await clear() || !transport_->is_open()) co_return;
  if (!co_await write(dialect_.interrupt())) co_return;
  if (co_await clear() || !transport_->is_open()) co_return;
  // It does not know the command. If it answers at all, there is nothing more to be done.
  if (co_await ask_state()) must_clear_ = false;
}

// A cutter error ends when the host says so; without pause the cutter would not rest.
asio::awaitable<void> Printer::Session::try_to_recover() {
  if (Clock::now() < recover_after_) co_return;
  recover_after_ = Clock::now() + timings_.recover;
  if (co_await write(dialect_.clear_buffer())) co_await ask_state();
}

void Printer::Session::note_roll() {
  if (was_paper_out_ && !flags_.is_paper_out) paper_.change_roll();
  was_paper_out_ = flags_.is_paper_out;
}

}  // namespace matanai::printer
