// The calendar of an event-driven simulation: a binary heap over integer time (Williams, "Algorithm
// 232: Heapsort", CACM 7(6), 1964). Events of the same time come in the order in which they were
// pushed, so a run never depends on chance beyond its random numbers. One thread.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace matanai::queue {

class Calendar {
 public:
  // What an event is about: a number below this, given by the caller.
  static constexpr std::uint64_t kSubjects = std::uint64_t{1} << 24;

  void push(std::int64_t time, std::uint32_t subject) {
    events_.emplace_back();
    rise(events_.size() - 1, event(time, subject));
  }
  bool empty() const { return events_.empty(); }
  std::size_t size() const { return events_.size(); }
  void clear() {
    events_.clear();
    pushed_ = 0;
  }

  // Of the next event; the calendar is not empty.
  std::int64_t time() const { return events_.front().time; }
  std::uint32_t subject() const {
    return static_cast<std::uint32_t>(events_.front().order & (kSubjects - 1));
  }
  void pop() {
    const Event last = events_.back();
    events_.pop_back();
    if (!events_.empty()) sink(last);
  }
  // pop() and push() in one.
  void replace(std::int64_t new_time, std::uint32_t new_subject) {
    sink(event(new_time, new_subject));
  }

 private:
  // 16 bytes: how many were pushed before stands above the subject, 2^40 of them.
  struct Event {
    std::int64_t time;
    std::uint64_t order;
  };
  Event event(std::int64_t time, std::uint32_t subject) {
    return {time, (pushed_++ << 24) | subject};
  }
  // Without a branch: which of two is earlier cannot be predicted.
  static bool is_before(const Event& a, const Event& b) {
    return (a.time < b.time) | ((a.time == b.time) & (a.order < b.order));
  }

  void rise(std::size_t hole, Event moved) {
    Event* const events = events_.data();
    while (hole > 0) {
      const std::size_t parent = (hole - 1) / 2;
      if (!is_before(moved, events[parent])) break;
      events[hole] = events[parent];
      hole = parent;
    }
    events[hole] = moved;
  }
  void sink(Event moved) {
    Event* const events = events_.data();
    const std::size_t size = events_.size();
    std::size_t hole = 0;
    for (std::size_t child = 1; child < size; child = 2 * hole + 1) {
      if (child + 1 < size) child += is_before(events[child + 1], events[child]) ? 1 : 0;
      if (!is_before(events[child], moved)) break;
      events[hole] = events[child];
      hole = child;
    }
    events[hole] = moved;
  }

  std::vector<Event> events_;
  std::uint64_t pushed_ = 0;
};

}  // namespace matanai::queue
