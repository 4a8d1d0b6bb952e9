// First come first served in one pass over arrays: the recursion of Kiefer and Wolfowitz, "On the
// theory of queues with many servers", Transactions of the AMS 78, 1955, with the windows' times in
// a heap. The fastest way to waits when nothing but the order of arrival matters. Pure; any thread.
#pragma once

#include <cstdint>
#include <span>

namespace matanai::queue {

// Waits of customers who arrive at `arrivals` (not falling) and take `services` (≥ 0) at the first
// of `windows` ≥ 1 that is free; all windows are free from the start. Three spans of one length.
// Integers of any unit; sums stay below 2^63.
void fcfs_waits(std::span<const std::int64_t> arrivals, std::span<const std::int64_t> services,
                int windows, std::span<std::int64_t> waits);

}  // namespace matanai::queue
