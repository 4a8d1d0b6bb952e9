// An office's model from its own record, and the twin beside the record on other days. Pure.
#pragma once

#include <span>
#include <vector>

#include "server/queue/ward_day.hpp"
#include "server/queue/workers.hpp"

namespace matanai::queue {

// What the event log says of one day; times from midnight. A visit's `left` is not known (a call
// that nobody answered has no `started`), `priority_head_start` of its reason is.
struct RecordedDay {
  DayKind kind;
  std::vector<Visit> visits;         // by arrival
  std::vector<WindowModel> windows;  // as they really were open
  int no_shows = 0;                  // reservations nobody came to
};

// `office` gives groups, policies and services with the handling times believed so far, which
// count as much as 5 services seen; the rest is fitted from `days`, oldest first:
// arrivals (forecast), mix, reservations per slot, no-shows, punctuality (median, and half the
// distance of the 16 % and 84 % quantiles), service times (lognormal by the moments of their
// logarithms), way, priority, patience (exponential, from who was gone when called), transfers, and
// windows per quarter hour (mean of the latest 20 days), one pool for each list of groups served.
DayModel calibrate(const OfficeModel& office, std::span<const RecordedDay> days);

struct HourFit {
  int hour = 0;
  std::int64_t recorded = 0;  // first stops called
  double recorded_p50 = 0;    // minutes
  double recorded_p90 = 0;
  double twin_p50 = 0;
  double twin_p90 = 0;
  bool is_close = false;  // both within 10 % or 1.5 min
};

// The twin with the windows of each of `days`, `rounds` times a day, beside what was recorded; the
// waits by hour of arrival (of a reservation: its slot). Hours in which fewer than 30 came are left
// out: their quantiles say nothing.
std::vector<HourFit> compare_with_record(const DayModel& model, std::span<const RecordedDay> days,
                                         std::uint64_t rounds, std::uint64_t seed,
                                         const Workers& workers = one_after_another);

}  // namespace matanai::queue
