// How long a service takes: lognormal, in milliseconds, and its table of quantiles, from which a
// simulation draws in a few nanoseconds. Pure; values; any thread.
#pragma once

#include <array>
#include <cstdint>

#include "schema/types/time.hpp"

namespace matanai::queue {

// Lognormal by its mean and coefficient of variation: sigma² = ln(1 + cv²), mu = ln(mean) −
// sigma²/2.
struct ServiceTime {
  double mean_minutes = 10;  // > 0
  double cv = 0.5;           // ≥ 0; 0 is a constant

  double mu() const;  // of ln(minutes)
  double sigma() const;
  static ServiceTime from_log(double mu, double sigma);
};

// 2048 quantiles at the middles of equal cells, in whole milliseconds, scaled so that their mean is
// the distribution's. Drawing is one multiplication and one look-up.
class DurationTable {
 public:
  static constexpr std::size_t kCells = 2048;
  static constexpr int kBitsBelow = 64 - 11;  // of 64 random ones, those that choose no cell

  DurationTable() = default;
  explicit DurationTable(const ServiceTime& time);

  Millis mean() const { return mean_; }
  // `u` in 0…1 (1 excluded).
  Millis at(double u) const { return Millis(cells_[static_cast<std::size_t>(u * double{kCells})]); }
  // Share of the distribution at or below `elapsed`; 0…(kCells − 1)/kCells, so that a rest exists.
  // The same for what Stream::uniform() makes of these bits.
  Millis at_bits(std::uint64_t bits) const { return Millis(cells_[bits >> kBitsBelow]); }
  double share_below(Millis elapsed) const;
  // The rest of a service that has already lasted `elapsed`, for a `u` as above: never negative.
  Millis rest(Millis elapsed, double share_below_elapsed, double u) const {
    const Millis whole = at(share_below_elapsed + (1 - share_below_elapsed) * u);
    return whole > elapsed ? whole - elapsed : Millis(0);
  }

 private:
  std::array<std::int32_t, kCells> cells_{};
  Millis mean_{0};
};

}  // namespace matanai::queue
