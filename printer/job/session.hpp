// The connection of one Printer: who is asking what, which answers came, what is known about the
// device. session.cpp turns, connection and answers; session_state.cpp state, probing, clearing;
// session_job.cpp one ticket; session_watch.cpp what became of it. Internal to printer/job. Thread
// rule: printer.hpp.
#pragma once

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/steady_timer.hpp>
#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "printer/job/confirmation.hpp"
#include "printer/job/printer.hpp"

namespace matanai::printer {

class Printer::Session : public std::enable_shared_from_this<Printer::Session> {
 public:
  Session(boost::asio::any_io_executor executor, std::unique_ptr<Transport> transport,
          PaperSpec paper, PrinterOptions options);

  boost::asio::awaitable<PrinterState> status();
  boost::asio::awaitable<PrintOutcome> print(Ticket ticket, JobId job, Journal* journal);
  boost::asio::awaitable<PrintOutcome> print_picture(Bitmap picture, JobId job, Journal* journal);
  void close();

  PrinterState last_state() const { return is_answering_ ? flags_.state() : absence_; }
  std::optional<ConfirmMethod> confirm_method() const { return method_; }
  const PrinterIdentity& identity() const { return identity_; }
  void expect(const PrinterIdentity& kind) { expected_ = kind; }
  bool is_exchanged() const {
    return expected_ && is_set_up_ && !expected_->is_same_kind(identity_);
  }
  const PaperCount& paper() const { return paper_; }
  void set_paper(const PaperCount& paper) { paper_ = paper; }
  bool is_interrupted() const { return must_clear_ || must_cut_; }

 private:
  using Clock = std::chrono::steady_clock;
  using Millis = std::chrono::milliseconds;
  using Error = boost::system::error_code;

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

  // --- connection
  boost::asio::awaitable<bool> connect();
  boost::asio::awaitable<bool> write(Bytes bytes);
  // Ends a command of which only a part of the head arrived: what follows would be taken for the
  // size of a picture. White in a picture, nothing elsewhere.
  static Bytes end_of_head();
  // Reads until this connection ends.
  static boost::asio::awaitable<void> read_loop(std::shared_ptr<Session> self,
                                                std::uint64_t connection);
  void take(const Reply& reply);
  void take_flags(const PrinterFlags& flags);
  // Waits until is_true() or the time is over; true in the first case. Also ends when the
  // connection does.
  boost::asio::awaitable<bool> wait(Clock::time_point until, std::function<bool()> is_true);
  boost::asio::awaitable<void> pause(Millis time);
  void lose_connection();
  void be_absent(PrinterState why);

  // --- state
  // Connects when needed, clears what an interrupted ticket left, asks the state and, once per
  // connection, sets the printer up.
  boost::asio::awaitable<PrinterState> hello();
  boost::asio::awaitable<void> ask_port();
  boost::asio::awaitable<bool> ask_state();
  // Asks the state without waiting, unless an answer is still due.
  boost::asio::awaitable<void> poke();
  boost::asio::awaitable<void> learn();
  boost::asio::awaitable<bool> ask_identity();
  boost::asio::awaitable<void> probe();
  boost::asio::awaitable<bool> proves(ConfirmMethod method);
  // Throws away what the printer holds; true when it said so.
  boost::asio::awaitable<bool> clear();
  boost::asio::awaitable<void> clear_remains();
  boost::asio::awaitable<void> try_to_recover();
  void note_roll();

  // --- one ticket
  // What comes out: `bytes` down to the lowest black row, then `rest`, which is white.
  struct Body {
    Bytes bytes, rest;
    std::size_t last_band = 0;  // of `bytes`, as Encoded::last_band
    int rows = 0;               // of paper, dots
  };
  struct Sheet {
    Bytes bytes;
    std::size_t last_band = 0;  // with no byte from here on no whole ticket can come out
    Millis paper_time{};
    int length_mm = 0;
  };
  Body body_of(const Bitmap& picture) const;
  // nullopt: this ticket must be a picture.
  std::optional<Body> text_body_of(const Ticket& ticket) const;
  Sheet compose(const Body& body, const Confirmation& confirmation) const;
  boost::asio::awaitable<PrintOutcome> print_body(Body body, JobId job, Journal* journal);
  boost::asio::awaitable<PrintOutcome> run_job(const Body& body, JobId job, Journal* journal);
  // Returns how many bytes were accepted; stops early at a fault or when it takes too long.
  boost::asio::awaitable<std::size_t> send(const Sheet& sheet);
  boost::asio::awaitable<PrintOutcome> end_without_answers(const Sheet& sheet);

  // --- what became of it
  boost::asio::awaitable<PrintOutcome> find_out(const Sheet& sheet, Confirmation& confirmation);
  // Watches the state for so long, or until is_over() or the connection ends. While the printer
  // waits its paper does not move: the time begins anew, for `pause` longer at most.
  boost::asio::awaitable<void> watch(Millis time, std::function<bool()> is_over);
  boost::asio::awaitable<void> watch_for_faults(Millis paper_time);
  boost::asio::awaitable<void> look_again(Clock::time_point until, Confirmation& confirmation);
  boost::asio::awaitable<PrintOutcome> judge_fault(const Confirmation& confirmation);
  boost::asio::awaitable<PrintOutcome> judge_silence(const Confirmation& confirmation,
                                                     std::string why);
  std::optional<PrintOutcome> confirmed(const Confirmation& confirmation) const;
  bool is_trusted(const Confirmation& confirmation) const;
  PrintOutcome outcome(JobState state, std::string detail) const;
  // A fault that ends a ticket: a person has to come. Off line and overheated may end by
  // themselves.
  bool has_stopped() const { return fault_ > PrinterState::overheated; }

  boost::asio::any_io_executor executor_;
  std::unique_ptr<Transport> transport_;
  TicketRenderer renderer_;
  const PrinterOptions options_;
  const PrinterTimings& timings_ = options_.timings;
  const Dialect& dialect_;
  std::unique_ptr<ReplyReader> reader_;

  PrinterFlags flags_;
  bool is_answering_ = false;
  PrinterState absence_ = PrinterState::not_answering;
  std::optional<ConfirmMethod> method_;
  PrinterIdentity identity_;
  std::optional<PrinterIdentity> expected_;
  PaperCount paper_;

  std::uint64_t connection_ = 0;  // counts connections, so that an old reader knows it is old
  std::size_t heard_ = 0;         // bytes of this connection
  int due_ = 0;                   // state answers that are still to come
  int names_due_ = 0;             // answers to who it is
  bool is_set_up_ = false;
  bool has_answered_ = false;  // ever
  bool must_clear_ = false;    // the printer may hold the rest of an interrupted ticket
  bool must_cut_ = false;      // a piece of it may hang out of the printer
  bool is_cleared_ = false;    // since it was asked for
  bool was_paper_out_ = false;
  Clock::time_point recover_after_{};

  ProcessId next_id_ = 0;
  Confirmation* listening_ = nullptr;         // the ticket or the probe that waits for answers
  std::uint64_t began_on_ = 0;                // the connection that the ticket was begun on
  PrinterState fault_ = PrinterState::ready;  // the worst since the ticket began

  boost::asio::steady_timer news_;  // cancelled whenever something above changes
  boost::asio::steady_timer turn_;  // cancelled when a turn ends
  bool is_taken_ = false;
};

}  // namespace matanai::printer
