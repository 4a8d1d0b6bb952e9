#include "server/queue/station/kernel.hpp"

#include <algorithm>
#include <limits>
#include <vector>

namespace matanai::queue {

void fcfs_waits(std::span<const std::int64_t> arrivals, std::span<const std::int64_t> services,
                int windows, std::span<std::int64_t> waits) {
  if (arrivals.empty()) return;
  // When each window is free, the smallest on top; a last one that is never free lets every parent
  // have two children.
  const auto count = static_cast<std::size_t>(windows);
  std::vector<std::int64_t> heap(count + 1, arrivals.front());
  heap[count] = std::numeric_limits<std::int64_t>::max();
  std::int64_t* const free_at = heap.data();
  for (std::size_t i = 0; i < arrivals.size(); ++i) {
    const std::int64_t start = std::max(arrivals[i], free_at[0]);
    const std::int64_t end = start + services[i];
    waits[i] = start - arrivals[i];
    std::size_t hole = 0;
    for (std::size_t child = 1; child < count; child = 2 * hole + 1) {
      child += free_at[child + 1] < free_at[child] ? 1 : 0;
      if (free_at[child] >= end) break;
      free_at[hole] = free_at[child];
      hole = child;
    }
    free_at[hole] = end;
  }
}

}  // namespace matanai::queue
