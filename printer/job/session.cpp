#include "printer/job/session.hpp"

#include <array>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <utility>

namespace matanai::printer {
namespace asio = boost::asio;
using ErrorCode = boost::system::error_code;

namespace {

constexpr std::array kQuestions = {1, 2, 4};  // DLE EOT: printer, cause of offline, paper

}  // namespace

Printer::Session::Session(asio::any_io_executor executor, std::unique_ptr<Transport> transport,
                          PaperSpec paper, PrinterTimings timings)
    : executor_(executor),
      transport_(std::move(transport)),
      renderer_(paper),
      timings_(timings),
      news_(executor, Clock::time_point::max()),
      turn_(executor, Clock::time_point::max()) {}

asio::awaitable<void> Printer::Session::take_turn() {
  while (is_taken_) {
    ErrorCode ignored;
    co_await turn_.async_wait(asio::redirect_error(asio::use_awaitable, ignored));
  }
  is_taken_ = true;
}

void Printer::Session::end_turn() {
  is_taken_ = false;
  turn_.cancel();
}

asio::awaitable<bool> Printer::Session::wait(Clock::time_point until,
                                             std::function<bool()> is_true) {
  const auto connection = connection_;
  while (!is_true()) {
    if (connection != connection_ || Clock::now() >= until) co_return false;
    news_.expires_at(until);
    ErrorCode ignored;
    co_await news_.async_wait(asio::redirect_error(asio::use_awaitable, ignored));
  }
  co_return true;
}

void Printer::Session::take(const Reply& reply) {
  if (const auto* realtime = std::get_if<reply::Realtime>(&reply)) {
    apply(*realtime, flags_);
    ++realtime_answers_;
  }
  if (const auto* notice = std::get_if<reply::Notice>(&reply)) apply(*notice, flags_);
  if (std::holds_alternative<reply::PaperSensor>(reply)) ++sensor_answers_;
  if (const auto* processed = std::get_if<reply::Processed>(&reply)) processed_ = processed->id;
  if (std::holds_alternative<reply::Cleared>(reply)) is_cleared_ = true;
}

asio::awaitable<void> Printer::Session::read_loop(std::shared_ptr<Session> self,
                                                  std::uint64_t connection) {
  std::array<std::uint8_t, 256> buffer{};
  while (true) {
    const auto result = co_await self->transport_->read(buffer);
    if (self->connection_ != connection) co_return;
    if (result.error) {
      self->lose_connection();
      co_return;
    }
    for (const auto& reply : self->parser_.feed(std::span(buffer).first(result.bytes)))
      self->take(reply);
    self->news_.cancel();
  }
}

void Printer::Session::lose_connection() {
  ++connection_;
  transport_->close();
  is_answering_ = false;
  is_set_up_ = false;
  news_.cancel();
}

void Printer::Session::close() { lose_connection(); }

asio::awaitable<bool> Printer::Session::connect() {
  if (transport_->is_open()) co_return true;
  const auto error = co_await transport_->open(timings_.connect);
  if (error) {
    lose_connection();
    co_return false;
  }
  ++connection_;
  parser_.reset();
  flags_ = {};
  asio::co_spawn(executor_, read_loop(shared_from_this(), connection_), asio::detached);
  co_return true;
}

asio::awaitable<bool> Printer::Session::write(std::vector<std::uint8_t> bytes) {
  const auto result = co_await transport_->write(bytes, timings_.stall);
  if (result.error) lose_connection();
  co_return !result.error;
}

asio::awaitable<bool> Printer::Session::ask_state() {
  std::vector<std::uint8_t> question;
  for (int n : kQuestions) {
    const auto bytes = escpos::ask_status(n);
    question.insert(question.end(), bytes.begin(), bytes.end());
    parser_.expect_realtime(n);
  }
  realtime_answers_ = 0;
  if (!co_await write(std::move(question))) co_return false;
  const bool is_told = co_await wait(Clock::now() + timings_.hello, [this] {
    return realtime_answers_ >= static_cast<int>(kQuestions.size());
  });
  // Without all answers in time the next ones could not be told apart: begin anew.
  if (!is_told) lose_connection();
  is_answering_ = is_told;
  co_return is_told;
}

// Once per connection. A printer that answers the identity proves that it confirms; silence costs
// `hello` here once and not at every ticket.
asio::awaitable<void> Printer::Session::set_up() {
  is_set_up_ = true;
  auto bytes = escpos::enable_asb();
  if (has_identity_.has_value()) {
    co_await write(std::move(bytes));
    co_return;
  }
  const auto id = escpos::process_id_of(next_id_++);
  const auto question = escpos::ask_process_id(id);
  bytes.insert(bytes.end(), question.begin(), question.end());
  processed_.reset();
  if (!co_await write(std::move(bytes))) co_return;
  const bool is_answered =
      co_await wait(Clock::now() + timings_.hello, [this, id] { return processed_ == id; });
  if (is_answered || transport_->is_open()) has_identity_ = is_answered;
}

asio::awaitable<PrinterState> Printer::Session::hello() {
  if (!co_await connect()) co_return PrinterState::not_answering;
  if (must_flush_) {
    // The longest command is kBandLimit: so many NULs end it, and print nothing but white.
    std::vector<std::uint8_t> flush(kBandLimit, 0);
    const auto clear = escpos::clear_buffer();
    flush.insert(flush.end(), clear.begin(), clear.end());
    if (!co_await write(std::move(flush))) co_return PrinterState::not_answering;
    must_flush_ = false;
  }
  if (!co_await ask_state()) co_return PrinterState::not_answering;
  if (!is_set_up_ && can_print(flags_.state())) co_await set_up();
  co_return last_state();
}

asio::awaitable<PrinterState> Printer::Session::status() {
  const auto self = shared_from_this();
  if (is_taken_) co_return last_state();
  co_await take_turn();
  const Turn turn(*this);
  co_return co_await hello();
}

}  // namespace matanai::printer
