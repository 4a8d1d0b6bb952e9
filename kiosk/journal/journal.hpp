// The kiosk's memory: what was asked for, which number it got, and what is known of its paper.
// Every function completes when the change is on disk. The printer writes the states of a print
// through it (printer::Journal) before its bytes. Not for talking to the server or the printer
// (office_link, desk, print_queue). Network thread, but for the constructor and recover(), which
// block. It must outlive the coroutines that use it.
#pragma once

#include <boost/asio/awaitable.hpp>
#include <chrono>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "kiosk/journal/store.hpp"
#include "printer/job/journal.hpp"
#include "schema/types/time.hpp"
#include "server/db/database.hpp"

namespace matanai::kiosk {

using store::Request;
using store::RequestKind;
using store::RequestState;

// A request without an answer is asked again for so long; then nobody stands there any more.
inline constexpr std::chrono::minutes kAsksAgainFor{2};

struct NewRequest {
  RequestKind kind = RequestKind::walk_in;
  std::optional<std::string> service;
  std::optional<std::string> code;  // or token: of the reservation that is checked in, or given up
  std::optional<std::string> token;
  std::optional<std::string> move_to;  // "10:30" today, before the check-in
  std::string locale;                  // empty: not chosen (check-in)
};

// What still wants something today, oldest first.
struct OpenWork {
  std::optional<LocalDay> day;         // nullopt: not known, and nothing is open
  std::vector<std::string> unprinted;  // message ids: issued, or known not to be on paper
  std::vector<Request> unanswered;     // the server's answer is missing
};

struct PrintOrder {
  printer::JobId job;
  IssuedTicket ticket;
  bool is_copy = false;
};

class Journal final : public printer::Journal {
 public:
  // Both outlive the journal. The day never advances by a clock that is not trusted.
  Journal(
      db::Database& database, const Clock& clock,
      std::function<bool()> is_clock_trusted = [] { return true; });

  // After a start: a print that had begun is unknown from now on; what is older than 30 days is
  // forgotten. True when the printer may hold, or show, a part of an earlier ticket, also of one
  // whose outcome is known (record). Throws std::runtime_error when the file cannot be written.
  bool recover();

  // Writes a request down and gives it its message id, or finds the one that this press made
  // before. device: the kiosk's id, part of the message id. Refusal: storage_unavailable (as every
  // function below).
  boost::asio::awaitable<Result<Request>> begin(NewRequest request, std::string press,
                                                std::string device);
  boost::asio::awaitable<Result<bool>> count_attempt(std::string message_id);
  // The server's answer; repeated answers change nothing. Also reserves the first print. Returns
  // the stored request.
  boost::asio::awaitable<Result<Request>> issued(std::string message_id, IssuedTicket ticket);
  boost::asio::awaitable<Result<bool>> refused(std::string message_id, Refusal refusal);

  // The next print of a ticket: one that was reserved and never sent, else a new attempt. It is a
  // copy (再発行) when an earlier one may be on paper. Refusal: print_unknown while a person has to
  // be asked first.
  boost::asio::awaitable<Result<PrintOrder>> next_print(std::string message_id);
  // A person's answer to "did it come out?". No: it will be printed again, marked. Refusal:
  // not_found when nothing is asked.
  boost::asio::awaitable<Result<bool>> answer_print(std::string message_id, bool came_out);
  // Returns the message id of the call. device: as begin().
  boost::asio::awaitable<Result<std::string>> staff_called(std::string reason, std::string device);
  // Also gives up, for ever, what stayed without an answer for kAsksAgainFor or on an earlier day.
  boost::asio::awaitable<Result<OpenWork>> open_work();

  // printer::Journal. Throws std::runtime_error when the state cannot be stored: then nothing is
  // sent.
  boost::asio::awaitable<void> record(printer::JobId job, printer::JobState state,
                                      bool has_rest) override;

  boost::asio::awaitable<Result<bool>> keep(std::string name, std::string value);
  // Blocks; for the start.
  std::optional<std::string> kept(const std::string& name);

  // Papers of today that a screen may want, newest first, at most 8; the oldest question. From
  // memory.
  std::vector<PaperProgress> papers() const;
  std::optional<PaperProgress> question() const;
  // Called on the network thread after every change of papers() or question().
  void on_change(std::function<void()> callback) { on_change_ = std::move(callback); }

 private:
  store::Moment moment() const;
  void turn_to(LocalDay day);
  void note(const std::string& message_id, const std::string& number, RequestState state);

  db::Database& database_;
  const Clock& clock_;
  std::function<bool()> is_clock_trusted_;
  std::string boot_;
  std::function<void()> on_change_;
  std::vector<PaperProgress> papers_;  // of shown_day_, oldest first
  std::optional<LocalDay> shown_day_;
};

}  // namespace matanai::kiosk
