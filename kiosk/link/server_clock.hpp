// The office server's clock, told from here between two answers of the server: the steady clock
// plus the difference that was measured. Once it was measured it never goes back: a smaller time
// stands still until it is caught up with. now() any thread; set() network thread.
#pragma once

#include <atomic>

#include "schema/types/time.hpp"

namespace matanai::kiosk {

class ServerClock final : public Clock {
 public:
  // Until the server is heard: this machine's clock, moved by what was measured in an earlier run.
  explicit ServerClock(Millis earlier_difference = Millis(0));

  Instant now() const override;
  // What the server's clock shows at this moment.
  void set(Instant server_now, bool is_demo);
  bool is_set() const { return is_set_; }
  bool is_demo() const { return is_demo_; }
  // Between the server's clock and this machine's, to be kept for the next start.
  Millis difference() const;

 private:
  std::atomic<std::int64_t> offset_;  // milliseconds from the steady clock to the time told
  mutable std::atomic<std::int64_t> latest_{0};
  std::atomic<bool> is_set_{false};
  std::atomic<bool> is_demo_{false};
};

}  // namespace matanai::kiosk
