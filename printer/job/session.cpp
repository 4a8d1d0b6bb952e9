#include "printer/job/session.hpp"

#include <algorithm>
#include <array>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/error.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <random>
#include <utility>

namespace matanai::printer {
namespace asio = boost::asio;

namespace {

// Somebody is there and does not take the call: another host has the only line.
bool is_refusal(const boost::system::error_code& error) {
  return error == asio::error::connection_refused;
}
bool is_busy(const boost::system::error_code& error) {
  return error == boost::system::errc::device_or_resource_busy;
}

}  // namespace

Printer::Session::Session(asio::any_io_executor executor, std::unique_ptr<Transport> transport,
                          PaperSpec paper, PrinterOptions options)
    : executor_(executor),
      transport_(std::move(transport)),
      renderer_(paper, options.decor),
      options_(options),
      dialect_(dialect_for(options.protocol)),
      reader_(dialect_.make_reader()),
      paper_(options.paper),
      must_clear_(options.was_interrupted),
      must_cut_(options.was_interrupted),
      next_id_(options.first_id ? *options.first_id : std::random_device{}()),
      news_(executor, Clock::time_point::max()),
      turn_(executor, Clock::time_point::max()) {}

asio::awaitable<void> Printer::Session::take_turn() {
  while (is_taken_) {
    Error ignored;
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
    Error ignored;
    co_await news_.async_wait(asio::redirect_error(asio::use_awaitable, ignored));
  }
  co_return true;
}

asio::awaitable<void> Printer::Session::pause(Millis time) {
  asio::steady_timer timer(executor_, time);
  Error ignored;
  co_await timer.async_wait(asio::redirect_error(asio::use_awaitable, ignored));
}

void Printer::Session::take(const Reply& reply) {
  if (const auto* flags = std::get_if<reply::Flags>(&reply)) take_flags(flags->flags);
  if (const auto* answered = std::get_if<reply::Answered>(&reply)) {
    const auto what = answered->what;
    const bool is_name = what == Asked::maker || what == Asked::model || what == Asked::firmware;
    auto& due = is_name ? names_due_ : due_;
    due = std::max(0, due - 1);
  }
  if (const auto* confirmed = std::get_if<reply::Confirmed>(&reply)) {
    if (listening_ != nullptr) listening_->take(*confirmed);
  }
  if (const auto* sensor = std::get_if<reply::Sensor>(&reply)) {
    if (listening_ != nullptr) listening_->take(*sensor);
  }
  if (std::holds_alternative<reply::Cleared>(reply)) is_cleared_ = true;
  if (const auto* named = std::get_if<reply::Identity>(&reply)) {
    if (named->what == Asked::maker) identity_.maker = named->text;
    if (named->what == Asked::model) identity_.model = named->text;
    if (named->what == Asked::firmware) identity_.firmware = named->text;
  }
}

void Printer::Session::take_flags(const PrinterFlags& flags) {
  flags_ = flags;
  note_roll();
  const auto state = flags.state();
  if (!can_print(state)) fault_ = std::max(fault_, state);
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
    self->heard_ += result.bytes;
    for (const auto& reply : self->reader_->feed(std::span(buffer).first(result.bytes)))
      self->take(reply);
    self->news_.cancel();
  }
}

void Printer::Session::be_absent(PrinterState why) {
  is_answering_ = false;
  absence_ = why;
}

void Printer::Session::lose_connection() {
  ++connection_;
  transport_->close();
  be_absent(PrinterState::not_answering);
  is_set_up_ = false;
  due_ = 0;
  news_.cancel();
}

Bytes Printer::Session::end_of_head() { return Bytes(8, 0); }

void Printer::Session::close() { lose_connection(); }

asio::awaitable<bool> Printer::Session::connect() {
  if (transport_->is_open()) co_return true;
  const auto error = co_await transport_->open(timings_.connect);
  if (error) {
    lose_connection();
    if (is_busy(error) || (is_refusal(error) && has_answered_)) be_absent(PrinterState::taken);
    co_return false;
  }
  ++connection_;
  reader_->reset();
  flags_ = {};
  heard_ = 0;
  due_ = 0;
  if (transport_->is_two_way()) {
    asio::co_spawn(executor_, read_loop(shared_from_this(), connection_), asio::detached);
    // The last connection may have ended within a command, of this run of the program or another.
    co_return co_await write(end_of_head());
  }
  co_return true;
}

asio::awaitable<bool> Printer::Session::write(Bytes bytes) {
  const auto result = co_await transport_->write(bytes, timings_.stall);
  if (result.error) lose_connection();
  co_return !result.error;
}

}  // namespace matanai::printer
