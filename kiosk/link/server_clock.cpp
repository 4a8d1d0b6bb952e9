#include "kiosk/link/server_clock.hpp"

namespace matanai::kiosk {
namespace {

std::int64_t steady_ms() {
  return std::chrono::duration_cast<Millis>(std::chrono::steady_clock::now().time_since_epoch())
      .count();
}

std::int64_t system_ms() {
  return std::chrono::duration_cast<Millis>(std::chrono::system_clock::now().time_since_epoch())
      .count();
}

}  // namespace

ServerClock::ServerClock(Millis earlier_difference)
    : offset_(system_ms() - steady_ms() + earlier_difference.count()) {}

Instant ServerClock::now() const {
  const auto told = steady_ms() + offset_;
  if (!is_set_) return from_millis(told);
  auto latest = latest_.load();
  while (latest < told && !latest_.compare_exchange_weak(latest, told)) {
  }
  return from_millis(std::max(latest, told));
}

void ServerClock::set(Instant server_now, bool is_demo) {
  offset_ = to_millis(server_now) - steady_ms();
  is_demo_ = is_demo;
  is_set_ = true;
}

Millis ServerClock::difference() const { return Millis(steady_ms() + offset_ - system_ms()); }

}  // namespace matanai::kiosk
