#include "server/queue/policy/flat_line.hpp"

#include <gtest/gtest.h>

#include <map>

#include "server/queue/model/random.hpp"
#include "server/queue/policy/call_policy.hpp"

namespace matanai::queue {
namespace {

constexpr Instant kNow{Minutes(600)};

Instant at(double minutes) { return Instant(Millis(static_cast<std::int64_t>(minutes * 60000))); }

Person random_person(Stream& random, std::int64_t id, double now) {
  Person person;
  person.id = id;
  person.arrival = at(now - 30 * random.uniform());
  person.service = static_cast<std::uint16_t>(3 * random.uniform());
  person.passed = static_cast<std::uint16_t>(4 * random.uniform());
  std::optional<Instant> slot;
  if (random.uniform() < 0.4) slot = at(now - 20 + 30 * random.uniform());
  if (slot) person.slot = *slot;
  if (random.uniform() < 0.7) person.latest = at(now - 10 + 30 * random.uniform());
  const auto ready = ready_time(person.arrival, slot, random.uniform() < 0.1, {});
  // Whole minutes, so that many are equal.
  person.ready_at = Instant(std::chrono::floor<Minutes>(ready.ready_at.time_since_epoch()));
  person.reason = ready.reason;
  if (random.uniform() < 0.05) person.reason = OrderReason::returned;
  return person;
}

// The same people, time and calls: both lines call the same person each time.
void play(const CallRules& rules, std::uint64_t game) {
  const CallPolicy policy(rules);
  Stream random = stream(1, game, 0, Purpose::search);
  Line line;
  FlatLine flat(kNow, rules);
  std::int64_t next = 0;
  for (double now = 600; now < 660; now += 1) {
    for (int i = static_cast<int>(3 * random.uniform()) + (now == 600 ? 40 : 0); i > 0; --i) {
      const Person person = random_person(random, next++, now);
      line.insert(person);
      flat.insert(person);
    }
    for (int i = static_cast<int>(4 * random.uniform()); i > 0; --i) {
      const auto slow = policy.choose(line, at(now));
      const auto quick = flat.choose(at(now));
      ASSERT_EQ(slow.has_value(), quick.has_value()) << "game " << game << " at " << now;
      if (!slow) break;
      const auto id = static_cast<std::size_t>(line.people()[slow->index].id);
      ASSERT_EQ(id, quick->index) << "game " << game << " at " << now;
      ASSERT_EQ(line.people()[slow->index].has_slot(), flat.has_slot_at(quick->index));
      if (random.uniform() < 0.1) {
        line.remove(slow->index);
        flat.remove(quick->index);
      } else {
        line.call(slow->index);
        flat.call(quick->index);
      }
    }
    ASSERT_EQ(line.empty(), flat.empty());
  }
}

TEST(FlatLine, CallsWhomTheFloorsLineCalls) {
  for (std::uint64_t game = 0; game < 200; ++game) {
    CallRules rules;
    rules.rule = game % 4 == 0 ? CallRule::first_come : CallRule::slack;
    rules.has_guarantees = game % 5 != 0;
    rules.calls_before_ready = game % 7 != 0;
    rules.max_passed = static_cast<int>(game % 5);
    play(rules, game);
    if (HasFatalFailure()) return;
  }
}

}  // namespace
}  // namespace matanai::queue
