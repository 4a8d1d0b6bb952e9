// Values to be met: exact ones computed independently, and the benchmark of delay estimators by
// simulation. Mean service 1. Data only.
#pragma once

#include <array>
#include <string>
#include <vector>

#include "server/queue/formulas/delay.hpp"

namespace matanai::twin::published {

struct ErlangCRow {
  int windows;
  double utilisation;
  double delay;  // P(W > 0)
  double wait;
  std::string name() const;
};
inline constexpr std::array kErlangC = std::to_array<ErlangCRow>({
    {1, .9, .9, 9},
    {2, .8, .711111, 1.777778},
    {2, .9, .852632, 4.263158},
    {3, .8, .647191, 1.078652},
    {3, .9, .817061, 2.723537},
    {4, .8, .596432, .745541},
    {5, .8, .554113, .554113},
    {5, .9, .762493, 1.524986},
    {10, .8, .409180, .204590},
    {10, .9, .668732, .668732},
    {20, .9, .550769, .275385},
    {50, .95, .629095, .251638},
    {100, .95, .506457, .101291},
});

struct HalfinWhittRow {
  double delay;
  double beta;
};
inline constexpr std::array kHalfinWhitt = std::to_array<HalfinWhittRow>({
    {.8, .1728},
    {.5, .5061},
    {.3, .8289},
    {.2, 1.0615},
    {.1, 1.4202},
    {.05, 1.7398},
    {.02, 2.1167},
    {.01, 2.3749},
});

struct ErlangARow {
  int windows;
  double arrivals;
  double patience_rate;
  double delay;
  double abandon;
  double wait;
  std::string name() const;
};
inline constexpr std::array kErlangA = std::to_array<ErlangARow>({
    {3, 3, .1, .79259, .10981, 1.09806},
    {10, 10, .5, .61966, .10391, .20783},
    {50, 50, 1, .51881, .05633, .05633},
    {100, 100, 1, .51330, .03986, .03986},
    {100, 140, 1, .99984, .28572, .28572},
});

// Non-preemptive priority: utilisation by the first class and by both.
struct PriorityRow {
  int windows;
  double first;
  double all;
  double first_wait;
  double second_wait;
  std::string name() const;
};
inline constexpr std::array kPriority = std::to_array<PriorityRow>({
    {1, .3, .8, 1.14286, 5.71429},
    {3, .3, .9, .38908, 3.89077},
    {5, .4, .9, .25416, 2.54164},
});

struct AccumulatingRow {
  int windows;
  double low;  // utilisation
  double high;
  double low_to_high;
  double high_wait;
  double low_wait;
  std::string name() const;
};
inline constexpr std::array kAccumulating = std::to_array<AccumulatingRow>({
    {1, .5, .3, .5, 2.82353, 4.70588},
    {3, .5, .4, .5, 1.87243, 3.40442},
    {3, .5, .4, .25, 1.26450, 3.89077},
    {3, .5, .4, 0, .45392, 4.53923},
});

// Appointment sessions at one window: how many are booked, and by which rule.
enum class SessionRule { one_per_slot, bailey_welch, pairs, all_at_once };
struct SessionRow {
  int visitors;
  SessionRule rule;
  double wait;
  double end;
  std::string name() const;
  std::vector<int> booked() const;  // at each slot, one mean service long
};
inline constexpr std::array kSessions = std::to_array<SessionRow>({
    {10, SessionRule::one_per_slot, 1.0595, 11.8144},
    {10, SessionRule::bailey_welch, 1.3712, 11.0408},
    {10, SessionRule::pairs, 1.3518, 11.5325},
    {20, SessionRule::one_per_slot, 1.7430, 22.8718},
    {20, SessionRule::bailey_welch, 1.9898, 22.0284},
    {10, SessionRule::all_at_once, 4.5, 10},
});

// GI/M/s: exact values, and mean squared errors over QL's, from simulation (±1…6 %).
struct DelayRow {
  queue::Arrivals arrivals;
  double utilisation;
  double omega;
  double mean_wait;  // given that there is one; s = 100, like the next
  double ql_mse;
  double les;  // LES/QL, the same for every s
  double hol;
  double refined_hol;
  double rcs_100;  // RCS/QL, s = 100
  double rcs_10;
  double ni;  // NI/QL, exact
  std::string name() const;
};
inline constexpr std::array kDelayTable = std::to_array<DelayRow>({
    {queue::Arrivals::poisson, .98, .98, .5, 5e-3, 2.04, 2.00, 1.96, 2.50, 2.17, 50},
    {queue::Arrivals::poisson, .95, .95, .2, 2e-3, 2.10, 2.01, 1.91, 3.15, 2.43, 20},
    {queue::Arrivals::poisson, .90, .9, .1, 1e-3, 2.18, 2.00, 1.81, 3.97, 2.78, 10},
    {queue::Arrivals::poisson, .85, .85, .0667, 6.667e-4, 2.25, 2.00, 1.73, 4.46, 3.06, 6.67},
    {queue::Arrivals::deterministic, .95, .90170, .1017, 1.017e-3, 1.14, 1.05, 1.09, 2.16, 1.48,
     10.2},
    {queue::Arrivals::deterministic, .90, .80690, .0518, 5.179e-4, 1.28, 1.11, 1.16, 2.98, 1.88,
     5.18},
    {queue::Arrivals::bursty, .95, .97936, .4845, 4.845e-3, 4.64, 4.54, 4.49, 5.68, 4.93, 48.5},
    {queue::Arrivals::bursty, .90, .95728, .2341, 2.341e-3, 4.37, 4.19, 4.09, 6.25, 4.95, 23.4},
});

// Mean squared errors in M/M/s+M, of those served after a wait, by simulation.
struct PatienceRow {
  int windows;
  double arrivals;
  double patience_rate;
  double ql;
  double qlm;
  double les;
  std::string name() const;
};
inline constexpr std::array kPatience = std::to_array<PatienceRow>({
    {100, 140, 1, .00868, .00278, .00568},
    {10, 10, .5, .03754, .03037, .07141},
    {3, 3, .1, .5096, .4286, .9959},
});

}  // namespace matanai::twin::published
