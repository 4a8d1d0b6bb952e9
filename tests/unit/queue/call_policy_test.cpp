#include "server/queue/call_policy.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>

namespace matanai::queue {
namespace {

using namespace std::chrono_literals;

Instant at(int minutes) { return Instant(std::chrono::minutes(minutes)); }

Candidate candidate(std::int64_t leg, const char* group, int ready,
                    OrderReason reason = OrderReason::ready_time) {
  return {leg, GroupId(group), ServiceId("s"), at(ready), reason, 0};
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

TEST(CallPolicy, EarlierReadyGoesFirstAndTiesByLeg) {
  const std::vector<Candidate> waiting{candidate(3, "A", 5), candidate(1, "A", 9),
                                       candidate(2, "A", 5)};
  EXPECT_EQ(make_ready_time_policy()->order(waiting, at(20)), (std::vector<std::size_t>{2, 0, 1}));
}
TEST(CallPolicy, ReturnedPersonGoesBeforeAll) {
  const std::vector<Candidate> waiting{candidate(1, "A", 5),
                                       candidate(2, "A", 9, OrderReason::returned)};
  EXPECT_EQ(make_ready_time_policy()->order(waiting, at(20)).front(), 1U);
}
TEST(CallPolicy, SecondGroupIsServedWhenTheFirstIsEmpty) {
  const auto policy = make_ready_time_policy();
  const std::vector<GroupId> groups{GroupId("A"), GroupId("C")};
  const std::vector<Candidate> both{candidate(1, "C", 1), candidate(2, "A", 9)};
  EXPECT_EQ(next_for_window(*policy, both, groups, at(20)), 1U);
  const std::vector<Candidate> only_second{candidate(1, "C", 1), candidate(2, "M", 0)};
  EXPECT_EQ(next_for_window(*policy, only_second, groups, at(20)), 0U);
  const std::vector<Candidate> none{candidate(2, "M", 0)};
  EXPECT_FALSE(next_for_window(*policy, none, groups, at(20)).has_value());
}
TEST(CallPolicy, OrderDoesNotDependOnTheInputsOrder) {
  std::mt19937 random(7);
  std::vector<Candidate> waiting;
  for (int i = 0; i < 60; ++i)
    waiting.push_back(candidate(i, "A", static_cast<int>(random() % 20)));
  const auto legs_in_order = [&] {
    std::vector<std::int64_t> legs;
    for (const auto i : make_ready_time_policy()->order(waiting, at(30)))
      legs.push_back(waiting[i].leg);
    return legs;
  };
  const auto expected = legs_in_order();
  for (int round = 0; round < 20; ++round) {
    std::ranges::shuffle(waiting, random);
    EXPECT_EQ(legs_in_order(), expected);
  }
}

}  // namespace
}  // namespace matanai::queue
