#include "tests/unit/printer/virtual_time.hpp"

#include <ctime>
#include <optional>

namespace {

std::optional<std::chrono::nanoseconds> the_time;

}  // namespace

// In place of the standard library's: the linker takes a program's own definition first.
std::chrono::steady_clock::time_point std::chrono::steady_clock::now() noexcept {
  if (the_time) return time_point(*the_time);
  timespec real{};
  clock_gettime(CLOCK_MONOTONIC, &real);
  return time_point(seconds(real.tv_sec) + nanoseconds(real.tv_nsec));
}

namespace matanai::testing {

VirtualTime::VirtualTime() { the_time = std::chrono::steady_clock::now().time_since_epoch(); }
VirtualTime::~VirtualTime() { the_time.reset(); }
void VirtualTime::advance(std::chrono::microseconds by) { *the_time += by; }

void Turner::wake() {
  nudge_.expires_at(std::chrono::steady_clock::time_point::min());
  nudge_.async_wait([](const boost::system::error_code&) {});
}

bool Turner::turn() {
  context_.restart();
  return context_.poll() > 0;
}

}  // namespace matanai::testing
