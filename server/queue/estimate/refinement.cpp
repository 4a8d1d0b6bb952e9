#include "server/queue/estimate/refinement.hpp"

#include <algorithm>
#include <cmath>
#include <vector>

namespace matanai::queue {
namespace {

constexpr double kSoonMinutes = kSoon.count();

double minutes_of(Millis time) { return static_cast<double>(time.count()) / 60000; }
Millis millis_of(double minutes) { return Millis(std::llround(minutes * 60000)); }
std::size_t place_of(WaitKind kind) { return static_cast<std::size_t>(kind); }

}  // namespace

WaitKind kind_of(bool is_soon, bool has_slot) {
  if (is_soon) return WaitKind::soon;
  return has_slot ? WaitKind::with_slot : WaitKind::in_line;
}

Refinement::Refinement(std::span<const RecordedWait> record) {
  std::vector<CorrectionCase> cases;
  for (const auto& one : record)
    if (one.kind == WaitKind::in_line) cases.push_back({one.day, one.q50, one.wait});
  correction_ = Correction::fit(cases);
  for (const auto& one : record) {
    auto& known = known_[place_of(one.kind)];
    known.low.add(corrected(one.q10, one.kind), one.wait);
    known.high.add(corrected(one.q90, one.kind), one.wait);
    if (one.wait < kSoonMinutes) ++known.soon;
  }
  for (auto& known : known_) {
    known.low.sort();
    known.high.sort();
  }
  steer(night_, record);
  steerings_ = night_;
}

void Refinement::see_today(std::span<const RecordedWait> today) {
  steerings_ = night_;
  steer(steerings_, today);
}

void Refinement::steer(Steerings& steerings, std::span<const RecordedWait> calls) {
  for (const auto& one : calls) {
    if (!one.steered) continue;
    auto& steering = steerings[place_of(one.kind)];
    steering.below.see(one.wait < one.steered->low);
    steering.above.see(one.wait > one.steered->high);
  }
}

double Refinement::corrected(double minutes, WaitKind kind) const {
  return kind == WaitKind::in_line ? correction_.at(minutes) : minutes;
}

Range Refinement::range(const WaitForecast& physics, WaitKind kind) const {
  const auto& known = known_[place_of(kind)];
  const auto& steering = steerings_[place_of(kind)];
  const double q10 = corrected(minutes_of(*physics.q10), kind);
  const double q90 = corrected(minutes_of(*physics.q90), kind);
  return {known.low.central(q10, 2 * steering.below.now()).low,
          known.high.central(q90, 2 * steering.above.now()).high};
}

RefinedWait Refinement::refine(const WaitForecast& physics, bool has_slot) const {
  const auto kind = kind_of(is_soon(physics), has_slot);
  const auto& known = known_[place_of(kind)];
  const auto cases = known.low.size();
  if (!physics.q10 || !physics.q50 || !physics.q90 || cases < kEnough)
    return {physics, kPhysicsModel};
  const double share_soon = static_cast<double>(known.soon) / static_cast<double>(cases);
  if (kind == WaitKind::soon && share_soon > kNowShare) return {physics, kPhysicsModel};
  const double median = corrected(minutes_of(*physics.q50), kind);
  const auto ends = range(physics, kind);
  WaitForecast wait;
  wait.q10 = millis_of(std::min(ends.low, median));
  wait.q50 = millis_of(median);
  wait.q90 = millis_of(std::max(ends.high, median));
  if (physics.mean) wait.mean = millis_of(corrected(minutes_of(*physics.mean), kind));
  wait.share_soon = kind == WaitKind::soon ? share_soon : physics.share_soon;
  const bool is_corrected = kind == WaitKind::in_line && !correction_.is_identity();
  return {wait, is_corrected ? kCorrectedModel : kRangedModel};
}

}  // namespace matanai::queue
