#include "server/queue/call_policy.hpp"

#include <algorithm>
#include <numeric>
#include <tuple>

namespace matanai::queue {
namespace {

bool is_returned(const Candidate& candidate) {
  return candidate.order_reason == OrderReason::returned;
}

class ReadyTimePolicy final : public CallPolicy {
 public:
  std::vector<std::size_t> order(std::span<const Candidate> waiting, Instant) const override {
    std::vector<std::size_t> indexes(waiting.size());
    std::iota(indexes.begin(), indexes.end(), std::size_t{0});
    std::ranges::sort(indexes, {}, [&](std::size_t i) {
      const auto& candidate = waiting[i];
      return std::tuple(!is_returned(candidate), candidate.ready_at, candidate.leg);
    });
    return indexes;
  }
};

}  // namespace

Readiness ready_time(Instant arrival, std::optional<Instant> slot, bool has_priority,
                     const HeadStarts& head_starts) {
  Readiness readiness{arrival, OrderReason::ready_time};
  if (slot) {
    readiness.ready_at = std::max<Instant>(arrival, *slot - head_starts.slot_lead);
    readiness.reason = OrderReason::reservation_head_start;
  }
  if (has_priority) {
    readiness.ready_at -= head_starts.priority_lead;
    readiness.reason = OrderReason::priority_head_start;
  }
  return readiness;
}

std::unique_ptr<CallPolicy> make_ready_time_policy() { return std::make_unique<ReadyTimePolicy>(); }

std::optional<std::size_t> next_for_window(const CallPolicy& policy,
                                           std::span<const Candidate> waiting,
                                           std::span<const GroupId> groups, Instant now) {
  std::optional<std::size_t> best;
  std::size_t best_rank = groups.size();
  for (const std::size_t index : policy.order(waiting, now)) {
    const auto found = std::ranges::find(groups, waiting[index].group);
    if (found == groups.end()) continue;
    if (is_returned(waiting[index])) return index;
    const auto rank = static_cast<std::size_t>(found - groups.begin());
    if (rank < best_rank) {
      best = index;
      best_rank = rank;
    }
  }
  return best;
}

}  // namespace matanai::queue
