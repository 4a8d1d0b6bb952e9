// The decision of the rules that go by ready time (slack, first_come), for any kind of line: the
// floor's Line, which looks at everybody, and the forecast's FlatLine, which keeps indexes. Pure.
#pragma once

#include <algorithm>
#include <cstddef>
#include <iterator>
#include <optional>

#include "server/queue/policy/call_policy.hpp"

namespace matanai::queue {

// `line` is not empty and holds nobody who returned. It has
//   front()                              the place of the first by (ready_at, id)
//   is_ready(place, now), reason_at(place)  of its ready_at
//   first_slot(until, only_free)         of the earliest slot ≤ until, ties by place
//   is_held(place)                       guarantee (1): somebody passed often enough is before it
//   kTellsBrokenPromises                 whether Choice::breaks_promise is wanted
//   first_promise(than, now, only_free)  of the earliest promise of the service at `than`, if that
//                                        is before now and before the promise at `than`
// where `only_free` leaves out those who are held, and the look-ups are optional<std::size_t>.
// Inlined always, as are its callers in a forecast: a Choice in registers is half the price of one
// in memory.
template <class AnyLine>
[[gnu::always_inline]] inline std::optional<Choice> choose_by_ready(const CallRules& rules,
                                                                    const AnyLine& line,
                                                                    Instant now) {
  const auto pick = [&](bool only_free) -> std::optional<Choice> {
    if (rules.rule == CallRule::slack)
      if (const auto due = line.first_slot(now - rules.grace + rules.slack, only_free))
        return Choice{*due, OrderReason::reservation_due};
    // Nobody is before the first, so nobody holds it back.
    const std::size_t first = line.front();
    if (!rules.calls_before_ready && !line.is_ready(first, now)) return std::nullopt;
    return Choice{first, line.reason_at(first)};
  };
  auto choice = pick(false);
  if (!choice || !rules.has_guarantees) return choice;
  if (line.is_held(choice->index)) {
    choice = pick(true);
    if (!choice) return choice;
    choice->reason = OrderReason::passed_limit;
  }
  if (const auto told = line.first_promise(choice->index, now, true))
    choice = Choice{*told, OrderReason::promise_past};
  if constexpr (AnyLine::kTellsBrokenPromises)
    choice->breaks_promise = line.first_promise(choice->index, now, false).has_value();
  return choice;
}

// Who a window calls that serves `groups` in its order of preference; returned people of any of
// them go before. `has_returned(group)` and `choose(group)` look at one line.
template <class Groups, class HasReturned, class Choose>
[[gnu::always_inline]] inline std::optional<WindowChoice> choose_among_groups(
    const Groups& groups, const HasReturned& has_returned, const Choose& choose) {
  const auto returned = std::ranges::find_if(groups, has_returned);
  const bool has_one = returned != groups.end();
  const auto end = has_one ? std::next(returned) : groups.end();
  for (auto group = has_one ? returned : groups.begin(); group != end; ++group)
    if (const auto choice = choose(*group)) return WindowChoice{*group, *choice};
  return std::nullopt;
}

}  // namespace matanai::queue
