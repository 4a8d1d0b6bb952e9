// An office's waiting legs as the queue engine's lines, and the way back to the legs. Values, any
// thread.
#pragma once

#include <span>
#include <vector>

#include "server/floor/types.hpp"
#include "server/queue/call_policy.hpp"

namespace matanai::floor {

class WaitingLines {
 public:
  WaitingLines(std::span<const WaitingRow> rows, const queue::CallPolicy& policy);

  // The leg that a window with these groups calls next, and why. nullopt: nobody for it.
  struct Next {
    std::int64_t leg = 0;
    OrderReason reason = OrderReason::ready_time;
  };
  std::optional<Next> next_for(std::span<const GroupId> groups, Instant now) const;

  // All legs, group after group, each in the order in which they are called.
  std::vector<std::int64_t> in_order(Instant now) const;

  // The legs that are passed when this one is called.
  std::vector<std::int64_t> passed_by(const LegRow& called) const;

 private:
  std::uint16_t index_of_service(const std::string& service);
  queue::Line& line_of(const GroupId& group);

  std::vector<GroupId> groups_;
  std::vector<std::string> services_;
  std::vector<queue::Line> lines_;
  std::vector<queue::CallPolicy> policies_;
};

}  // namespace matanai::floor
