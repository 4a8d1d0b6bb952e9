// Who is called next, and why. One rule chooses among those who are here; two guarantees bound
// every rule (product.md §3). The floor, the estimate and the twin all ask this one class. Pure; no
// clock; any thread.
#pragma once

#include <optional>
#include <span>
#include <vector>

#include "schema/types/call_rule.hpp"
#include "server/queue/model/line.hpp"

namespace matanai::queue {

struct CallRules {
  CallRule rule = CallRule::slack;
  int max_passed = 4;            // K: guarantee (1); product.md §3
  Millis slack{270000};          // τ: a reservation is urgent so long before its promised time
  Minutes grace{5};              // a reservation's promised time is slot + grace
  Minutes credit{15};            // rule credit
  int accumulation = 3;          // rule accumulating
  int reserved_per_walk_in = 2;  // rule ratio
  Minutes reserved_weight{10};   // rule c_mu: minutes added to a reservation's wait
  bool has_guarantees = true;    // false: the bare rule, for comparisons alone
  bool calls_before_ready =
      true;  // whether somebody is called before ready_at when a window is free
};

struct Choice {
  std::size_t index = 0;  // into Line::people()
  OrderReason reason = OrderReason::ready_time;
  // Guarantee (2) could not be kept: somebody of this service is past the told time, promised
  // earlier than the one called, and held back by guarantee (1).
  bool breaks_promise = false;
};

class CallPolicy {
 public:
  explicit CallPolicy(CallRules rules = {}) : rules_(rules) {}
  const CallRules& rules() const { return rules_; }
  // Whether call_by_ready.hpp decides, so that a FlatLine will do.
  bool goes_by_ready() const {
    return rules_.rule == CallRule::slack || rules_.rule == CallRule::first_come;
  }

  // Who of this line is called now; nullopt: nobody (or, for rules that hold people back, nobody
  // yet). `reserved_in_row`: reservations called since the last walk-in, for rule ratio.
  // Returned people go first. Deterministic: ties by ready time, then id.
  std::optional<Choice> choose(const Line& line, Instant now, int reserved_in_row = 0) const;

  // Indexes into line.people(), first to be called first, as if all were called at `now`.
  std::vector<std::size_t> order(const Line& line, Instant now) const;

 private:
  template <class May>
  std::optional<std::size_t> best_by_rule(std::span<const Person> people, const May& may_go,
                                          Instant now, int reserved_in_row) const;
  std::optional<Choice> choose_among(std::span<const Person> people, Instant now,
                                     int reserved_in_row) const;
  CallRules rules_;
};

struct WindowChoice {
  std::uint16_t group = 0;  // index into the lines
  Choice choice;
};
// Who a window calls that serves `groups` in its order of preference: a second group is served when
// nobody of the first can be called; returned people of any of its groups go before. `policies`:
// one per line. nullopt: nobody for it.
std::optional<WindowChoice> next_for_window(std::span<const CallPolicy> policies,
                                            std::span<const Line> lines,
                                            std::span<const std::uint16_t> groups, Instant now,
                                            int reserved_in_row = 0);

}  // namespace matanai::queue
