// Estimates combined into a better one by an office's own record: ln(wait + 1) as a weighted sum of
// ln(estimate + 1), fitted with the least absolute error (research queueing.md §2: 11.9 minutes
// where the usual formula has 50). Pure; values; any thread.
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <vector>

namespace matanai::queue {

class LogLinear {
 public:
  // `estimates`: `width` per case, ≥ 0, row by row; `waits`: one per case, ≥ 0. Iteratively
  // reweighted least squares (Schlossmacher, JASA 68, 1973) with a small ridge: weights are always
  // finite, also with columns that depend on each other.
  static LogLinear fit(std::span<const double> estimates, std::size_t width,
                       std::span<const double> waits);
  // `estimates` as in a row; never below 0.
  double at(std::span<const double> estimates) const;

 private:
  std::vector<double> weights_;  // constant first
};

// The office's nightly correction of the physics: what was forecast, and what happened.
struct CorrectionCase {
  int day = 0;         // any number that grows from day to day
  double physics = 0;  // median of the futures, minutes
  double wait = 0;
};

// ln(wait + 1) = c + a ln(physics + 1), a > 0: whom the physics calls later is told no earlier, and
// somebody who is told twice is told by the same curve. The last wait, the hour's mean and the
// people ahead as further inputs lower the error of simulated offices by less than 1 %, and would
// move what one person is told from look to look.
class Correction {
 public:
  // Two numbers are fitted and tried on a fifth of the cases: on 40 of them the mean error is known
  // to a tenth of itself. People of one day share its luck, so a week's days at least.
  static constexpr std::size_t kEnough = 200;
  static constexpr int kEnoughDays = 5;
  // What it must bring on days that it has not seen: less is noise.
  static constexpr double kGain = 0.02;

  Correction() = default;  // the identity
  // `cases` by day. The identity with too few of them, and unless a fit on all but the latest days,
  // which have a fifth of the cases, has at least kGain less absolute error on those.
  static Correction fit(std::span<const CorrectionCase> cases);
  bool is_identity() const { return !curve_; }
  // Corrected minutes, between half and twice the physics; grows with it.
  double at(double physics) const;

 private:
  std::optional<LogLinear> curve_;
};

}  // namespace matanai::queue
