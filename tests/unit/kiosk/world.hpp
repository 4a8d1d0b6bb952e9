// A kiosk with everything around it on this thread: an office server that a test instructs, a
// virtual printer, and a data folder that survives the kiosk's crashes. until() turns the loops
// until something is so; nothing sleeps.
#pragma once

#include <gtest/gtest.h>

#include <boost/asio/io_context.hpp>
#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "kiosk/program.hpp"
#include "printer/emulator/server.hpp"
#include "schema/types/messages_floor.hpp"
#include "server/http/hub.hpp"
#include "server/http/listener.hpp"
#include "server/http/router.hpp"
#include "tests/unit/support/folder.hpp"

namespace matanai::kiosk::testing {

// An office server as far as a kiosk sees it: gives each message id one number, for ever.
class FakeOffice {
 public:
  // port: 0 = any that is free.
  explicit FakeOffice(boost::asio::io_context& context, std::uint16_t port = 0);

  std::string url() const;
  std::uint16_t port() const { return listener_->port(); }
  // Numbers given so far, by message id, in order.
  const std::vector<std::pair<std::string, std::string>>& given() const { return given_; }
  int questions() const { return questions_; }
  void publish_board(int waiting_for_a);
  // As when a clerk answers the newest call for staff.
  void answer_call();
  // As when the office has closed and nobody is left to answer the newest call.
  void drop_call();
  const std::vector<std::string>& calls() const { return calls_; }  // message ids, each once
  void stop(std::function<void()> done) { listener_->stop(std::move(done)); }

  int lost_answers = 0;               // so many next tickets are given, but nobody hears of them
  bool loses_questions = false;       // a gateway error before anything is stored
  std::optional<Refusal> refuses;     // instead of a ticket
  std::optional<Refusal> turns_away;  // the next question alone, before anything is stored
  std::optional<Refusal> refuses_to_move;
  std::vector<std::string> moves;                // idempotency key and body of each question
  std::function<void()> when_given;              // right after a number was given
  Instant now = from_millis(1'795'485'600'000);  // 2026-11-24 09:00 in the office
  std::string last_body;
  std::vector<PrinterReport> reports;  // as taken
  int refused_reports = 0;

 private:
  void add_routes();
  http::Response give(const http::Request& request);
  http::Response take_call(const http::Request& request);
  http::Response take_report(const http::Request& request);
  http::Response move(const http::Request& request);
  std::string ticket_of(const std::string& message_id);

  http::Hub hub_;
  http::Router router_;
  std::optional<http::Listener> listener_;
  std::vector<std::pair<std::string, std::string>> given_;
  std::vector<std::string> calls_;
  std::vector<std::int64_t> answered_calls_;
  std::vector<std::int64_t> dropped_calls_;
  int questions_ = 0;
  int frames_ = 0;
};

class World {
 public:
  World();
  ~World();

  // Starts a kiosk on the same folder. `turn_on_and_wait` also waits until it can give numbers.
  void turn_on();
  void turn_on_and_wait();
  // No goodbye: as when the plug is pulled.
  void pull_plug();
  void stop_office();
  // Another server at the same address, which knows nothing.
  void restart_office();

  Program& kiosk() { return *kiosk_; }
  void until(const std::function<bool()>& condition, const char* what);
  // Runs a coroutine of the kiosk to its end.
  template <class T>
  T run(boost::asio::awaitable<T> work);

  Result<TicketAnswer> walk_in(const std::string& press = "press-0001",
                               std::optional<ReservationKey> gives_up = {});
  Result<TicketAnswer> check_in(CheckIn asked, const std::string& press = "press-0001");
  void answer_print(const std::string& message_id, bool came_out);
  // What the screen says of a call for staff, e.g. "told"; "" = nothing.
  std::string call_stage();
  PaperState paper_of(const std::string& message_id);
  void set_paper_out(bool is_out);
  void set_fault(bool printer::emulator::Faults::* fault, bool is_so);

  // What the journal holds, one line a row; the kiosk must be off.
  std::vector<std::string> rows(std::string_view sql);
  // Changes the journal behind the kiosk's back; the kiosk must be off.
  void tamper(std::string_view sql);

  boost::asio::io_context outside{1};
  tests::Folder folder;
  std::unique_ptr<printer::emulator::Server> printer;
  std::unique_ptr<FakeOffice> office;
  Pace pace;

 private:
  bool turn();
  std::unique_ptr<boost::asio::io_context> inside_;
  std::unique_ptr<Program> kiosk_;
};

}  // namespace matanai::kiosk::testing
