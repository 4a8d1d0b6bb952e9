// Time that only a test moves: while one of these lives, std::chrono::steady_clock stands still
// but for advance(), in this whole program, so that timers of the code under test fire when the
// test says so and thousands of deadlines pass in a second. One at a time, one thread.
#pragma once

#include <boost/asio/io_context.hpp>
#include <boost/asio/steady_timer.hpp>
#include <chrono>

namespace matanai::testing {

class VirtualTime {
 public:
  VirtualTime();
  ~VirtualTime();
  VirtualTime(const VirtualTime&) = delete;
  VirtualTime& operator=(const VirtualTime&) = delete;

  void advance(std::chrono::microseconds by);
};

// Turns a context under virtual time.
class Turner {
 public:
  explicit Turner(boost::asio::io_context& context) : context_(context), nudge_(context) {}
  // After time was moved. The system's timer would wake the context in real time: an expired timer
  // of its own makes it look at all of them.
  void wake();
  // Runs what is ready; true when something was.
  bool turn();

 private:
  boost::asio::io_context& context_;
  boost::asio::steady_timer nudge_;
};

}  // namespace matanai::testing
