// What happens next at the windows: the one stepping core under a simulated day (office_day) and
// under the futures of a live floor. It knows lines, windows and their intervals, and asks the call
// policy itself; who comes, how long a service takes and what is written down is its caller's
// (`Visits`). Work-conserving as far as the policy is: a window that is free calls as soon as
// somebody may be called. At equal instants windows go before waking, waking before arrivals. Pure;
// no allocation once its buffers have grown. One thread at a time.
//
// Visits has
//   bool is_done() const;                           whether to stop
//   Instant next_arrival() const;                   kNever: nobody more
//   void arrive(FloorRun&);                         joins who comes at floor().now
//   Millis called(const Person&, const WindowChoice&, std::size_t window, Instant now);
//                                                   how long the window is busy from the call on
//   void finished(FloorRun&, std::size_t window);   may join the same person elsewhere
#pragma once

#include <algorithm>
#include <cstddef>
#include <functional>
#include <span>
#include <vector>

#include "server/queue/model/office.hpp"

namespace matanai::queue {

class FloorRun {
 public:
  // `office` is borrowed.
  explicit FloorRun(const OfficeModel& office);

  // An empty floor at `from` with these windows, none of them busy.
  void begin(std::span<const WindowModel> windows, Instant from);
  // The floor as it is; the caller then tells when each busy window is done.
  void load(const FloorNow& floor);
  void set_done(std::size_t window, Instant at) { due_[window] = at; }

  // Until visits.is_done() or nothing more can happen.
  template <class Visits>
  void run(Visits& visits) {
    call_at_all(visits);
    while (!visits.is_done() && step(visits)) {
    }
  }

  // From within Visits: somebody joins the line of `group`; a free window calls at once.
  template <class Visits>
  void join(Visits& visits, std::uint16_t group, const Person& person) {
    floor_.lines[group].insert(person);
    if (holds_back_[group]) wake_later(person);
    while (free_count_ > 0) {
      const std::size_t window = best_free_window(group);
      if (window == due_.size()) return;
      call_next(visits, window);
      if (phase_[window] != Phase::closed) return;  // it closed for another: ask the next
    }
  }

  // The floor at this moment; `is_started` of a window is not kept, as the caller knows the way.
  const FloorNow& floor() const { return floor_; }
  FloorNow& floor() { return floor_; }
  bool is_open(std::size_t window) const { return phase_[window] != Phase::closed; }

 private:
  enum class Phase : std::uint8_t { closed, free, busy };

  template <class Visits>
  bool step(Visits& visits) {
    const auto first = std::ranges::min_element(due_);
    const Instant due = first == due_.end() ? kNever : *first;
    const Instant wake = wakes_.empty() ? kNever : wakes_.front();
    const Instant arrival = visits.next_arrival();
    const Instant next = std::min({due, wake, arrival});
    if (next == kNever) return false;
    floor_.now = next;
    if (due == next) {
      step_window(visits, static_cast<std::size_t>(first - due_.begin()));
    } else if (wake == next) {
      std::ranges::pop_heap(wakes_, std::greater<>());
      wakes_.pop_back();
      call_at_all(visits);
    } else {
      visits.arrive(*this);
    }
    return true;
  }

  template <class Visits>
  void step_window(Visits& visits, std::size_t window) {
    const bool was_busy = phase_[window] == Phase::busy;
    settle(window);
    if (was_busy) visits.finished(*this, window);
    if (phase_[window] == Phase::free) call_next(visits, window);
  }

  template <class Visits>
  void call_at_all(Visits& visits) {
    for (std::size_t w = 0; w < due_.size() && free_count_ > 0; ++w)
      if (phase_[w] == Phase::free) call_next(visits, w);
  }

  template <class Visits>
  void call_next(Visits& visits, std::size_t window) {
    if (closes_for_another(window)) return;
    WindowNow& at = floor_.windows[window];
    const auto next = next_for_window(office_->policies, floor_.lines, at.window.groups, floor_.now,
                                      floor_.reserved_in_row);
    if (!next) return;
    const Person person = floor_.lines[next->group].call(next->choice.index);
    floor_.reserved_in_row = person.has_slot() ? floor_.reserved_in_row + 1 : 0;
    at.is_busy = true;
    at.service = person.service;
    at.person = person.id;
    at.since = floor_.now;
    phase_[window] = Phase::busy;
    --free_count_;
    due_[window] = floor_.now + visits.called(person, *next, window, floor_.now);
  }

  void set_up_windows();
  // A window without anybody becomes what its intervals say of this moment.
  void settle(std::size_t window);
  // The free window to which `group` matters most; among equals the one that has waited longest.
  // The number of windows: none.
  std::size_t best_free_window(std::uint16_t group) const;
  void wake_later(const Person& person);
  // Whether this free window has closed because one of its pool was to close and is busy.
  bool closes_for_another(std::size_t window);

  static constexpr std::uint8_t kNotServed = 255;
  const OfficeModel* office_;
  FloorNow floor_;
  std::vector<Instant> due_;  // per window: done, opens or closes
  std::vector<Phase> phase_;
  std::vector<std::size_t> interval_;  // the one it is in or waits for
  std::vector<std::uint8_t> rank_;     // per window and group: place in its order of preference
  std::vector<Instant> wakes_;         // heap: when somebody held back may be called
  std::vector<bool> holds_back_;       // per group: its rule lets a free window wait for somebody
  int free_count_ = 0;
};

}  // namespace matanai::queue
