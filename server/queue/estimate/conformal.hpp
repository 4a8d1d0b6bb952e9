// Ranges around an estimate that hold as often as they say: the ratios of wait to estimate seen so
// far, per bucket of people ahead (split conformal prediction), with the rate of misses steered
// online: Gibbs and Candès, "Adaptive conformal inference under distribution shift", NeurIPS 2021.
// Pure; values; any thread.
#pragma once

#include <array>
#include <cstddef>
#include <vector>

#include "server/queue/estimate/accuracy.hpp"

namespace matanai::queue {

inline constexpr double kMiss = 0.2;  // of an 80 % range

// Buckets of people ahead, whose waits vary differently: 0, 1, 2, 3–4, 5–7, 8–11, 12–19, 20–31,
// 32 and more.
inline constexpr std::size_t kBuckets = 9;
std::size_t bucket_of(int people_ahead);

// Ratios of wait to estimate of past cases. Waits and estimates are taken with one minute added, so
// that short waits count.
class Ratios {
 public:
  void add(double estimate, double wait);
  void sort();  // before a range is asked for
  std::size_t size() const { return ratios_.size(); }

  // Both sides miss equally often: the upper end is a promise ("at the latest" is q90).
  Range central(double estimate, double miss = kMiss) const;
  // The narrowest that holds 1 − miss of the ratios seen.
  Range narrowest(double estimate, double miss = kMiss) const;

 private:
  std::vector<double> ratios_;
};

// The share of misses to ask for, so that `target` of them come out: α ← α + γ (target − missed). γ
// is small, as waits end late and in bunches: a bad hour is many misses, but no news for tomorrow.
class SteeredMiss {
 public:
  static constexpr double kStep = 0.002;
  explicit SteeredMiss(double target = kMiss) : target_(target), miss_(target) {}
  double now() const { return miss_; }
  // Kept within a tenth of the target and three times the target, so that a long fault is soon
  // forgotten.
  void see(bool missed);

 private:
  double target_, miss_;
};

}  // namespace matanai::queue
