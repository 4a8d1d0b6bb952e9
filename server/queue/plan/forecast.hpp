// How many people will come: an office's own record of arrivals turned into hour profile × weekday
// × month × recent level, and the spread of days around it. Pure; values.
#pragma once

#include <span>
#include <vector>

#include "server/queue/day/arrivals.hpp"

namespace matanai::queue {

struct ArrivalDay {
  DayKind kind;
  Quarters people{};
};

struct ArrivalFit {
  double level = 0;    // a day of factor 1, now
  Quarters profile{};  // shares, together 1
  std::array<double, 7> weekday = DemandModel::ones<7>();
  std::array<double, 12> month = DemandModel::ones<12>();
  double day_cv = 0;  // of the Gamma day factor
};

// `days` oldest first. Factors are shrunk towards 1 as if one (weekdays) or ten (months) average
// days had been seen besides; months count when at least two are in the record. The level weighs
// days by 0.5^(age / 20 days). Overdispersion by moments: Var(n/e) = cv² + mean(1/e), n people on a
// day on which e were expected, each factor fitted taking a degree of freedom (Jongbloed and Koole
// 2001). Nothing when nobody ever came.
ArrivalFit fit_arrivals(std::span<const ArrivalDay> days);

}  // namespace matanai::queue
