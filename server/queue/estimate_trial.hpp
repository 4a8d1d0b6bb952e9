// The estimate tried on simulated days, where the best possible is known: research queueing.md §1.
// Everybody without a reservation who must wait is told an estimate on arrival, by the office's
// futures with known and with learned service times, by very many futures (the physical limit), and
// by the usual formulas. Pure; one thread.
#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <string_view>

#include "server/queue/accuracy.hpp"
#include "server/queue/conformal.hpp"
#include "server/queue/ward_day.hpp"

namespace matanai::queue {

struct TrialOptions {
  int days = 10;
  int learned_days = 20;       // of record before the first tested day
  double prior_factor = 1.25;  // the seed's handling times against the true ones
  int limit_futures = 3000;
  std::uint64_t seed = 1;
};

struct TrialResult {
  Score score;                          // ours (known parameters), learned, limit, product, les
  std::array<AccuracySum, 24> by_hour;  // ours, by the hour of arrival
  std::array<AccuracySum, kBuckets> by_ahead;       // ours, by people ahead
  const Accuracy& of(std::string_view name) const;  // throws std::out_of_range
};

// `told_day(d)` is called after each tested day, for a progress bar.
TrialResult try_estimates(const DayModel& model, const TrialOptions& options,
                          const std::function<void(int)>& told_day = {});

// The three wards of research queueing.md §1: first come, first served, no reservations.
struct TrialWard {
  const char* name;
  double visitors;
  std::uint16_t windows;
};
inline constexpr TrialWard kTrialWards[] = {{"7 windows, 300 a day", 300, 7},
                                            {"3 windows, 120 a day", 120, 3},
                                            {"7 windows, 360 a day", 360, 7}};
DayModel trial_day(const TrialWard& ward);

}  // namespace matanai::queue
