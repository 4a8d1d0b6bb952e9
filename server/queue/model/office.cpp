#include "server/queue/model/office.hpp"

#include <algorithm>

namespace matanai::queue {

bool is_open_for(const WindowModel& window, std::uint16_t group, Instant now) {
  return std::ranges::find(window.groups, group) != window.groups.end() &&
         std::ranges::any_of(window.open,
                             [&](const Interval& i) { return i.from <= now && now < i.until; });
}

bool has_free_window(const FloorNow& floor, std::uint16_t group) {
  return std::ranges::any_of(floor.windows, [&](const WindowNow& at) {
    return !at.is_busy && is_open_for(at.window, group, floor.now);
  });
}

}  // namespace matanai::queue
