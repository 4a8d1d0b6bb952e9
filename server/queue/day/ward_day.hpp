// The ward day of research queueing.md §1 and §4: the office on which rules, estimates and plans
// are compared. 8:30–17:15, last ticket 17:00, the hour profile of a Japanese city hall (Ofunato,
// 2024–25), three services, lognormal: certificates 60 % (5 min, cv 0.6), moving 25 % (20, 0.5), My
// Number 15 % (15, 0.4); one line. Pure; values.
#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "server/queue/day/office_day.hpp"

namespace matanai::queue {

// Everything that a day is a function of, but for seed and day.
struct DayModel {
  OfficeModel office;
  DemandModel demand;
  DayRules rules;
  std::vector<WindowModel> windows;
  Instant closing;  // from midnight; what is finished later is overtime
};

using WindowCounts = std::array<std::uint16_t, kQuarters>;  // windows open in each quarter hour

// A pool of windows that serve `groups` in this order: the k-th is open when more than k are.
std::vector<WindowModel> windows_of(const WindowCounts& counts,
                                    const std::vector<std::uint16_t>& groups, int pool = 1);
double window_hours(const WindowCounts& counts);

inline constexpr Minutes kWardOpens{8 * 60 + 30};
inline constexpr Minutes kWardLastTicket{17 * 60};
inline constexpr Minutes kWardCloses{17 * 60 + 15};

struct WardOptions {
  double visitors = 300;
  double reserved_share = 0.4;  // of the visitors; no-shows are booked on top
  bool is_shaped = true;  // 4,7,9,8,7,7,8,7,5 windows by hour from 8; false: `windows` all day
  std::uint16_t windows = 7;
  int more_windows = 0;  // added to each quarter hour
  CallRules rules;
};
WindowCounts ward_counts(const WardOptions& options);
DayModel ward_day(const WardOptions& options);

// Reservations per slot by spare capacity: what the windows can do in a slot's quarter hour less
// the expected work of walk-ins, in shares that add up to `total` (queueing.md §4). No slot where
// nothing is spare; in equal shares over all open slots when nothing is spare anywhere.
Quarters book_spare_capacity(const WindowCounts& counts, const Quarters& walk_ins,
                             double mean_service, double total);

}  // namespace matanai::queue
