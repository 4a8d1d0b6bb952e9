// What the kiosk does for a person: take a number, check a reservation in, find out about a paper.
// The request is in the journal before the server is asked, the number before anybody
// sees it, the print before its bytes; so nothing that was given is lost, whatever stops in
// between. Not for HTTP (api), paper (print_queue) and calls for staff (staff_bell). Network
// thread; must outlive its coroutines.
#pragma once

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>
#include <chrono>
#include <functional>
#include <memory>
#include <string>

#include "kiosk/journal/journal.hpp"
#include "kiosk/link/office_link.hpp"
#include "kiosk/loop.hpp"
#include "kiosk/messages.hpp"
#include "kiosk/print_queue.hpp"

namespace matanai::kiosk {

struct DeskOptions {
  int tries = 3;  // before a person is told that there is no answer
  std::chrono::milliseconds between_tries{200};
  std::chrono::milliseconds ask_again_every{3000};  // for requests that stayed without an answer
};

class Desk {
 public:
  // All outlive the desk.
  Desk(boost::asio::any_io_executor executor, Journal& journal, OfficeLink& link,
       PrintQueue& prints, DeskOptions options = {});
  ~Desk();
  Desk(const Desk&) = delete;
  Desk& operator=(const Desk&) = delete;

  // Begins to ask again for what stayed unanswered, in this run or an earlier one, until it is
  // given up (kAsksAgainFor).
  void start(OnBroken on_broken = {});

  // A number for somebody without a reservation; its paper follows. press: of the page, unique; a
  // repeat gets the same ticket. Refusals: printer_not_ready (state) before a number is taken;
  // server_unreachable (sent: it may have been numbered); those of the server. gives_up: refused
  // as check_in() refuses its code.
  boost::asio::awaitable<Result<TicketAnswer>> walk_in(WalkIn asked, std::string press);
  // The same for a reservation, by code or by the scanner's token. move_to: moves it first, and
  // stays moved when it is still too early to check in (check_in_too_early with value moved).
  // Refusals also: invalid_fields when both or neither are given or one is malformed.
  boost::asio::awaitable<Result<TicketAnswer>> check_in(CheckIn asked, std::string press);
  // Refusal: not_found when that print is not in question.
  boost::asio::awaitable<Result<bool>> answer_print(PrintAnswer answer);

 private:
  struct State;
  std::shared_ptr<State> state_;
};

}  // namespace matanai::kiosk
