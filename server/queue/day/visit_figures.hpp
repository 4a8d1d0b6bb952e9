// Figures over many days (queueing.md §10), in integers alone, so that adding them up in any order
// and on any number of threads gives the same bits. Pure; values.
#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "server/queue/day/office_day.hpp"

namespace matanai::queue {

// Waits by the second, up to five hours; longer ones count as that in quantiles alone.
class Waits {
 public:
  static constexpr std::size_t kSeconds = 5 * 3600;

  void add(Millis wait);
  void add(const Waits& other);
  std::int64_t count() const { return count_; }
  double mean_minutes() const;              // 0 when there are none
  double share_within(Minutes most) const;  // in 0…1; 1 when there are none
  bool operator==(const Waits&) const = default;
  double quantile_minutes(double p) const;  // upper end of its second; 0 when there are none

 private:
  std::vector<std::uint32_t> seconds_;  // empty until the first wait
  std::int64_t count_ = 0;
  std::int64_t sum_ = 0;  // ms
};

// Of the arrival, of a reservation of its slot: 0…23.
std::size_t hour_of(const Visit& visit);

struct VisitFigures {
  Waits all, walk_ins, reserved;  // first calls of first stops; reserved by reservation delay
  std::array<Waits, 24> by_hour;  // all, by hour_of
  std::int64_t days = 0;
  std::int64_t visitors = 0;
  std::int64_t left = 0;      // lost patience
  std::int64_t uncalled = 0;  // still waiting at the end
  std::int64_t calls = 0;
  std::int64_t promise_breaking = 0;  // calls that broke guarantee (2)
  std::int64_t late_calls = 0;        // after the called one's own "at the latest"
  std::int64_t passed_by_one = 0;     // visits passed by at least one
  int most_passed = 0;
  std::int64_t busy_ms = 0;      // windows with somebody
  std::int64_t overtime_ms = 0;  // last finish − closing, summed over days

  void add(const DayRecord& day, Instant closing);
  void add(const VisitFigures& other);
  double share_promise_breaking() const;
  double share_late() const;
  bool operator==(const VisitFigures&) const = default;
};

}  // namespace matanai::queue
