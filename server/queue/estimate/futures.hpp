// How long everybody still waits: many futures of the floor as it is now, played under the office's
// own call rule with the services' own durations (research queueing.md §11). Each future is a
// function of (seed, future, person), so a small change of the floor changes the forecast by its
// consequences and never by noise. Pure; no clock; keeps its memory from look to look, so one
// object per thread.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "server/queue/estimate/future_floor.hpp"
#include "server/queue/estimate/ranks.hpp"
#include "server/queue/model/office.hpp"

namespace matanai::queue {

inline constexpr Minutes kSoon{3};  // "now" is told when a call within this is likely

// The time from now to the call over all futures. A quantile is absent when the windows' hours
// end before the call in so many futures.
struct WaitForecast {
  std::optional<Millis> q10, q50, q90;
  std::optional<Millis> mean;  // of the futures with a call
  double share_soon = 0;       // of the futures with a call in less than kSoon
};

struct PersonForecast {
  std::int64_t id = 0;  // Person::id
  std::uint16_t group = 0;
  std::uint16_t service = 0;
  int people_ahead = 0;  // of their line, in the order in which the rule would call now
  WaitForecast wait;
};

// Somebody without a reservation who takes a ticket now.
struct NewcomerForecast {
  std::uint16_t service = 0;
  int people_ahead = 0;
  WaitForecast wait;
};

struct FloorForecast {
  std::vector<PersonForecast> waiting;      // by line, there in the line's order
  std::vector<NewcomerForecast> newcomers;  // one per service
  std::vector<WaitForecast> visitors;       // as FloorNow::visitors
};

class Futures {
 public:
  static constexpr int kUsual = 400;

  // `count` ≥ 1 futures. The model's durations are tabled here: make a new object when it changes.
  explicit Futures(OfficeModel model, std::uint64_t seed = 1, int count = kUsual,
                   const Punctuality& punctuality = {});

  // Everybody's forecast for this floor. No allocation per future.
  FloorForecast look(const FloorNow& floor);
  // Of the last look: every future's time to the call of one person (index as in `waiting`), in
  // milliseconds, in no order; FutureFloor::kNotCalled where there is none.
  std::span<const std::int32_t> calls_of(std::size_t index) const;

 private:
  WaitForecast summary(std::size_t subject);
  FutureFloor floor_;
  std::size_t count_;
  std::vector<std::int32_t> calls_;  // by subject, then future
  std::vector<std::int32_t> row_;    // of one future
  Ranks ranks_;
};

}  // namespace matanai::queue
