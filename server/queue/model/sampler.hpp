// Draws durations in whole ticks, a few nanoseconds each: exponential and normal numbers by the
// ziggurat method of Marsaglia and Tsang, Journal of Statistical Software 5(8), 2000, with 256
// layers and 53-bit numbers whose layer is chosen by other bits (Doornik 2005). Any thread.
#pragma once

#include <array>
#include <cmath>
#include <cstdint>

#include "server/queue/model/random.hpp"

namespace matanai::queue {

enum class Law {
  exponential,
  deterministic,
  hyperexponential,  // two phases, balanced means
  lognormal,
};

struct Distribution {
  Law law = Law::exponential;
  double mean = 1;  // > 0
  double scv = 1;   // squared coefficient of variation, of the last two: ≥ 1, > 0
};

// Layers of equal area under a falling density, the lowest with the tail.
struct Ziggurat {
  std::array<double, 257> x;        // right ends of the layers
  std::array<double, 257> density;  // at them
  static const Ziggurat& exponential();
  static const Ziggurat& normal();  // the right half
};

class Sampler {
 public:
  Sampler() : Sampler(Distribution{}, 1) {}
  Sampler(const Distribution& distribution, double ticks_per_unit);

  std::int64_t draw(Stream& stream) const {
    switch (law_) {
      case Law::exponential:
        return ticks(exponential(stream) * scale_);
      case Law::deterministic:
        break;
      case Law::hyperexponential: {
        const bool is_fast = stream.uniform() < share_;
        return ticks(exponential(stream) * (is_fast ? scale_ : other_scale_));
      }
      case Law::lognormal:
        return ticks(scale_ * std::exp(sigma_ * normal(stream)));
    }
    return ticks(scale_);
  }

 private:
  static std::int64_t ticks(double value) { return static_cast<std::int64_t>(value + 0.5); }

  double exponential(Stream& stream) const {
    const Ziggurat& z = *ziggurat_;
    for (double start = 0;;) {
      const std::uint64_t bits = stream.bits();
      const std::size_t layer = bits & 255;
      const double x = static_cast<double>(bits >> 11) * 0x1.0p-53 * z.x[layer];
      if (x < z.x[layer + 1]) return start + x;
      if (layer == 0) {
        start += z.x[1];  // the tail of an exponential is exponential again
      } else if (is_below_density(z, layer, stream.uniform(), std::exp(-x))) {
        return start + x;
      }
    }
  }
  double normal(Stream& stream) const;
  static bool is_below_density(const Ziggurat& z, std::size_t layer, double u, double density) {
    return z.density[layer] + u * (z.density[layer + 1] - z.density[layer]) < density;
  }

  Law law_;
  double scale_;            // ticks of the mean, of the fast phase's mean, of the median
  double other_scale_ = 0;  // of the slow phase's mean
  double share_ = 1;        // of the fast phase
  double sigma_ = 0;
  const Ziggurat* ziggurat_;
};

}  // namespace matanai::queue
