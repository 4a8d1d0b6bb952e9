// Calls for staff from this kiosk. The counters are told by the office server; the screen says so
// only when the server has the call, says who comes when one answers, and rings here alone while
// the server is away. Calls by itself when a paper failed. Not
// for a printer that needs somebody (link/printer_reporter). Network thread; must outlive its
// coroutines.
#pragma once

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>
#include <chrono>
#include <functional>
#include <memory>
#include <optional>

#include "kiosk/journal/journal.hpp"
#include "kiosk/link/office_link.hpp"
#include "kiosk/messages.hpp"
#include "kiosk/print_queue.hpp"

namespace matanai::kiosk {

struct BellOptions {
  std::chrono::milliseconds try_again_every{3000};
  std::chrono::milliseconds lasts{60'000};        // unless the server has it
  std::chrono::milliseconds told_lasts{600'000};  // as long as the board tells of answers
};

class StaffBell {
 public:
  // All outlive the bell.
  StaffBell(boost::asio::any_io_executor executor, Journal& journal, OfficeLink& link,
            PrintQueue& prints, BellOptions options = {});
  ~StaffBell();
  StaffBell(const StaffBell&) = delete;
  StaffBell& operator=(const StaffBell&) = delete;

  // Done when it is written down; what becomes of it is told by stage(). While the counters have a
  // call of this kiosk that nobody answered, it stays that one.
  boost::asio::awaitable<Result<bool>> call(KioskCallReason reason);

  // nullopt: nobody called, or it is long ago.
  std::optional<StaffCallStage> stage() const;
  void on_change(std::function<void()> callback);

 private:
  struct State;
  std::shared_ptr<State> state_;
};

}  // namespace matanai::kiosk
