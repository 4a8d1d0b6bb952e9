// What the virtual printer sends back, as the wire lets it through: late, in pieces, with noise, or
// not at all. Deterministic. Not thread-safe.
#pragma once

#include <chrono>
#include <cstdint>
#include <deque>
#include <optional>
#include <random>
#include <span>
#include <vector>

#include "printer/emulator/faults.hpp"

namespace matanai::printer::emulator {

using Micros = std::chrono::microseconds;

class Answers {
 public:
  // Puts an answer on the wire; a confirmation may be one of those to be lost.
  void add(std::span<const std::uint8_t> bytes, Micros now, const Faults& faults,
           bool is_confirmation);
  void set_late(std::chrono::milliseconds late) { late_ = late; }
  void lose_confirmations(int count) { to_lose_ += count; }
  // Of the next `count` bytes each.
  enum class Damage { none, drop, flip, extra };
  void damage(Damage damage, int count) {
    damage_ = damage;
    to_damage_ = count;
  }
  // Those that have arrived by now.
  std::vector<std::uint8_t> take(Micros now);
  // When the next one arrives; nothing when none is under way.
  std::optional<Micros> next() const;
  void forget() { bytes_.clear(); }

 private:
  struct Byte {
    Micros due;
    std::uint8_t value;
  };
  void put(std::uint8_t byte, Micros now, const Faults& faults);
  void put_damaged(std::uint8_t byte, Micros now, const Faults& faults);

  std::deque<Byte> bytes_;
  std::minstd_rand random_{7};
  std::chrono::milliseconds late_{5000};
  int to_lose_ = 0;
  Damage damage_ = Damage::none;
  int to_damage_ = 0;
};

}  // namespace matanai::printer::emulator
