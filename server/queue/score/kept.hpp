// How often what was told came true: the estimate's hit rate of product.md §5. Pure; values; any
// thread.
#pragma once

#include <cstddef>
#include <optional>

#include "server/queue/estimate/futures.hpp"

namespace matanai::queue {

// Somebody who was told a wait and has been called; minutes from the telling.
struct ToldAndCalled {
  double low = 0, high = 0;  // as printed
  bool is_now = false;       // "soon" was printed instead
  double latest = 0;         // "at the latest"
  double wait = 0;
};

class KeptPromises {
 public:
  // Shares of fewer are not told: at 80 % a hundred are right to 8 points in 19 of 20 cases.
  static constexpr std::size_t kEnough = 100;
  static constexpr std::chrono::days kRecord{30};

  void add(const ToldAndCalled& one) {
    ++told_;
    const bool holds = one.is_now ? one.wait < static_cast<double>(kSoon.count())
                                  : one.low <= one.wait && one.wait <= one.high;
    if (holds) ++in_range_;
    if (one.wait <= one.latest) ++by_latest_;
  }

  std::size_t told() const { return told_; }
  // Called within the told range, or within kSoon when that was told. nullopt: too few.
  std::optional<double> in_range() const { return share(in_range_); }
  std::optional<double> by_latest() const { return share(by_latest_); }

 private:
  std::optional<double> share(std::size_t count) const {
    if (told_ < kEnough) return std::nullopt;
    return static_cast<double>(count) / static_cast<double>(told_);
  }
  std::size_t told_ = 0, in_range_ = 0, by_latest_ = 0;
};

}  // namespace matanai::queue
