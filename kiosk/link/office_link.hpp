// The kiosk's line to the office server: follows the board, keeps the clock and the office's
// details, asks for tickets. Not for deciding what an answer means (desk) and not for working
// without the server. Network thread; must outlive its coroutines.
#pragma once

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>
#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "kiosk/journal/journal.hpp"
#include "kiosk/link/server_clock.hpp"
#include "kiosk/loop.hpp"
#include "kiosk/messages.hpp"
#include "schema/types/locale.hpp"
#include "server/http/client.hpp"

namespace matanai::kiosk {

struct LinkOptions {
  std::string server;  // "http://127.0.0.1:8080"
  std::string device_key;
  std::string office;
  std::chrono::milliseconds timeout{2000};        // of one question
  std::chrono::milliseconds clock_every{20'000};  // also keeps the connection warm
  std::chrono::milliseconds office_every{300'000};
  std::chrono::milliseconds retry_every{1000};  // while something of the start is missing
};

// After these the server has stored nothing and may do better in a moment; the same message id is
// asked again.
bool is_passing(RefusalCode code);

class OfficeLink {
 public:
  OfficeLink(boost::asio::any_io_executor executor, LinkOptions options, Journal& journal,
             ServerClock& clock);
  ~OfficeLink();
  OfficeLink(const OfficeLink&) = delete;
  OfficeLink& operator=(const OfficeLink&) = delete;

  void start(OnBroken on_broken = {});

  // The board is followed, the clock is known, and the server knows this device.
  bool is_up() const;
  const std::string& device_id() const;       // empty until the server told it once
  const std::optional<Board>& board() const;  // as last heard
  // {"locales":{"ja":OfficeDetail,…}}, no locale while nothing is known; its version in this run, 0
  // = nothing.
  const std::string& office_json() const;
  std::int64_t office_version() const;
  // The languages the screen has words of its own for.
  static std::vector<Locale> locales();

  // Refusals: those of the server; server_unreachable when its answer is not known (it may have
  // issued the ticket).
  boost::asio::awaitable<Result<IssuedTicket>> issue(TicketRequest request);
  boost::asio::awaitable<Result<IssuedTicket>> check_in(CheckInRequest request);
  // message_id: of the check-in that follows.
  boost::asio::awaitable<Result<MovedReservation>> move(MoveRequest request,
                                                        std::string message_id);

  // Refusals also: office_closed.
  boost::asio::awaitable<Result<StaffCall>> call_staff(StaffCallRequest request);

  // The server's copy of what it knows of this kiosk's printer; the latest counts.
  boost::asio::awaitable<Result<FloorKiosk>> report_printer(PrinterReport report);

  // Also called after every change of what the functions above tell.
  void on_change(std::function<void()> callback);

 private:
  struct State;
  std::shared_ptr<State> state_;
};

}  // namespace matanai::kiosk
