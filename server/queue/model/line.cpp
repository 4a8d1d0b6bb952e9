#include "server/queue/model/line.hpp"

#include <algorithm>
#include <utility>

namespace matanai::queue {

Readiness ready_time(Instant arrival, std::optional<Instant> slot, bool has_priority,
                     const HeadStarts& head_starts) {
  Readiness readiness{arrival, OrderReason::ready_time};
  if (slot) {
    readiness.ready_at = std::max<Instant>(arrival, *slot - head_starts.slot_lead);
    readiness.reason = OrderReason::reservation_head_start;
  }
  if (has_priority) {
    readiness.ready_at -= head_starts.priority_lead;
    readiness.reason = OrderReason::priority_head_start;
  }
  return readiness;
}

void Line::insert(const Person& person) {
  const auto is_before = [](const Person& a, const Person& b) {
    return std::pair(a.ready_at, a.id) < std::pair(b.ready_at, b.id);
  };
  const auto begin = people_.begin() + static_cast<std::ptrdiff_t>(first_);
  people_.insert(std::upper_bound(begin, people_.end(), person, is_before), person);
  earliest_slot_ = std::min(earliest_slot_, person.slot);
  earliest_latest_ = std::min(earliest_latest_, person.latest);
  most_passed_ = std::max<int>(most_passed_, person.passed);
  if (person.is_returned()) ++returned_;
}

Person Line::call(std::size_t index) {
  const Person called = people()[index];
  for (std::size_t i = first_; i < people_.size(); ++i) {
    Person& other = people_[i];
    if (other.ready_at > called.ready_at) break;
    if (!is_passed_by(other, called)) continue;
    ++other.passed;
    most_passed_ = std::max<int>(most_passed_, other.passed);
  }
  return remove(index);
}

Person Line::remove(std::size_t index) {
  const Person gone = people()[index];
  if (index == 0) {
    ++first_;
  } else {
    people_.erase(people_.begin() + static_cast<std::ptrdiff_t>(first_ + index));
  }
  if (gone.is_returned()) --returned_;
  if (empty()) clear();
  return gone;
}

void Line::clear() {
  people_.clear();
  first_ = 0;
  earliest_slot_ = kNever;
  earliest_latest_ = kNever;
  most_passed_ = 0;
  returned_ = 0;
}

}  // namespace matanai::queue
