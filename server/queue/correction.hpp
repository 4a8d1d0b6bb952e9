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

// The office's nightly correction of the physics: from what was told, what happened.
struct CorrectionCase {
  double physics = 0;    // median of the futures, minutes
  double last = 0;       // wait of the last person called (LES)
  double hour_mean = 0;  // of this line and hour on earlier days
  double ahead = 0;      // people
  double wait = 0;       // what happened
};

class Correction {
 public:
  static constexpr std::size_t kEnough = 200;
  // The identity with fewer than kEnough cases, and when the fit is no better than the physics on
  // the latest fifth of them, which it is not fitted on for that question.
  static Correction fit(std::span<const CorrectionCase> cases);
  bool is_identity() const { return !stack_; }
  // Corrected minutes; `now.wait` is not read. Between half and twice the physics.
  double at(const CorrectionCase& now) const;

 private:
  std::optional<LogLinear> stack_;
};

}  // namespace matanai::queue
