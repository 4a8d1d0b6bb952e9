// An office's model from its own record. Pure; values.
#pragma once

#include <optional>
#include <span>
#include <vector>

#include "server/queue/day/ward_day.hpp"

namespace matanai::queue {

// What the event log says of one day; times from midnight. A visit's `left` is not known (a call
// that nobody answered has no `started`), `priority_head_start` of its reason is.
struct RecordedDay {
  DayKind kind;
  std::vector<Visit> visits;         // by arrival
  std::vector<WindowModel> windows;  // as they really were open
  std::optional<int> no_shows;       // reservations nobody came to; none: no longer known
};

// `office` gives groups, policies and services with the handling times believed so far, which
// count as much as 5 services seen; the rest is fitted from `days`, oldest first:
// arrivals (forecast), mix, reservations per slot, no-shows (of the days on which they are known;
// the share assumed before when there are none), punctuality (median, and half the
// distance of the 16 % and 84 % quantiles), service times (lognormal by the moments of their
// logarithms), way, priority, patience (exponential, from who was gone when called), transfers, and
// windows per quarter hour (mean of the latest 20 days), one pool for each list of groups served.
DayModel calibrate(const OfficeModel& office, std::span<const RecordedDay> days);

}  // namespace matanai::queue
