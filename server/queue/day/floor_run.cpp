#include "server/queue/day/floor_run.hpp"

namespace matanai::queue {

FloorRun::FloorRun(const OfficeModel& office) : office_(&office) {
  for (const auto& policy : office.policies)
    holds_back_.push_back(!policy.rules().calls_before_ready ||
                          policy.rules().rule == CallRule::zms);
}

void FloorRun::begin(std::span<const WindowModel> windows, Instant from) {
  floor_.now = from;
  floor_.lines.resize(office_->groups.size());
  for (Line& line : floor_.lines) line.clear();
  floor_.windows.resize(windows.size());
  for (std::size_t w = 0; w < windows.size(); ++w) {
    WindowNow& at = floor_.windows[w];
    at.window = windows[w];
    at.is_busy = at.is_started = false;
    at.since = from;
  }
  floor_.reservations.clear();
  floor_.reserved_in_row = 0;
  set_up_windows();
}

void FloorRun::load(const FloorNow& floor) {
  floor_ = floor;
  set_up_windows();
  for (std::size_t group = 0; group < floor_.lines.size(); ++group)
    if (holds_back_[group])
      for (const Person& person : floor_.lines[group].people()) wake_later(person);
}

void FloorRun::set_up_windows() {
  const std::size_t count = floor_.windows.size();
  const std::size_t groups = office_->groups.size();
  wakes_.clear();
  due_.assign(count, kNever);
  phase_.assign(count, Phase::closed);
  interval_.assign(count, 0);
  rank_.assign(count * groups, kNotServed);
  free_count_ = 0;
  for (std::size_t w = 0; w < count; ++w) {
    const auto& served = floor_.windows[w].window.groups;
    for (std::size_t place = served.size(); place-- > 0;)
      rank_[w * groups + served[place]] =
          static_cast<std::uint8_t>(std::min<std::size_t>(place, kNotServed - 1));
    if (floor_.windows[w].is_busy) {
      phase_[w] = Phase::busy;
    } else {
      settle(w);
    }
  }
}

void FloorRun::settle(std::size_t window) {
  WindowNow& at = floor_.windows[window];
  const auto& open = at.window.open;
  std::size_t& i = interval_[window];
  while (i < open.size() && open[i].until <= floor_.now) ++i;
  const bool is_free = i < open.size() && open[i].from <= floor_.now;
  free_count_ += (is_free ? 1 : 0) - (phase_[window] == Phase::free ? 1 : 0);
  phase_[window] = is_free ? Phase::free : Phase::closed;
  due_[window] = i == open.size() ? kNever : is_free ? open[i].until : open[i].from;
  at.is_busy = false;
  at.since = floor_.now;
}

std::size_t FloorRun::best_free_window(std::uint16_t group) const {
  const std::size_t groups = office_->groups.size();
  std::size_t best = phase_.size();
  for (std::size_t w = 0; w < phase_.size(); ++w) {
    const std::uint8_t rank = rank_[w * groups + group];
    if (phase_[w] != Phase::free || rank == kNotServed) continue;
    if (best < phase_.size()) {
      const std::uint8_t best_rank = rank_[best * groups + group];
      const bool is_better = rank != best_rank
                                 ? rank < best_rank
                                 : floor_.windows[w].since < floor_.windows[best].since;
      if (!is_better) continue;
    }
    best = w;
  }
  return best;
}

bool FloorRun::closes_for_another(std::size_t window) {
  WindowModel& own = floor_.windows[window].window;
  if (own.pool == 0) return false;
  for (std::size_t w = 0; w < phase_.size(); ++w) {
    WindowModel& other = floor_.windows[w].window;
    if (phase_[w] != Phase::busy || other.pool != own.pool) continue;
    const bool is_over =
        interval_[w] < other.open.size() && other.open[interval_[w]].until <= floor_.now;
    if (!is_over) continue;
    std::swap(own.open, other.open);
    std::swap(interval_[window], interval_[w]);
    settle(window);
    if (phase_[window] != Phase::free) return true;
  }
  return false;
}

// Rules that hold people back do so until they are ready, or until their slot (zms).
void FloorRun::wake_later(const Person& person) {
  for (const Instant at : {person.ready_at, person.slot}) {
    if (at <= floor_.now || at == kNever) continue;
    wakes_.push_back(at);
    std::ranges::push_heap(wakes_, std::greater<>());
  }
}

}  // namespace matanai::queue
