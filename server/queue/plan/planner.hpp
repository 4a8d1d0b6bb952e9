// How many windows of each kind to open in each quarter hour, and how many slots to offer, so that
// in every hour of the day, and of each group, enough people are called in time. Start by modified
// offered load (Jennings, Mandelbaum, Massey and Whitt 1996) and Erlang C, then local search on the
// twin with common random numbers, then a check on days that the search has not seen (research
// queueing.md §5, §11). Pure.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <vector>

#include "server/queue/day/office_day.hpp"
#include "server/queue/model/workers.hpp"
#include "server/queue/plan/roster.hpp"

namespace matanai::queue {

// Windows that serve the same groups in the same order of preference; any number of them.
struct WindowKind {
  std::vector<std::uint16_t> groups;
};
// The kinds of an office's windows, as they first appear.
std::vector<WindowKind> kinds_of(const std::vector<WindowModel>& windows);
using KindCounts = std::vector<WindowCounts>;  // windows open, per kind
WindowCounts sum_of(const KindCounts& counts);

struct PlanRequest {
  OfficeModel office;
  DemandModel
      demand;  // booked: reservations that stand, or nothing when `reservations` is to place
  DayRules rules;
  DayKind kind;                                 // of the day that is planned
  std::vector<WindowKind> kinds;                // ≥ 1; who serves whom
  std::size_t opens = kWardOpens / kQuarter;    // quarter hours of the day
  std::size_t closes = kWardCloses / kQuarter;  // excluded
  double share = 0.8;       // of those who arrive in an hour, and of each group's over the day …
  Minutes within{10};       // … called within this
  ShiftRules shifts;        // each kind has clerks of its own; `staff` is all of them
  int fewest = 1;           // windows for each group while the office is open
  int most = 40;            // of a kind
  double reservations = 0;  // to place in slots, no-shows included; 0: as in demand
  std::size_t first_slot = kWardOpens / kQuarter;
  std::size_t last_slot = (16 * 60 + 15) / kQuarter.count();
  double planned_use = 0.875;  // x of the slots' formula: of the windows' time
  std::uint64_t seed = 1;
  std::uint64_t search_days = 300;
  std::uint64_t check_days = 1500;
};

// Of the days of the check.
struct PlannedShare {
  int of = 0;           // the hour, or the group
  double visitors = 0;  // a day
  double share = 0;     // called in time
  double standard_error = 0;
};

struct PlannedKind {
  WindowCounts windows{};
  Roster roster;
};

struct Plan {
  std::vector<PlannedKind> kinds;  // as in the request
  WindowCounts windows{};          // of all kinds
  double window_hours = 0;
  double start_window_hours = 0;  // of modified offered load and Erlang C
  int staff = 0;
  Quarters booked{};  // reservations placed
  Quarters slots{};   // to offer by all windows together: whole numbers
  std::vector<PlannedShare> hours, groups;
  PlannedShare worst;     // the least share of an hour
  double all_within = 0;  // share of everybody
  bool is_met = false;    // every hour and group reaches the share on the days of the check
  int tries = 0;
};

// Slots per quarter hour that the windows have time for beside the walk-ins: floor((x s(t) 15 −
// walk-in work(t)) / (m (1 − p))), research queueing.md §4; x planned use, m mean service in
// minutes, p no-shows. `walk_ins`: expected in each quarter hour.
Quarters slots_to_offer(const WindowCounts& counts, const Quarters& walk_ins, double mean_service,
                        double no_show, double planned_use);

// Windows that modified offered load and Erlang C ask for, `share` of arrivals within the time. A
// group's load is shared out evenly to the kinds that serve it.
KindCounts offered_load_start(const PlanRequest& request);

// `tried` is called after each simulated variant. nullopt: no roster fits the start or anything
// below it, so there are too few people for one window of each group all day. Every group with
// visitors must be served by some kind.
std::optional<Plan> plan_day(const PlanRequest& request, const Workers& workers = one_after_another,
                             const std::function<void()>& tried = {});

}  // namespace matanai::queue
