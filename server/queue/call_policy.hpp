// Who is called next: the order of those who are here, with the reason of each place. Policies are
// pure and share one interface, so the floor, the estimate and the twin run the same rule. No I/O,
// no clock; any thread.
#pragma once

#include <memory>
#include <span>
#include <string>
#include <vector>

#include "schema/types/ids.hpp"
#include "schema/types/messages_floor.hpp"
#include "schema/types/time.hpp"

namespace matanai::queue {

// One person who is here and waits.
struct Candidate {
  std::int64_t leg = 0;
  GroupId group;
  ServiceId service;
  Instant ready_at;  // ready_time() below, kept when put back
  OrderReason order_reason = OrderReason::ready_time;
  int passed = 0;  // by how many of its service that became ready later
};

// max(arrival, slot − slot_lead), minus the head start of a priority (product.md §3).
struct Readiness {
  Instant ready_at;
  OrderReason reason = OrderReason::ready_time;
};
struct HeadStarts {
  Minutes slot_lead{5};
  Minutes priority_lead{10};
};
Readiness ready_time(Instant arrival, std::optional<Instant> slot, bool has_priority,
                     const HeadStarts& head_starts);

class CallPolicy {
 public:
  virtual ~CallPolicy() = default;
  // Indexes into `waiting`, first to be called first. Deterministic: ties by leg.
  virtual std::vector<std::size_t> order(std::span<const Candidate> waiting, Instant now) const = 0;
};

// Returned people first, then by ready time.
std::unique_ptr<CallPolicy> make_ready_time_policy();

// The first of the policy's order that the window serves: its groups in their order of preference,
// so a second group is served when nobody waits in the first; returned people of any of its groups
// go before. nullopt: nobody for it.
std::optional<std::size_t> next_for_window(const CallPolicy& policy,
                                           std::span<const Candidate> waiting,
                                           std::span<const GroupId> groups, Instant now);

}  // namespace matanai::queue
