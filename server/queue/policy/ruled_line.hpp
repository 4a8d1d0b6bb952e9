// A line under any rule, with the words that FlatLine has too: what a future plays on when a rule
// does not go by ready time. Pure; values; any thread.
#pragma once

#include <optional>

#include "server/queue/policy/call_policy.hpp"

namespace matanai::queue {

class RuledLine {
 public:
  explicit RuledLine(const CallPolicy& policy) : policy_(policy) {}

  std::optional<Choice> choose(Instant now, int reserved_in_row) const {
    return policy_.choose(line_, now, reserved_in_row);
  }
  bool empty() const { return line_.empty(); }
  bool has_returned() const { return line_.has_returned(); }
  std::size_t front() const { return line_.front(); }
  std::size_t id_at(std::size_t place) const { return static_cast<std::size_t>(at(place).id); }
  std::uint16_t service_at(std::size_t place) const { return at(place).service; }
  bool has_slot_at(std::size_t place) const { return at(place).has_slot(); }

  void insert(const Person& person) { line_.insert(person); }
  void call(std::size_t place) { line_.call(place); }
  void remove(std::size_t place) { line_.remove(place); }
  void return_to(const RuledLine& start) { line_ = start.line_; }

 private:
  const Person& at(std::size_t place) const { return line_.people()[place]; }
  CallPolicy policy_;
  Line line_;
};

}  // namespace matanai::queue
