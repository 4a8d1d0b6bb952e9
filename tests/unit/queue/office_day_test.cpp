#include "server/queue/day/office_day.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <thread>

#include "server/queue/day/days.hpp"
#include "server/queue/day/plain_promise.hpp"

namespace matanai::queue {
namespace {

Instant at(double minutes) { return Instant(Millis(static_cast<std::int64_t>(minutes * 60000))); }

DayModel ward(double visitors, CallRule rule = CallRule::slack) {
  WardOptions options;
  options.visitors = visitors;
  options.rules.rule = rule;
  return ward_day(options);
}

// A line of one service of ten minutes, by handmade windows and people.
struct Small {
  OfficeModel office;
  DemandModel demand;
  DayRules rules;
  Small() {
    office.groups = {"A"};
    office.policies.resize(1);
    office.services = {{"a", 0, {10, 0}}};
    office.way = Millis(0);
  }
  std::vector<Visit> run(const std::vector<WindowModel>& windows,
                         const std::vector<Visitor>& visitors) {
    OfficeDay day(office, demand, rules);
    return day.run(windows, visitors, 1, 1).visits;
  }
};
Visitor visitor(std::uint64_t number, double arrival, double duration = 10) {
  Visitor person;
  person.number = number;
  person.arrival = at(arrival);
  person.duration = at(duration).time_since_epoch();
  return person;
}
WindowModel window(std::vector<Interval> open, std::vector<std::uint16_t> groups = {0}) {
  return {"1", std::move(groups), std::move(open), 0};
}

// Checks guarantee (1) from the record alone: how many that became ready later were called before.
void expect_nobody_passed_too_often(const std::vector<Visit>& visits, int most, std::uint64_t day) {
  for (const Visit& visit : visits) {
    int passed = 0;
    for (const Visit& other : visits) {
      if (other.arrival > visit.called) break;
      if (other.service == visit.service && other.called < visit.called &&
          other.called >= visit.arrival && other.ready_at > visit.ready_at)
        ++passed;
    }
    ASSERT_LE(passed, most) << "day " << day << " visitor " << visit.number;
  }
}

// Guarantee (2): a call while somebody of the service waits past an earlier promise is said to
// break it, and happens only where (1) forces it: somebody was passed as often as allowed.
void expect_promises_first(const std::vector<Visit>& visits, int most, std::uint64_t day) {
  for (const Visit& visit : visits) {
    bool is_broken = false;
    bool is_forced = false;
    for (const Visit& other : visits) {
      if (other.arrival > visit.called) break;
      const bool waits =
          other.service == visit.service && other.arrival <= visit.called &&
          (other.called > visit.called || (other.called == visit.called && &other > &visit));
      if (!waits || other.latest >= visit.called || other.latest >= visit.latest) continue;
      is_broken = true;
    }
    if (!visit.breaks_promise && !is_broken) continue;
    is_forced = visit.passed >= most || visit.reason == OrderReason::passed_limit ||
                std::ranges::any_of(visits, [&](const Visit& other) {
                  return other.service == visit.service && other.arrival <= visit.called &&
                         other.called >= visit.called && other.passed >= most;
                });
    ASSERT_EQ(is_broken, visit.breaks_promise) << "day " << day << " visitor " << visit.number;
    if (is_broken) ASSERT_TRUE(is_forced) << "day " << day << " visitor " << visit.number;
  }
}

TEST(OfficeDay, BothGuaranteesHoldOnThreeHundredOverloadedDays) {
  const DayModel model = ward(390);
  const int most = model.office.policies[0].rules().max_passed;
  OfficeDay office_day(model.office, model.demand, model.rules, plain_promise(model.office));
  std::int64_t passed_as_often_as_allowed = 0;
  for (std::uint64_t day = 0; day < 300; ++day) {
    const auto& visits = office_day.run(model.windows, 3, day).visits;
    expect_nobody_passed_too_often(visits, most, day);
    expect_promises_first(visits, most, day);
    passed_as_often_as_allowed +=
        std::ranges::count_if(visits, [&](const Visit& visit) { return visit.passed == most; });
  }
  EXPECT_GT(passed_as_often_as_allowed, 1000);  // the days were hard enough to tell
}

// Between two instants of the day: who waits and which windows are busy, from the record.
struct Change {
  int waiting = 0;
  int busy = 0;
};
std::map<Instant, Change> changes_of(const std::vector<Visit>& visits) {
  std::map<Instant, Change> changes;
  for (const Visit& visit : visits) {
    ++changes[visit.arrival].waiting;
    --changes[visit.called].waiting;
    ++changes[visit.called].busy;
    --changes[visit.finished].busy;
  }
  return changes;
}

TEST(OfficeDay, NoWindowIsFreeWhileSomebodyWaits) {
  WardOptions options;
  const WindowCounts counts = ward_counts(options);
  const DayModel model = ward_day(options);
  OfficeDay office_day(model.office, model.demand);
  for (std::uint64_t day = 0; day < 40; ++day) {
    auto changes = changes_of(office_day.run(model.windows, 4, day).visits);
    for (std::size_t q = 34; q < 69; ++q) changes[at(static_cast<double>(q) * 15)];
    Change now;
    for (const auto& [instant, change] : changes) {
      now.waiting += change.waiting;
      now.busy += change.busy;
      if (instant >= model.closing || now.waiting == 0) continue;
      ASSERT_GE(now.busy, counts[quarter_of(instant)])
          << "day " << day << " minute " << instant.time_since_epoch() / Minutes(1);
    }
  }
}

TEST(OfficeDay, LittlesLaw) {
  const DayModel model = ward(300);
  OfficeDay office_day(model.office, model.demand);
  double area = 0;   // ∫ people in line dt
  double waits = 0;  // Σ call − arrival
  for (std::uint64_t day = 0; day < 40; ++day) {
    const auto& visits = office_day.run(model.windows, 5, day).visits;
    for (const Visit& visit : visits)
      waits += static_cast<double>((visit.called - visit.arrival).count());
    Instant before{};
    int waiting = 0;
    for (const auto& [instant, change] : changes_of(visits)) {
      area += waiting * static_cast<double>((instant - before).count());
      waiting += change.waiting;
      before = instant;
    }
    EXPECT_EQ(waiting, 0);
  }
  EXPECT_NEAR(area / waits, 1, 1e-9);
}

TEST(OfficeDay, OneOrTwoThreadsGiveTheSameFigures) {
  const DayModel model = ward(300);
  const Workers two = [](std::size_t count, const std::function<void(std::size_t)>& job) {
    std::jthread other([&] {
      for (std::size_t i = 1; i < count; i += 2) job(i);
    });
    for (std::size_t i = 0; i < count; i += 2) job(i);
  };
  const Days days{.seed = 6, .count = 150};
  const Promise promise = plain_promise(model.office);
  const auto one = simulate(model, days, one_after_another, promise);
  EXPECT_EQ(one, simulate(model, days, two, promise));
  EXPECT_NE(one, simulate(model, {.seed = 7, .count = 150}, two, promise));
}

TEST(OfficeDay, EveryPolicyMeetsTheSameVisitors) {
  const auto people = [](CallRule rule) {
    const DayModel model = ward(300, rule);
    OfficeDay office_day(model.office, model.demand);
    std::map<std::uint64_t, std::tuple<Instant, Instant, std::uint16_t, Millis>> seen;
    for (const Visit& visit : office_day.run(model.windows, 8, 2).visits)
      seen[visit.number] = {visit.arrival, visit.slot, visit.service,
                            visit.finished - visit.started};
    return seen;
  };
  EXPECT_EQ(people(CallRule::slack), people(CallRule::reserved_first));
  EXPECT_EQ(people(CallRule::slack), people(CallRule::c_mu));
}

TEST(OfficeDay, WalkInsStayTheSameWhenReservationsChange) {
  DayModel model = ward(300);
  const auto walk_ins = [&] {
    OfficeDay office_day(model.office, model.demand);
    std::map<std::uint64_t, std::pair<Instant, std::uint16_t>> seen;
    for (const Visit& visit : office_day.run(model.windows, 8, 2).visits)
      if (visit.slot == kNever) seen[visit.number] = {visit.arrival, visit.service};
    return seen;
  };
  const auto before = walk_ins();
  model.demand.booked[40] += 7;
  EXPECT_EQ(before, walk_ins());
}

TEST(OfficeDay, AClosingWindowFinishesItsVisitorAndCallsNobody) {
  Small small;
  const auto visits = small.run({window({{at(540), at(560)}, {at(580), at(600)}})},
                                {visitor(1, 540, 15), visitor(2, 541, 15), visitor(3, 542, 15)});
  EXPECT_EQ(visits[0].finished, at(555));
  EXPECT_EQ(visits[1].finished, at(570));  // begun before the break
  EXPECT_EQ(visits[2].called, at(580));    // after it
}
TEST(OfficeDay, AServiceThatOutlastsABreakGoesOnIntoTheNextInterval) {
  Small small;
  const auto visits = small.run({window({{at(540), at(550)}, {at(560), at(600)}})},
                                {visitor(1, 540, 30), visitor(2, 541)});
  EXPECT_EQ(visits[1].called, at(570));
}
TEST(OfficeDay, AtTheLastClosingWhoWaitsIsServedOrNot) {
  Small small;
  const std::vector<WindowModel> windows{window({{at(540), at(550)}})};
  const std::vector<Visitor> people{visitor(1, 540), visitor(2, 541)};
  EXPECT_EQ(small.run(windows, people)[1].called, at(550));
  small.rules.serves_all = false;
  EXPECT_EQ(small.run(windows, people)[1].called, kNever);
}
TEST(OfficeDay, InAPoolTheWindowThatIsFreeFirstClosesForTheBusyOne) {
  Small small;
  auto first = window({{at(540), at(560)}});
  auto second = window({{at(540), at(700)}});
  first.pool = second.pool = 1;
  const std::vector<Visitor> people{visitor(1, 540, 90), visitor(2, 541, 29), visitor(3, 542),
                                    visitor(4, 600)};
  const auto pooled = small.run({first, second}, people);
  EXPECT_EQ(pooled[2].called, at(630));  // the second closed at 570, the first goes on
  first.pool = second.pool = 0;
  EXPECT_EQ(small.run({first, second}, people)[2].called, at(570));
}
TEST(OfficeDay, ANewcomerGoesToTheFreeWindowThatPrefersTheGroup) {
  Small small;
  small.office.groups = {"A", "B"};
  small.office.policies.resize(2);
  small.office.services.push_back({"b", 1, {10, 0}});
  const std::vector<Interval> all_day{{at(540), at(700)}};
  auto person = visitor(1, 545);
  person.service = 1;
  const auto visits = small.run({window(all_day, {0, 1}), window(all_day, {1, 0})}, {person});
  EXPECT_EQ(visits[0].window, 1);
}
TEST(OfficeDay, WhoLeavesUnseenCostsTheWindowItsCalls) {
  Small small;
  auto impatient = visitor(2, 541);
  impatient.patience = Minutes(5);
  const auto visits =
      small.run({window({{at(540), at(700)}})}, {visitor(1, 540, 20), impatient, visitor(3, 542)});
  EXPECT_EQ(visits[1].called, at(560));
  EXPECT_EQ(visits[1].started, kNever);
  EXPECT_EQ(visits[1].left, at(546));
  EXPECT_EQ(visits[2].called, at(563));
}
TEST(OfficeDay, ATransferJoinsTheNextLineWhenItsServiceEnds) {
  Small small;
  small.office.groups = {"A", "B"};
  small.office.policies.resize(2);
  small.office.services.push_back({"b", 1, {7, 0}});
  small.demand.transfers = {{0, 1, 1.0}};
  const std::vector<Interval> all_day{{at(540), at(700)}};
  const auto visits =
      small.run({window(all_day, {0}), window(all_day, {1})}, {visitor(1, 545, 10)});
  ASSERT_EQ(visits.size(), 2U);
  EXPECT_EQ(visits[1].service, 1);
  EXPECT_EQ(visits[1].arrival, at(555));
  EXPECT_EQ(visits[1].finished, at(562));
}
TEST(OfficeDay, TheWayLiesBetweenCallAndStart) {
  Small small;
  auto person = visitor(1, 545);
  person.way = Minutes(2);
  const auto visits = small.run({window({{at(540), at(700)}})}, {person, visitor(2, 546)});
  EXPECT_EQ(visits[0].started, at(547));
  EXPECT_EQ(visits[1].called, at(557));
}
TEST(OfficeDay, WhoComesTooLateHasLostTheSlot) {
  Small small;
  auto late = visitor(2, 576);
  late.slot = at(565);
  const auto visits =
      small.run({window({{at(540), at(700)}})}, {visitor(1, 540, 50), visitor(3, 575), late});
  EXPECT_EQ(visits[1].called, at(590));
  EXPECT_EQ(visits[2].called, at(600));
}

}  // namespace
}  // namespace matanai::queue
