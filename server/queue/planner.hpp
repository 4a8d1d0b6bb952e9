// How many windows to open in each quarter hour, and how many slots to offer, so that in every hour
// of the day enough people are called in time. Start by modified offered load (Jennings,
// Mandelbaum, Massey and Whitt 1996) and Erlang C, then local search on the twin with common random
// numbers, then a check on days that the search has not seen (research queueing.md §5, §11). Pure.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <vector>

#include "server/queue/office_day.hpp"
#include "server/queue/roster.hpp"
#include "server/queue/workers.hpp"

namespace matanai::queue {

struct PlanRequest {
  OfficeModel office;
  DemandModel
      demand;  // booked: reservations that stand, or nothing when `reservations` is to place
  DayRules rules;
  DayKind kind;                               // of the day that is planned
  std::vector<std::uint16_t> groups;          // that each window serves, in its order of preference
  std::size_t opens = kWardOpens / kQuarter;  // quarter hours of the day
  std::size_t closes = kWardCloses / kQuarter;  // excluded
  double share = 0.8;                           // of those who arrive in an hour …
  Minutes within{10};                           // … called within this
  ShiftRules shifts;
  int fewest = 1;  // windows while the office is open
  int most = 40;
  double reservations = 0;  // to place in slots, no-shows included; 0: as in demand
  std::size_t first_slot = kWardOpens / kQuarter;
  std::size_t last_slot = (16 * 60 + 15) / kQuarter.count();
  double planned_use = 0.875;  // x of the slots' formula: of the windows' time
  std::uint64_t seed = 1;
  std::uint64_t search_days = 300;
  std::uint64_t check_days = 1500;
};

struct PlannedHour {
  int hour = 0;
  double visitors = 0;  // a day
  double share = 0;     // called in time, on the days of the check
  double standard_error = 0;
};

struct Plan {
  WindowCounts windows{};
  double window_hours = 0;
  double start_window_hours = 0;  // of modified offered load and Erlang C
  Roster roster;
  Quarters booked{};  // reservations placed
  Quarters slots{};   // to offer: whole numbers
  std::vector<PlannedHour> hours;
  PlannedHour worst;      // the least share of them
  double all_within = 0;  // share of everybody
  bool is_met = false;    // every hour reaches the share on the days of the check
  int tries = 0;
};

// Slots per quarter hour that the windows have time for beside the walk-ins: floor((x s(t) 15 −
// walk-in work(t)) / (m (1 − p))), research queueing.md §4; x planned use, m mean service in
// minutes, p no-shows. `walk_ins`: expected in each quarter hour.
Quarters slots_to_offer(const WindowCounts& counts, const Quarters& walk_ins, double mean_service,
                        double no_show, double planned_use);

// Windows that modified offered load and Erlang C ask for, `share` of arrivals within the time.
WindowCounts offered_load_start(const PlanRequest& request);

// `tried` is called after each simulated variant. nullopt: no roster fits the start or anything
// below it, so there are too few people for one window all day.
std::optional<Plan> plan_day(const PlanRequest& request, const Workers& workers = one_after_another,
                             const std::function<void()>& tried = {});

}  // namespace matanai::queue
