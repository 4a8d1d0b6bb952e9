// Deadlines of one awaited step. Internal to printer/transport.
#pragma once

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/steady_timer.hpp>
#include <chrono>
#include <memory>
#include <utility>

namespace matanai::printer {

// Calls `give_up` once when the time is over before the watchdog is gone.
class Watchdog {
 public:
  template <class Action>
  Watchdog(const boost::asio::any_io_executor& executor, std::chrono::milliseconds after,
           Action give_up)
      : timer_(executor, after), state_(std::make_shared<State>()) {
    timer_.async_wait([state = state_, give_up = std::move(give_up)](
                          const boost::system::error_code& error) mutable {
      if (error || !state->is_watching) return;
      state->has_fired = true;
      give_up();
    });
  }
  ~Watchdog() { state_->is_watching = false; }
  Watchdog(const Watchdog&) = delete;
  Watchdog& operator=(const Watchdog&) = delete;

  bool has_fired() const { return state_->has_fired; }

 private:
  struct State {
    bool is_watching = true;
    bool has_fired = false;
  };
  boost::asio::steady_timer timer_;
  std::shared_ptr<State> state_;
};

}  // namespace matanai::printer
