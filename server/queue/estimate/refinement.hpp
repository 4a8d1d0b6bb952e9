// What an office's own record makes of the physics (futures.hpp): the quantiles corrected where
// they were wrong for weeks, in a range widened or narrowed until it holds as often as it says.
// Conformalized quantile regression, Romano, Patterson and Candès, NeurIPS 2019, on ratios of wait
// to quantile, each end steered online (conformal.hpp). All of its state follows from the record.
// Pure; values; one thread at a time.
#pragma once

#include <array>
#include <optional>
#include <span>
#include <string_view>

#include "server/queue/estimate/conformal.hpp"
#include "server/queue/estimate/correction.hpp"
#include "server/queue/estimate/futures.hpp"
#include "server/queue/estimate/promise.hpp"

namespace matanai::queue {

// How a wait is learned from: what comes of the line, of a slot, and of "now" err differently.
enum class WaitKind { in_line, with_slot, soon };
WaitKind kind_of(bool is_soon, bool has_slot);

// Somebody who was told a wait and has been called. Minutes.
struct RecordedWait {
  int day = 0;  // any number that grows from day to day
  WaitKind kind = WaitKind::in_line;
  double q10 = 0, q50 = 0, q90 = 0;  // of the physics, as told by this version of it
  std::optional<Range> steered;      // the range told, when it was one of ours and not the physics'
  double wait = 0;
};

struct RefinedWait {
  WaitForecast wait;
  std::string_view model;  // who says so: kPhysicsModel, and what was added to it
};

// The version of the physics, to be raised when its forecasts change: cases that another version
// told teach nothing about this one.
inline constexpr std::string_view kPhysicsModel = "futures-2";
inline constexpr std::string_view kRangedModel = "futures-2+range-1";
inline constexpr std::string_view kCorrectedModel = "futures-2+fit-1+range-1";

class Refinement {
 public:
  static constexpr std::chrono::days kRecord{28};  // so much of the record is worth being asked
  // Cases of a kind before its range is ours: the end of one in ten then stands on ten of them.
  static constexpr std::size_t kEnough = 100;

  Refinement() = default;  // the physics alone
  // `record`: of earlier days; by day, within it by call.
  explicit Refinement(std::span<const RecordedWait> record);

  // Today's record so far, by call; each time the whole of it.
  void see_today(std::span<const RecordedWait> today);

  // What to tell. Somebody whom the physics calls later is told no earlier, ends of the range
  // included. "Now" stays what the physics says while that has been true often enough; otherwise it
  // becomes a range.
  RefinedWait refine(const WaitForecast& physics, bool has_slot) const;

  bool is_corrected() const { return !correction_.is_identity(); }

 private:
  struct Known {
    Ratios low, high;      // of the waits to corrected q10 and q90
    std::size_t soon = 0;  // of them called within kSoon
  };
  struct Steering {
    SteeredMiss below{kMiss / 2}, above{kMiss / 2};
  };
  using Steerings = std::array<Steering, 3>;
  static void steer(Steerings& steerings, std::span<const RecordedWait> calls);
  double corrected(double minutes, WaitKind kind) const;
  Range range(const WaitForecast& physics, WaitKind kind) const;

  Correction correction_;        // of those in line
  std::array<Known, 3> known_;   // by kind, from earlier days
  Steerings night_, steerings_;  // by kind, without and with today's calls
};

}  // namespace matanai::queue
