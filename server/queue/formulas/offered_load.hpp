// Staffing when arrivals change over the day: how many windows would be busy if there were always
// enough. Jennings, Mandelbaum, Massey and Whitt, "Server staffing to meet time-varying demand",
// Management Science 42(10), 1996. Times in minutes. Pure; any thread.
#pragma once

#include <span>

#include "server/queue/model/service_time.hpp"

namespace matanai::queue {

// E[min(S, x)] = ∫₀ˣ P(S > u) du of a lognormal service, x ≥ 0: exact, by the partial moments of
// the lognormal distribution.
double mean_up_to(const ServiceTime& service, double x);

// Modified offered load R(t) = ∫ λ(t − u) P(S > u) du, exact for arrival rates (per minute) that
// are constant over pieces of `piece` minutes, the first from 0 on, none before and after. Of
// several services: the sum.
double offered_load(std::span<const double> rates, double piece, const ServiceTime& service,
                    double t);

}  // namespace matanai::queue
