// Those who are here and wait for one service group, in the order in which they became ready. Pure;
// values; any thread. Groups and services are indexes into the caller's own lists.
#pragma once

#include <cstdint>
#include <limits>
#include <optional>
#include <span>
#include <vector>

#include "schema/types/messages_floor.hpp"
#include "schema/types/time.hpp"

namespace matanai::queue {

inline constexpr Instant kNever = Instant(Millis(std::numeric_limits<std::int64_t>::max() / 4));

struct Person {
  std::int64_t id = 0;      // breaks ties; unique in its line
  Instant arrival;          // ticket or check-in
  Instant ready_at;         // ready_time(), kept when put back
  Instant slot = kNever;    // of a reservation that came in time
  Instant latest = kNever;  // the printed "at the latest"
  Millis mean_service{0};   // of its service, for rules that weigh by it
  std::uint16_t service = 0;
  std::uint16_t passed = 0;  // by how many of its service that became ready later
  OrderReason reason = OrderReason::ready_time;  // of its ready_at; `returned` goes before all

  bool has_slot() const { return slot != kNever; }
  bool is_returned() const { return reason == OrderReason::returned; }
};

// max(arrival, slot − slot_lead), minus the head start of a priority (product.md §3).
struct Readiness {
  Instant ready_at;
  OrderReason reason = OrderReason::ready_time;
};
struct HeadStarts {
  Minutes slot_lead{5};
  Minutes priority_lead{10};
};
Readiness ready_time(Instant arrival, std::optional<Instant> slot, bool has_priority,
                     const HeadStarts& head_starts);

// Whether `waiting` is passed when `called` goes: same service, became ready earlier.
inline bool is_passed_by(const Person& waiting, const Person& called) {
  if (waiting.service != called.service || waiting.id == called.id) return false;
  if (waiting.ready_at != called.ready_at) return waiting.ready_at < called.ready_at;
  return waiting.id < called.id;
}

class Line {
 public:
  void insert(const Person& person);
  // The person at `index` of people(), who is gone; each one passed by this counts it.
  Person call(std::size_t index);
  // The same without counting: the person leaves the office.
  Person remove(std::size_t index);
  void clear();

  std::span<const Person> people() const { return std::span(people_).subspan(first_); }
  std::size_t front() const { return 0; }  // of people()
  bool empty() const { return first_ == people_.size(); }
  std::size_t size() const { return people_.size() - first_; }

  // Bounds that let a rule decide without a look at everybody: no slot and no promise of the line
  // is earlier, nobody was passed more often. They may be too careful, never too bold.
  Instant earliest_slot() const { return earliest_slot_; }
  Instant earliest_latest() const { return earliest_latest_; }
  int most_passed() const { return most_passed_; }
  bool has_returned() const { return returned_ > 0; }

 private:
  std::vector<Person> people_;  // by (ready_at, id) from first_ on
  std::size_t first_ = 0;
  Instant earliest_slot_ = kNever;
  Instant earliest_latest_ = kNever;
  int most_passed_ = 0;
  int returned_ = 0;
};

}  // namespace matanai::queue
