#include "server/queue/policy/call_policy.hpp"

#include <algorithm>
#include <numeric>

#include "server/queue/policy/call_by_ready.hpp"

namespace matanai::queue {
namespace {

constexpr std::int64_t kTier = std::int64_t{1} << 58;  // more than any key within a tier
constexpr Minutes kZmsLookAhead{2};
constexpr Minutes kCMuStart{2};  // research queueing.md §4: everybody starts with two minutes

// The smallest key goes first; among equals the first of the line (ready_at, then id).
template <class May, class Key>
std::optional<std::size_t> smallest(std::span<const Person> people, const May& may_go,
                                    const Key& key) {
  std::optional<std::size_t> best;
  std::int64_t best_key = 0;
  for (std::size_t i = 0; i < people.size(); ++i) {
    const std::int64_t k = key(people[i]);
    if ((best && k >= best_key) || !may_go(people[i])) continue;
    best = i;
    best_key = k;
  }
  return best;
}

// ZMS (research zms.md §2.2): the heads of two lists, walk-ins and appointments; priorities are 2
// with the flag and 3 without. Nobody is called when its choice is an appointment of the future.
template <class May>
std::optional<std::size_t> best_of_zms(std::span<const Person> people, const May& may_go,
                                       Instant now) {
  const auto is_flagged = [](const Person& p) {
    return p.reason == OrderReason::priority_head_start;
  };
  const auto walk_in = smallest(
      people, [&](const Person& p) { return !p.has_slot() && may_go(p); },
      [&](const Person& p) { return to_millis(p.arrival) - (is_flagged(p) ? kTier : 0); });
  const auto appointment = smallest(
      people, [&](const Person& p) { return p.has_slot() && may_go(p); },
      [](const Person& p) { return to_millis(p.slot); });
  if (!appointment) return walk_in;
  const Instant slot = people[*appointment].slot;
  if (walk_in && is_flagged(people[*walk_in]) && people[*walk_in].arrival < slot) return walk_in;
  if (walk_in && slot > now + kZmsLookAhead) return walk_in;
  if (slot > now) return std::nullopt;
  return appointment;
}

// Guarantee (1): whether somebody who was passed often enough is still before `candidate`.
bool is_held_back(std::span<const Person> people, const Person& candidate, int max_passed) {
  return std::ranges::any_of(people, [&](const Person& other) {
    return other.passed >= max_passed && is_passed_by(other, candidate);
  });
}

// Guarantee (2): who of the service is past the told time, earliest promise first, and was promised
// earlier than `chosen`; `may_be_held_back` looks at those whom (1) holds back as well.
std::optional<std::size_t> past_promise(std::span<const Person> people, const Person& chosen,
                                        Instant now, int max_passed, bool may_be_held_back) {
  std::optional<std::size_t> best;
  for (std::size_t i = 0; i < people.size(); ++i) {
    const Person& other = people[i];
    if (other.service != chosen.service || other.latest >= now || other.latest >= chosen.latest)
      continue;
    if (best && people[*best].latest <= other.latest) continue;
    if (!may_be_held_back && is_held_back(people, other, max_passed)) continue;
    best = i;
  }
  return best;
}

// The floor's line, as choose_by_ready() asks for it: by looking at everybody.
struct LookedThrough {
  static constexpr bool kTellsBrokenPromises = true;
  const Line& line;
  const CallRules& rules;

  std::span<const Person> people() const { return line.people(); }
  std::size_t front() const { return 0; }
  bool is_ready(std::size_t place, Instant now) const { return people()[place].ready_at <= now; }
  OrderReason reason_at(std::size_t place) const { return people()[place].reason; }
  bool is_held(std::size_t place) const {
    return place > 0 && line.most_passed() >= rules.max_passed &&
           is_held_back(people(), people()[place], rules.max_passed);
  }
  std::optional<std::size_t> first_slot(Instant until, bool only_free) const {
    if (line.earliest_slot() > until) return std::nullopt;
    const auto may_go = [&](const Person& p) {
      return p.slot <= until && !(only_free && is_held_back(people(), p, rules.max_passed));
    };
    return smallest(people(), may_go, [](const Person& p) { return to_millis(p.slot); });
  }
  std::optional<std::size_t> first_promise(std::size_t than, Instant now, bool only_free) const {
    if (line.earliest_latest() >= now) return std::nullopt;
    return past_promise(people(), people()[than], now, rules.max_passed, !only_free);
  }
};

}  // namespace

template <class May>
std::optional<std::size_t> CallPolicy::best_by_rule(std::span<const Person> people,
                                                    const May& may_go, Instant now,
                                                    int reserved_in_row) const {
  const auto ready = [](const Person& p) { return to_millis(p.ready_at); };
  const auto waited = [&](const Person& p) { return (now - p.ready_at).count(); };
  const auto by = [&](const auto& key) { return smallest(people, may_go, key); };
  switch (rules_.rule) {
    case CallRule::slack:
    case CallRule::first_come:
      return by(ready);  // not asked: choose_by_ready()
    case CallRule::reserved_first:
      return by(
          [&](const Person& p) { return p.has_slot() ? to_millis(p.slot) - kTier : ready(p); });
    case CallRule::credit:
      return by([&](const Person& p) {
        return p.has_slot() ? to_millis(p.slot - rules_.credit) : ready(p);
      });
    case CallRule::accumulating:
      return by(
          [&](const Person& p) { return -waited(p) * (p.has_slot() ? rules_.accumulation : 1); });
    case CallRule::ratio:
      return by([&](const Person& p) {
        const bool is_turn = p.has_slot() == (reserved_in_row < rules_.reserved_per_walk_in);
        return ready(p) + (is_turn ? 0 : kTier);
      });
    case CallRule::c_mu:
      return by([&](const Person& p) {
        const Millis weight = kCMuStart + (p.has_slot() ? rules_.reserved_weight : Minutes(0));
        return -(waited(p) + weight.count()) * 1000 /
               std::max<std::int64_t>(1, p.mean_service.count());
      });
    case CallRule::zms:
      return best_of_zms(people, may_go, now);
  }
  return std::nullopt;
}

std::optional<Choice> CallPolicy::choose_among(std::span<const Person> people, Instant now,
                                               int reserved_in_row) const {
  const auto is_ready = [&](const Person& p) {
    return rules_.calls_before_ready || p.ready_at <= now;
  };
  const auto best = best_by_rule(people, is_ready, now, reserved_in_row);
  if (!best) return std::nullopt;
  Choice choice{*best, OrderReason::rule_order};
  if (!rules_.has_guarantees) return choice;
  if (is_held_back(people, people[*best], rules_.max_passed)) {
    const auto may_go = [&](const Person& p) {
      return is_ready(p) && !is_held_back(people, p, rules_.max_passed);
    };
    const auto allowed = best_by_rule(people, may_go, now, reserved_in_row);
    if (!allowed) return std::nullopt;
    choice = {*allowed, OrderReason::passed_limit};
  }
  if (const auto told = past_promise(people, people[choice.index], now, rules_.max_passed, false))
    choice = {*told, OrderReason::promise_past};
  choice.breaks_promise =
      past_promise(people, people[choice.index], now, rules_.max_passed, true).has_value();
  return choice;
}

std::optional<Choice> CallPolicy::choose(const Line& line, Instant now, int reserved_in_row) const {
  const auto people = line.people();
  if (people.empty()) return std::nullopt;
  if (line.has_returned()) {
    const auto returned = std::ranges::find_if(people, &Person::is_returned);
    return Choice{static_cast<std::size_t>(returned - people.begin()), OrderReason::returned};
  }
  if (goes_by_ready()) return choose_by_ready(rules_, LookedThrough{line, rules_}, now);
  return choose_among(people, now, reserved_in_row);
}

std::vector<std::size_t> CallPolicy::order(const Line& line, Instant now) const {
  const auto people = line.people();
  std::vector<std::size_t> left(people.size());
  std::iota(left.begin(), left.end(), std::size_t{0});
  std::vector<std::size_t> order;
  order.reserve(left.size());
  Line rest = line;
  while (const auto choice = choose(rest, now)) {
    rest.call(choice->index);
    const auto place = left.begin() + static_cast<std::ptrdiff_t>(choice->index);
    order.push_back(*place);
    left.erase(place);
  }
  order.insert(order.end(), left.begin(), left.end());
  return order;
}

std::optional<WindowChoice> next_for_window(std::span<const CallPolicy> policies,
                                            std::span<const Line> lines,
                                            std::span<const std::uint16_t> groups, Instant now,
                                            int reserved_in_row) {
  return choose_among_groups(
      groups, [&](std::uint16_t group) { return lines[group].has_returned(); },
      [&](std::uint16_t group) {
        return policies[group].choose(lines[group], now, reserved_in_row);
      });
}

}  // namespace matanai::queue
