// One office day, event by event: the people of `arrivals` meet windows and the office's own call
// policies. A function of (office, demand, windows, rules, seed, day): the same bits on every
// machine and any number of threads. Who loses patience leaves unseen, as paper tickets have it:
// the number is called, nobody comes, and the window has lost `absent_after`. Pure; no allocation
// once warm. One thread at a time; make one per thread.
#pragma once

#include <cstdint>
#include <functional>
#include <span>
#include <vector>

#include "server/queue/day/arrivals.hpp"
#include "server/queue/day/floor_run.hpp"

namespace matanai::queue {

struct DayRules {
  HeadStarts head_starts;
  Minutes absent_after{3};  // a call that nobody answers costs the window so much
  bool serves_all = true;   // windows open at the last closing go on until nobody waits
};

// One stop of one visitor: times are kNever for what did not happen.
struct Visit {
  std::uint64_t number = 0;  // the visitor's; a transfer's next stop has the same
  std::uint16_t service = 0;
  std::uint16_t window = 0;  // that called
  std::uint16_t stop = 0;    // 0 first, 1 after a transfer …
  std::uint16_t passed = 0;  // by how many of its service that became ready later, when called
  OrderReason reason = OrderReason::ready_time;  // why it was called just then
  bool breaks_promise = false;                   // its call broke guarantee (2) for another
  Instant arrival;  // ticket or check-in; of a later stop, the end of the one before
  Instant slot = kNever;
  Instant ready_at;
  Instant latest = kNever;  // the promise
  Instant called = kNever;
  Instant started = kNever;  // kNever after a call: was not there
  Instant finished = kNever;
  Instant left = kNever;  // lost patience; unseen by the office

  // Call − arrival; of a reservation call − max(slot, arrival), coming early not counted: 0 or
  // more. `called` must have happened.
  Millis wait() const {
    const Instant since = slot == kNever ? arrival : std::max(slot, arrival);
    return std::max(called - since, Millis(0));
  }
};

struct DayRecord {
  std::vector<Visit> visits;  // in the order of joining
  Instant last_finished;      // equals the opening when nobody came
};

// What a newcomer is told at the latest; asked when everybody before has been given a place, with
// the newcomer not yet in its line. `floor.reservations` are those not yet checked in (no-shows
// stay) and `is_started` is true to this moment.
using Promise =
    std::function<Instant(const FloorNow& floor, std::uint16_t group, const Person& newcomer)>;

class OfficeDay {
 public:
  // `office` is borrowed, the rest is copied.
  OfficeDay(const OfficeModel& office, const DemandModel& demand, DayRules rules = {},
            Promise promise = {});

  // The day with these windows, their intervals counted from midnight. The answer stays valid until
  // the next call.
  const DayRecord& run(std::span<const WindowModel> windows, std::uint64_t seed, std::uint64_t day,
                       const DayKind& kind = {});
  // The same with the people given: a recorded or handmade day. By arrival.
  const DayRecord& run(std::span<const WindowModel> windows, std::span<const Visitor> visitors,
                       std::uint64_t seed, std::uint64_t day);

  Arrivals& arrivals() { return arrivals_; }
  // While a day runs, for a Promise: what has been drawn so far. A time after the floor's now is
  // still to come.
  const DayRecord& so_far() const { return record_; }

 private:
  friend class FloorRun;
  bool is_done() const { return false; }
  Instant next_arrival() const;
  void arrive(FloorRun& run);
  Millis called(const Person& person, const WindowChoice& choice, std::size_t window, Instant now);
  void finished(FloorRun& run, std::size_t window);

  void join(std::uint16_t service, const Visitor& visitor, Visit visit, bool has_slot);
  const FloorNow& floor_as_seen();

  const OfficeModel* office_;
  Arrivals arrivals_;
  DayRules rules_;
  Promise promise_;
  FloorRun run_;
  std::vector<Visitor> drawn_;
  std::span<const Visitor> visitors_;
  std::size_t next_ = 0;
  std::vector<WindowModel> windows_;
  std::vector<std::size_t> visitor_of_;  // per visit
  std::vector<std::size_t> visit_at_;    // per window, whom it has
  DayRecord record_;
  std::uint64_t seed_ = 0;
  std::uint64_t day_ = 0;
};

}  // namespace matanai::queue
