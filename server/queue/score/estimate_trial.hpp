// The estimate tried on simulated days, where the best possible is known: research queueing.md §1.
// Everybody who must wait is told an estimate on arrival: by the office's futures with known
// parameters, with all that the product learns (service times, today's pace, what the record makes
// of the physics), by the physical limit, and by the usual formulas. Pure; one thread.
//
// The limit is nested Monte Carlo: the mean wait over very many futures from the present state,
// with all parameters known. No function of what can be seen has a smaller mean squared error than
// this conditional mean, so long as the futures follow the law of the day itself. They do: the same
// call rule, services lognormal with the true moments, those in service conditional on their type
// and elapsed time (their rest is as unknown to the limit as to a clerk), reservations that come by
// the true punctuality and show rate given that they have not come yet, walk-ins at the true rate
// of the hour. `limit_spread` holds this up to what happens: were the futures of another law, the
// spread that they claim would not be the error that is met. Only two things are not in them, the
// promises of people who are still to come and the spread of ways around their mean.
#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <string_view>

#include "server/queue/day/day_share.hpp"
#include "server/queue/day/ward_day.hpp"
#include "server/queue/estimate/accuracy.hpp"
#include "server/queue/estimate/conformal.hpp"

namespace matanai::queue {

struct TrialOptions {
  int days = 10;
  int learned_days = 20;       // of record before the first tested day
  double prior_factor = 1.25;  // the seed's handling times against the true ones
  int limit_futures = 1600;
  // Of so many who must wait one is compared: the limit and the learned estimate are asked too. Who
  // wait together wait alike, so more of them say little more.
  int every = 1;
  std::uint64_t seed = 1;
};

// How often the 80 % range held: of all, and of the parts that each have to hold on their own.
// Whoever is certain to be called at one moment (the doors open and there are windows for all) is
// not among them: their range has no width and always holds.
struct Coverage {
  DayShare all;
  std::array<DayShare, 24> by_hour;         // of arrival
  std::array<DayShare, kBuckets> by_ahead;  // people ahead
  std::array<DayShare, 2> by_kind;          // walk-ins, reserved
};

struct TrialResult {
  Score score;  // ours (known parameters), learned, limit, product, les: on the same cases
  Coverage ours, learned;
  Accuracy all_of_ours;     // on everybody who had to wait
  double limit_spread = 0;  // root of the mean variance of the limit's own futures, minutes
  const Accuracy& of(std::string_view name) const;  // throws std::out_of_range
};

// Each newcomer is promised "at the latest" from `ours`, as the product does, when the rules have
// guarantees. `told_day(d)` is called after each tested day, for a progress bar.
TrialResult try_estimates(const DayModel& model, const TrialOptions& options,
                          const std::function<void(int)>& told_day = {});

// The three wards of research queueing.md §1, flat, and the ward day of its §4.
struct TrialWard {
  const char* name;
  double visitors;
  std::uint16_t windows;  // 0: as on the ward day
};
inline constexpr TrialWard kTrialWards[] = {{"7 windows, 300 a day", 300, 7},
                                            {"3 windows, 120 a day", 120, 3},
                                            {"7 windows, 360 a day", 360, 7},
                                            {"ward day, 300 a day", 300, 0}};

// Under which rule, and for whom.
struct TrialRules {
  const char* name;
  CallRules rules;
  double reserved_share;
  Millis way;  // call to start, lognormal
  double way_cv;
  bool has_lunch_break;  // flat windows: a third of them is away from 11 to 14 h
};
TrialRules bare_first_come();  // the setting of queueing.md §1
// slack with its guarantees, 40 % reserved with no-shows and punctuality, ways, breaks.
TrialRules product_default();
DayModel trial_day(const TrialWard& ward, const TrialRules& rules = bare_first_come());

}  // namespace matanai::queue
