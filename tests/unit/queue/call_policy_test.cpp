#include "server/queue/policy/call_policy.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>

#include "server/queue/model/random.hpp"

namespace matanai::queue {
namespace {

Instant at(double minutes) { return Instant(Millis(static_cast<std::int64_t>(minutes * 60000))); }

Person walk_in(std::int64_t id, double arrival, std::uint16_t service = 0) {
  Person person;
  person.id = id;
  person.arrival = person.ready_at = at(arrival);
  person.service = service;
  person.mean_service = Minutes(10);
  return person;
}

Person reserved(std::int64_t id, double slot, double arrival, std::uint16_t service = 0) {
  Person person = walk_in(id, arrival, service);
  person.slot = at(slot);
  const auto readiness = ready_time(person.arrival, person.slot, false, {});
  person.ready_at = readiness.ready_at;
  person.reason = readiness.reason;
  return person;
}

Line line_of(const std::vector<Person>& people) {
  Line line;
  for (const auto& person : people) line.insert(person);
  return line;
}

CallPolicy policy_of(CallRule rule) {
  CallRules rules;
  rules.rule = rule;
  return CallPolicy(rules);
}

std::int64_t called(const CallPolicy& policy, const Line& line, double now) {
  const auto choice = policy.choose(line, at(now));
  return choice ? line.people()[choice->index].id : -1;
}
OrderReason reason(const CallPolicy& policy, const Line& line, double now) {
  return policy.choose(line, at(now)).value().reason;
}

TEST(ReadyTime, WalkInIsReadyOnArrival) {
  EXPECT_EQ(ready_time(at(600), {}, false, {}).ready_at, at(600));
}
TEST(ReadyTime, ReservationIsReadyFiveMinutesBeforeTheSlot) {
  EXPECT_EQ(ready_time(at(600), at(610), false, {}).ready_at, at(605));
  EXPECT_EQ(ready_time(at(600), at(610), false, {}).reason, OrderReason::reservation_head_start);
}
TEST(ReadyTime, LateReservationIsReadyOnArrival) {
  EXPECT_EQ(ready_time(at(600), at(595), false, {}).ready_at, at(600));
}
TEST(ReadyTime, PriorityIsAHeadStartOfTenMinutes) {
  EXPECT_EQ(ready_time(at(600), {}, true, {}).ready_at, at(590));
  EXPECT_EQ(ready_time(at(600), {}, true, {}).reason, OrderReason::priority_head_start);
}

TEST(CallPolicy, EarlierReadyGoesFirstAndTiesById) {
  const auto line = line_of({walk_in(3, 5), walk_in(1, 9), walk_in(2, 5)});
  EXPECT_EQ(called(policy_of(CallRule::first_come), line, 20), 2);
  EXPECT_EQ(CallPolicy().order(line, at(20)), (std::vector<std::size_t>{0, 1, 2}));
  EXPECT_EQ(line.people().back().id, 1);
}
TEST(CallPolicy, ReturnedPersonGoesBeforeAll) {
  auto back = walk_in(2, 9);
  back.reason = OrderReason::returned;
  EXPECT_EQ(called(CallPolicy(), line_of({walk_in(1, 5), back}), 20), 2);
}
TEST(CallPolicy, NobodyIsCalledFromAnEmptyLine) {
  EXPECT_FALSE(CallPolicy().choose(Line(), at(0)).has_value());
}

TEST(CallPolicySlack, ReservationWithTimeLeftWaitsItsTurn) {
  const auto line = line_of({walk_in(1, 590), reserved(2, 600, 580)});
  EXPECT_EQ(called(CallPolicy(), line, 600), 1);
}
TEST(CallPolicySlack, ReservationAboutToMissItsTimeGoesFirst) {
  const auto line = line_of({walk_in(1, 590), reserved(2, 600, 580)});
  EXPECT_EQ(called(CallPolicy(), line, 600.5), 2);  // 600 + 5 − 4.5
  EXPECT_EQ(reason(CallPolicy(), line, 600.5), OrderReason::reservation_due);
}
TEST(CallPolicySlack, AmongUrgentReservationsTheEarlierSlotGoesFirst) {
  const auto line = line_of({reserved(1, 615, 617), reserved(2, 600, 618), walk_in(3, 500, 1)});
  EXPECT_EQ(called(CallPolicy(), line, 619), 2);
}

TEST(CallPolicyRules, ReservedFirstCallsReservationsBeforeEverybody) {
  const auto line = line_of({walk_in(1, 500), reserved(2, 620, 590)});
  EXPECT_EQ(called(policy_of(CallRule::reserved_first), line, 600), 2);
}
TEST(CallPolicyRules, CreditComparesTheSlotMinusFifteenWithTheArrival) {
  const auto policy = policy_of(CallRule::credit);
  EXPECT_EQ(called(policy, line_of({walk_in(1, 584), reserved(2, 600, 580)}), 600), 1);
  EXPECT_EQ(called(policy, line_of({walk_in(1, 586), reserved(2, 600, 580)}), 600), 2);
}
TEST(CallPolicyRules, AccumulatingCountsAReservationsMinutesThreeTimes) {
  const auto policy = policy_of(CallRule::accumulating);
  const auto line = line_of({walk_in(1, 570), reserved(2, 600, 580)});  // ready at 595
  EXPECT_EQ(called(policy, line, 607), 1);                              // 37 against 36
  EXPECT_EQ(called(policy, line, 608), 2);                              // 38 against 39
}
TEST(CallPolicyRules, RatioCallsAWalkInAfterTwoReservations) {
  const auto policy = policy_of(CallRule::ratio);
  const auto line = line_of({walk_in(1, 570), reserved(2, 600, 580)});
  EXPECT_EQ(line.people()[policy.choose(line, at(600), 1)->index].id, 2);
  EXPECT_EQ(line.people()[policy.choose(line, at(600), 2)->index].id, 1);
}
TEST(CallPolicyRules, CMuCallsTheShortServiceEarlier) {
  auto quick = walk_in(1, 598, 1);
  quick.mean_service = Minutes(2);
  EXPECT_EQ(called(policy_of(CallRule::c_mu), line_of({walk_in(2, 590), quick}), 600), 1);
}
TEST(CallPolicyRules, ZmsHidesWalkInsTwoMinutesBeforeAnAppointment) {
  const auto policy = policy_of(CallRule::zms);
  const auto line = line_of({walk_in(1, 570), reserved(2, 600, 580)});
  EXPECT_EQ(called(policy, line, 597), 1);
  EXPECT_EQ(called(policy, line, 598), -1);
  EXPECT_EQ(called(policy, line, 600), 2);
}

TEST(Guarantees, WhoWasPassedFourTimesGoesBeforeLaterTicketsOfItsService) {
  auto passed = walk_in(1, 570);
  passed.passed = 4;
  const auto line = line_of({passed, reserved(2, 580, 579)});
  EXPECT_EQ(called(CallPolicy(), line, 600), 1);
  EXPECT_EQ(reason(CallPolicy(), line, 600), OrderReason::passed_limit);
}
TEST(Guarantees, PassingCountsWithinTheServiceAlone) {
  auto passed = walk_in(1, 570, 1);
  passed.passed = 4;
  const auto line = line_of({passed, reserved(2, 580, 579)});
  EXPECT_EQ(called(CallPolicy(), line, 600), 2);
}
TEST(Guarantees, WhoIsPastTheToldTimeGoesBeforeALaterPromise) {
  auto told = walk_in(1, 570);
  told.latest = at(590);
  auto urgent = reserved(2, 580, 579);
  urgent.latest = at(592);
  const auto line = line_of({told, urgent});
  EXPECT_EQ(called(CallPolicy(), line, 589), 2);
  EXPECT_EQ(called(CallPolicy(), line, 591), 1);
  EXPECT_EQ(reason(CallPolicy(), line, 591), OrderReason::promise_past);
}
TEST(Guarantees, ABrokenPromiseIsSaidWhenTheFirstGuaranteeForcesIt) {
  auto passed = walk_in(1, 560);
  passed.passed = 4;
  auto told = walk_in(2, 570);
  told.latest = at(590);
  const auto choice = CallPolicy().choose(line_of({passed, told}), at(600));
  EXPECT_EQ(choice->index, 0U);
  EXPECT_TRUE(choice->breaks_promise);
}

class EveryRule : public testing::TestWithParam<CallRule> {};
// A random line is called until it is empty while people join: nobody is passed more than K times,
// and whenever somebody past the told time is not called, the first guarantee forbids it.
TEST_P(EveryRule, KeepsBothGuarantees) {
  const auto policy = policy_of(GetParam());
  for (std::uint64_t round = 0; round < 60; ++round) {
    auto random = stream(7, round, 0, Purpose::search);
    std::map<std::int64_t, Person> left;  // what the test itself counts
    Line line;
    double now = 500;
    for (std::int64_t id = 0; id < 120; ++id) {
      now += random.exponential();
      auto person = random.uniform() < 0.5
                        ? walk_in(id, now, static_cast<std::uint16_t>(random.bits() % 3))
                        : reserved(id, now + 20 * random.uniform() - 10, now,
                                   static_cast<std::uint16_t>(random.bits() % 3));
      person.latest = at(now + 30 * random.uniform());
      line.insert(person);
      left.emplace(id, person);
      if (random.uniform() < 0.2) continue;
      const auto choice = policy.choose(line, at(now));
      if (!choice) continue;
      const auto gone = line.call(choice->index);
      left.erase(gone.id);
      for (auto& [other_id, other] : left) {
        if (!is_passed_by(other, gone)) continue;
        ++other.passed;
        ASSERT_LE(other.passed, policy.rules().max_passed) << "round " << round;
      }
      const bool is_late = std::ranges::any_of(left, [&](const auto& entry) {
        const auto& other = entry.second;
        return other.service == gone.service && other.latest < at(now) &&
               other.latest < gone.latest;
      });
      ASSERT_EQ(is_late, choice->breaks_promise) << "round " << round << " person " << gone.id;
    }
  }
}
INSTANTIATE_TEST_SUITE_P(Rules, EveryRule,
                         testing::Values(CallRule::slack, CallRule::first_come,
                                         CallRule::reserved_first, CallRule::credit,
                                         CallRule::accumulating, CallRule::ratio, CallRule::c_mu,
                                         CallRule::zms));

TEST(NextForWindow, SecondGroupIsServedWhenTheFirstIsEmpty) {
  const std::vector<CallPolicy> policies(3);
  const std::vector<std::uint16_t> groups{0, 1};
  std::vector<Line> lines(3);
  lines[2].insert(walk_in(9, 0));
  EXPECT_FALSE(next_for_window(policies, lines, groups, at(20)).has_value());
  lines[1].insert(walk_in(1, 1));
  EXPECT_EQ(next_for_window(policies, lines, groups, at(20))->group, 1);
  lines[0].insert(walk_in(2, 9));
  EXPECT_EQ(next_for_window(policies, lines, groups, at(20))->group, 0);
}
TEST(NextForWindow, AReturnedPersonOfTheSecondGroupGoesBefore) {
  const std::vector<CallPolicy> policies(2);
  const std::vector<std::uint16_t> groups{0, 1};
  std::vector<Line> lines(2);
  lines[0].insert(walk_in(1, 1));
  auto back = walk_in(2, 5);
  back.reason = OrderReason::returned;
  lines[1].insert(back);
  EXPECT_EQ(next_for_window(policies, lines, groups, at(20))->group, 1);
}

}  // namespace
}  // namespace matanai::queue
