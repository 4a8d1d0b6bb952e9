// Values by rank, for a few of the ranks of some hundred numbers: one pass of a bucket sort (Isaac
// and Singleton, "Sorting by address calculation", J. ACM 3(3), 1956), whose steps do not depend on
// how the numbers lie, and then a look into one bucket. Keeps its memory; one thread.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <span>
#include <vector>

namespace matanai::queue {

class Ranks {
 public:
  static constexpr std::int32_t kNone = std::numeric_limits<std::int32_t>::max();

  // Takes the values in; none is negative. kNone may be among them, after all others.
  void sort(std::span<const std::int32_t> values);
  // The value with `rank` smaller or equal ones before it; rank is below their number.
  std::int32_t at(std::size_t rank);

 private:
  static constexpr std::size_t kBuckets = 256;
  std::vector<std::int32_t> by_bucket_;
  std::array<std::uint32_t, kBuckets + 1> begins_{};  // of each bucket, and the end
};

}  // namespace matanai::queue
