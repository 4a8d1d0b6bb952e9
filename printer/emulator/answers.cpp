#include "printer/emulator/answers.hpp"

#include <algorithm>

namespace matanai::printer::emulator {
namespace {

constexpr Micros kApart = std::chrono::milliseconds(1);
constexpr std::uint8_t kXon = 0x11, kXoff = 0x13, kGarble = 0x5A;

}  // namespace

void Answers::put(std::uint8_t byte, Micros now, const Faults& faults) {
  auto due = now + (faults.late ? Micros(late_) : Micros(0));
  // The order on the wire is the order of sending.
  if (!bytes_.empty()) due = std::max(due, bytes_.back().due + (faults.split ? kApart : Micros(0)));
  const int value = faults.wrong_baud ? byte ^ kGarble : byte;
  bytes_.push_back({due, static_cast<std::uint8_t>(value)});
}

void Answers::put_damaged(std::uint8_t byte, Micros now, const Faults& faults) {
  if (to_damage_ == 0) return put(byte, now, faults);
  --to_damage_;
  if (damage_ == Damage::drop) return;
  const auto bit = static_cast<std::uint8_t>(1U << random_() % 8);
  if (damage_ == Damage::flip) return put(byte ^ bit, now, faults);
  put(static_cast<std::uint8_t>(random_() % 256), now, faults);
  put(byte, now, faults);
}

void Answers::add(std::span<const std::uint8_t> bytes, Micros now, const Faults& faults,
                  bool is_confirmation) {
  if (faults.silent || faults.half_open || faults.powered_off) return;
  if (is_confirmation && to_lose_ > 0) {
    --to_lose_;
    return;
  }
  // Line noise begins no answer of any family: its high bits are 1110 or 1111.
  if (faults.noise) {
    for (auto count = 1 + random_() % 4; count > 0; --count)
      put(static_cast<std::uint8_t>(0xE0 | random_() % 32), now, faults);
  }
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    if (faults.xon_xoff && i > 0) put(i % 2 == 1 ? kXoff : kXon, now, faults);
    put_damaged(bytes[i], now, faults);
  }
}

std::vector<std::uint8_t> Answers::take(Micros now) {
  std::vector<std::uint8_t> out;
  while (!bytes_.empty() && bytes_.front().due <= now) {
    out.push_back(bytes_.front().value);
    bytes_.pop_front();
  }
  return out;
}

std::optional<Micros> Answers::next() const {
  if (bytes_.empty()) return std::nullopt;
  return bytes_.front().due;
}

}  // namespace matanai::printer::emulator
