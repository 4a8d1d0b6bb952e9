// The connection of one Printer: who is asking what, which answers came, what is known about the
// device. Internal to printer/job. Thread rule: printer.hpp.
#pragma once

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/steady_timer.hpp>
#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "printer/job/printer.hpp"

namespace matanai::printer {

class Printer::Session : public std::enable_shared_from_this<Printer::Session> {
 public:
  Session(boost::asio::any_io_executor executor, std::unique_ptr<Transport> transport,
          PaperSpec paper, PrinterTimings timings);

  boost::asio::awaitable<PrinterState> status();
  boost::asio::awaitable<PrintOutcome> print(Ticket ticket, JobId job, Journal* journal);
  void close();

  PrinterState last_state() const {
    return is_answering_ ? flags_.state() : PrinterState::not_answering;
  }
  bool confirms_with_identity() const { return has_identity_.value_or(false); }

 private:
  using Clock = std::chrono::steady_clock;
  using Millis = std::chrono::milliseconds;

  // One caller at a time talks to the printer; the others wait in line. Given back when the
  // coroutine ends, however.
  class Turn {
   public:
    explicit Turn(Session& session) : session_(session) {}
    ~Turn() { session_.end_turn(); }
    Turn(const Turn&) = delete;
    Turn& operator=(const Turn&) = delete;

   private:
    Session& session_;
  };
  boost::asio::awaitable<void> take_turn();
  void end_turn();

  // Connects when needed, asks DLE EOT 1, 2, 4 and, once per connection, switches notices on and
  // probes GS ( H.
  boost::asio::awaitable<PrinterState> hello();
  boost::asio::awaitable<bool> connect();
  boost::asio::awaitable<bool> ask_state();
  boost::asio::awaitable<void> set_up();
  boost::asio::awaitable<bool> write(std::vector<std::uint8_t> bytes);

  boost::asio::awaitable<PrintOutcome> run_job(Ticket ticket, JobId job, Journal* journal);
  boost::asio::awaitable<PrintOutcome> watch_until_printed(Millis deadline, escpos::ProcessId id,
                                                           Millis paper_time);
  boost::asio::awaitable<PrintOutcome> watch_with_identity(Millis deadline, escpos::ProcessId id);
  boost::asio::awaitable<PrintOutcome> watch_without_identity(Millis deadline, Millis paper_time);
  boost::asio::awaitable<void> discard_rest();

  // Reads until this connection ends.
  static boost::asio::awaitable<void> read_loop(std::shared_ptr<Session> self,
                                                std::uint64_t connection);
  void take(const Reply& reply);
  // Waits until is_true() or the time is over; true in the first case. Also ends when the
  // connection does.
  boost::asio::awaitable<bool> wait(Clock::time_point until, std::function<bool()> is_true);
  void lose_connection();

  boost::asio::any_io_executor executor_;
  std::unique_ptr<Transport> transport_;
  TicketRenderer renderer_;
  PrinterTimings timings_;

  StatusParser parser_;
  PrinterFlags flags_;
  bool is_answering_ = false;
  std::optional<bool> has_identity_;
  std::uint64_t connection_ = 0;  // counts connections, so that an old reader knows it is old
  bool is_set_up_ = false;
  bool must_flush_ =
      false;  // the last job was interrupted: the printer may still wait for image bytes
  bool must_cut_ = false;  // a piece of that job may hang out of the printer
  std::uint32_t next_id_ = 0;

  int realtime_answers_ = 0;  // since the question was asked
  int sensor_answers_ = 0;
  std::optional<escpos::ProcessId> processed_;
  bool is_cleared_ = false;

  boost::asio::steady_timer news_;  // cancelled whenever something above changes
  boost::asio::steady_timer turn_;  // cancelled when a turn ends
  bool is_taken_ = false;
};

}  // namespace matanai::printer
