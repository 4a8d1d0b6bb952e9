#include "server/queue/model/sampler.hpp"

#include "server/queue/formulas/delay.hpp"

namespace matanai::queue {
namespace {

// `last`: where the tail begins; `area`: of each layer. From the outermost layer inwards.
template <class Density, class Inverse>
Ziggurat layers(double last, double area, Density density, Inverse inverse) {
  Ziggurat z{};
  z.x[0] = area / density(last);
  z.x[1] = last;
  for (std::size_t i = 1; i < 255; ++i) z.x[i + 1] = inverse(area / z.x[i] + density(z.x[i]));
  z.x[256] = 0;
  for (std::size_t i = 0; i <= 256; ++i) z.density[i] = density(z.x[i]);
  return z;
}

}  // namespace

const Ziggurat& Ziggurat::exponential() {
  static const Ziggurat table = layers(
      7.69711747013104972, 0.0039496598225815571993, [](double x) { return std::exp(-x); },
      [](double y) { return -std::log(y); });
  return table;
}

const Ziggurat& Ziggurat::normal() {
  static const Ziggurat table = layers(
      3.6541528853610087963519472518, 0.0049286732339746519304,
      [](double x) { return std::exp(-x * x / 2); },
      [](double y) { return std::sqrt(-2 * std::log(y)); });
  return table;
}

Sampler::Sampler(const Distribution& distribution, double ticks_per_unit)
    : law_(distribution.law),
      scale_(distribution.mean * ticks_per_unit),
      ziggurat_(law_ == Law::lognormal ? &Ziggurat::normal() : &Ziggurat::exponential()) {
  if (law_ == Law::hyperexponential) {
    share_ = balanced_share(distribution.scv);
    other_scale_ = scale_ / (2 * (1 - share_));
    scale_ = scale_ / (2 * share_);
  } else if (law_ == Law::lognormal) {
    const double variance = std::log1p(distribution.scv);
    sigma_ = std::sqrt(variance);
    scale_ *= std::exp(-variance / 2);
  }
}

double Sampler::normal(Stream& stream) const {
  const Ziggurat& z = *ziggurat_;
  for (;;) {
    const std::uint64_t bits = stream.bits();
    const std::size_t layer = bits & 255;
    const double sign = (bits & 256) != 0 ? -1 : 1;
    const double x = static_cast<double>(bits >> 11) * 0x1.0p-53 * z.x[layer];
    if (x < z.x[layer + 1]) return sign * x;
    if (layer > 0) {
      if (is_below_density(z, layer, stream.uniform(), std::exp(-x * x / 2))) return sign * x;
      continue;
    }
    // The tail: Marsaglia, "Generating a variable from the tail of the normal distribution", 1964.
    for (;;) {
      const double beyond = -std::log(stream.uniform()) / z.x[1];
      if (-2 * std::log(stream.uniform()) >= beyond * beyond) return sign * (z.x[1] + beyond);
    }
  }
}

}  // namespace matanai::queue
