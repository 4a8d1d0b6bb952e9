// How many people to expect, and how sure that is: days differ by a Gamma factor around their
// forecast, people then come at random, so that their number is negative binomial (Jongbloed and
// Koole, "Managing uncertainty in call centres using Poisson mixtures", 2001). Pure.
#pragma once

#include "server/queue/day/arrivals.hpp"

namespace matanai::queue {

struct PeopleRange {
  double mean = 0;
  int low = 0;  // in `share` of such days from low to high come, and as many below as above
  int high = 0;
};
// `mean` ≥ 0 expected, day factor with the coefficient of variation `day_cv` ≥ 0.
PeopleRange people_range(double mean, double day_cv, double share = 0.8);

// Of a day of this kind, by quarter hour.
struct ExpectedArrivals {
  Quarters walk_ins{};
  Quarters reserved{};  // by slot; those who come
};
ExpectedArrivals expected_arrivals(const DemandModel& demand, const DayKind& kind);

}  // namespace matanai::queue
