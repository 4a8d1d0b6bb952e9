// An office's waiting legs as the queue engine's lines, and the way back to the legs. Values, any
// thread.
#pragma once

#include <span>
#include <vector>

#include "server/directory/directory.hpp"
#include "server/floor/types.hpp"
#include "server/queue/policy/call_policy.hpp"

namespace matanai::floor {

// The leg as the engine sees it; `service` is an index of the caller's.
queue::Person person_of(const WaitingRow& row, std::uint16_t service, Millis mean_service);

class WaitingLines {
 public:
  WaitingLines(std::span<const WaitingRow> rows, const directory::Directory& directory,
               const OfficeId& office, LocalDay day);

  // Whether a rule asks how many reservations were called in a row.
  bool counts_calls() const;

  // The leg that a window with these groups calls next, and why. nullopt: nobody for it.
  struct Next {
    std::int64_t leg = 0;
    OrderReason reason = OrderReason::ready_time;
    bool breaks_promise = false;
  };
  std::optional<Next> next_for(std::span<const GroupId> groups, Instant now,
                               int reserved_in_row) const;

  // All legs, group after group, each in the order in which they are called.
  std::vector<std::int64_t> in_order(Instant now) const;

  // The legs that are passed when this one is called.
  std::vector<std::int64_t> passed_by(const LegRow& called) const;

 private:
  std::vector<GroupId> groups_;
  std::vector<ServiceId> services_;
  std::vector<queue::Line> lines_;
  std::vector<queue::CallPolicy> policies_;
};

}  // namespace matanai::floor
