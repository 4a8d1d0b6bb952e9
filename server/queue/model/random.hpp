// Random numbers as a function of what they are for: the same (seed, day, subject, purpose) gives
// the same numbers on every machine, in any order and on any number of threads, so two policies can
// meet the same day (common random numbers). Not for secrets. Any thread; each Stream its own.
#pragma once

#include <cstdint>

namespace matanai::queue {

enum class Purpose : std::uint32_t {
  day_factor,
  arrival,
  service_type,
  service_time,
  slot,
  no_show,
  punctuality,
  patience,
  way,
  transfer,
  priority,
  future,
  search,
};

// A sequence whose n-th value depends on its key and n alone: SplitMix64, Steele, Lea and Flood,
// "Fast splittable pseudorandom number generators", OOPSLA 2014.
class Stream {
 public:
  explicit Stream(std::uint64_t key) : state_(key) {}

  std::uint64_t bits() {
    state_ += kStep;
    return mix(state_);
  }
  // In (0, 1), never 0 or 1: the middle of one of 2^53 equal cells.
  double uniform() { return to_unit(bits()); }
  // What uniform() would give after `n` other values, without drawing those.
  double uniform_after(std::uint64_t n) const { return to_unit(bits_after(n)); }
  std::uint64_t bits_after(std::uint64_t n) const { return mix(state_ + (n + 1) * kStep); }
  double exponential();        // mean 1
  double normal();             // mean 0, standard deviation 1
  double gamma(double shape);  // mean = shape, scale 1; shape > 0
  int poisson(double mean);    // mean in 0…1e6

  static std::uint64_t mix(std::uint64_t z) {
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9ULL;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBULL;
    return z ^ (z >> 31);
  }

 private:
  static constexpr std::uint64_t kStep = 0x9E3779B97F4A7C15ULL;
  static double to_unit(std::uint64_t bits) {
    return (static_cast<double>(bits >> 11) + 0.5) * 0x1.0p-53;
  }
  std::uint64_t state_;
};

inline Stream stream(std::uint64_t seed, std::uint64_t day, std::uint64_t subject,
                     Purpose purpose) {
  std::uint64_t key = Stream::mix(seed + 0x9E3779B97F4A7C15ULL);
  key = Stream::mix(key ^ (day + 0xD1B54A32D192ED03ULL));
  key = Stream::mix(key ^ (subject + 0x8CB92BA72F3D8DD7ULL));
  return Stream(Stream::mix(key ^ static_cast<std::uint64_t>(purpose)));
}

// Quantile of the standard normal distribution, 0 < p < 1, relative error < 1e-15: algorithm AS 241
// (PPND16), Wichura, Applied Statistics 37(3), 1988.
double normal_quantile(double p);
// P(Z ≤ z) of the standard normal distribution.
double normal_cdf(double z);

}  // namespace matanai::queue
