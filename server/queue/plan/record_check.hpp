// The twin beside the record, hour by hour, on days that the model has not seen. Pure; values.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "server/queue/model/workers.hpp"
#include "server/queue/plan/calibration.hpp"

namespace matanai::queue {

// One quantile of an hour's waits, minutes. The record itself is only so sure of it: `low` to
// `high` is its 95 % range (Woodruff, JASA 47, 1952; with days as the clusters).
struct QuantileFit {
  double recorded = 0;
  double low = 0;
  double high = 0;
  double twin = 0;
  // Within 10 % or 1.5 min.
  bool is_close() const;
  // Not close, but to a value of the record's range: more days would tell.
  bool may_be_chance() const;
};

struct HourFit {
  int hour = 0;
  std::int64_t recorded = 0;  // first stops called
  QuantileFit p50;
  QuantileFit p90;
  bool is_close() const { return p50.is_close() && p90.is_close(); }
};

// How each day is simulated: with its own windows, `rounds` times.
struct CheckEffort {
  std::uint64_t rounds = 40;
  std::uint64_t seed = 1;
};

// `model` beside each of `days`; the waits by hour of arrival (of a reservation: its slot). Hours
// in which fewer than 30 came are left out: their quantiles say nothing.
std::vector<HourFit> compare_with_record(const DayModel& model, std::span<const RecordedDay> days,
                                         const CheckEffort& effort,
                                         const Workers& workers = one_after_another);

// The same over the whole record: each fifth of it (in order) beside a model fitted on the other
// four, of which the days nearest to it count most. `days` oldest first, two or more.
std::vector<HourFit> cross_check(const OfficeModel& office, std::span<const RecordedDay> days,
                                 const CheckEffort& effort,
                                 const Workers& workers = one_after_another);

}  // namespace matanai::queue
