#include "server/queue/estimate/futures.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "server/queue/estimate/promise.hpp"

namespace matanai::queue {
namespace {

Instant at(double minutes) { return Instant(Millis(static_cast<std::int64_t>(minutes * 60000))); }
Millis minutes(double value) { return Millis(static_cast<std::int64_t>(value * 60000)); }

constexpr double kNow = 600;

// One line, services of ten minutes each that vary by `cv`, no way to walk.
OfficeModel model_of(double cv, std::size_t services = 1) {
  OfficeModel model;
  model.groups = {"A"};
  model.policies.resize(1);
  model.way = Millis(0);
  for (std::size_t i = 0; i < services; ++i) model.services.push_back({"s", 0, {10, cv}});
  return model;
}

WindowNow window_of(double until = 1020) {
  WindowNow window;
  window.window.groups = {0};
  window.window.open = {{at(510), at(until)}};
  return window;
}
WindowNow busy_since(double since, std::int64_t person = 0) {
  WindowNow window = window_of();
  window.is_busy = window.is_started = true;
  window.since = at(since);
  window.person = person;
  return window;
}

FloorNow floor_of(std::vector<WindowNow> windows, std::size_t lines = 1) {
  FloorNow floor;
  floor.now = at(kNow);
  floor.lines.resize(lines);
  floor.windows = std::move(windows);
  return floor;
}

Person person_of(std::int64_t id, double arrival) {
  Person person;
  person.id = id;
  person.arrival = person.ready_at = at(arrival);
  person.mean_service = minutes(10);
  return person;
}

std::vector<std::int32_t> sorted_calls(const Futures& futures, std::size_t index) {
  const auto calls = futures.calls_of(index);
  std::vector<std::int32_t> sorted(calls.begin(), calls.end());
  std::ranges::sort(sorted);
  return sorted;
}

TEST(Futures, NewcomerIsCalledAtOnceByAFreeWindow) {
  Futures futures(model_of(0.5));
  const auto forecast = futures.look(floor_of({window_of()}));
  EXPECT_TRUE(forecast.waiting.empty());
  ASSERT_EQ(forecast.newcomers.size(), 1U);
  EXPECT_EQ(forecast.newcomers[0].wait.q90, Millis(0));
  EXPECT_EQ(forecast.newcomers[0].wait.share_soon, 1);
  EXPECT_EQ(forecast.newcomers[0].people_ahead, 0);
}

TEST(Futures, ConstantServicesGiveTheExactTimes) {
  auto model = model_of(0);
  model.way = minutes(0.5);
  auto floor = floor_of({busy_since(kNow - 4)});
  floor.lines[0].insert(person_of(1, 590));
  floor.lines[0].insert(person_of(2, 591));
  const auto forecast = Futures(model).look(floor);
  EXPECT_EQ(forecast.waiting[0].wait.q10, minutes(6));
  EXPECT_EQ(forecast.waiting[1].wait.q50, minutes(16.5));
  EXPECT_EQ(forecast.newcomers[0].wait.q90, minutes(27));
  EXPECT_EQ(forecast.newcomers[0].wait.mean, minutes(27));
  EXPECT_EQ(forecast.waiting[1].people_ahead, 1);
  EXPECT_EQ(forecast.newcomers[0].people_ahead, 2);
}

TEST(Futures, SomebodyOnTheWayHasTheWholeServiceBefore) {
  auto model = model_of(0);
  model.way = minutes(1);
  auto floor = floor_of({busy_since(kNow - 0.25)});
  floor.windows[0].is_started = false;
  EXPECT_EQ(Futures(model).look(floor).newcomers[0].wait.q50, minutes(10.75));
}

TEST(Futures, PaceStretchesServices) {
  auto floor = floor_of({busy_since(kNow - 4)});
  floor.lines[0].insert(person_of(1, 590));
  floor.pace = 1.5;
  const auto forecast = Futures(model_of(0)).look(floor);
  EXPECT_EQ(forecast.waiting[0].wait.q50, minutes(11));
  EXPECT_EQ(forecast.newcomers[0].wait.q50, minutes(26));
}

TEST(Futures, BreakIsWaitedFor) {
  auto floor = floor_of({busy_since(kNow)});
  floor.windows[0].window.open = {{at(510), at(605)}, {at(650), at(1020)}};
  floor.lines[0].insert(person_of(1, 590));
  const auto forecast = Futures(model_of(0)).look(floor);
  EXPECT_EQ(forecast.waiting[0].wait.q50, minutes(50));
  EXPECT_EQ(forecast.newcomers[0].wait.q50, minutes(60));
}

TEST(Futures, NobodyIsPromisedACallAfterTheWindowsClose) {
  auto floor = floor_of({window_of(615)});
  for (int i = 0; i < 3; ++i) floor.lines[0].insert(person_of(i + 1, 590 + i));
  const auto forecast = Futures(model_of(0)).look(floor);
  EXPECT_EQ(forecast.waiting[1].wait.q90, minutes(10));
  EXPECT_FALSE(forecast.waiting[2].wait.q10);
  EXPECT_FALSE(forecast.waiting[2].wait.mean);
  EXPECT_FALSE(promise_of(forecast.waiting[2].wait, floor.now, "1"));
}

TEST(Futures, ReturnedPersonGoesFirst) {
  auto floor = floor_of({busy_since(kNow)});
  floor.lines[0].insert(person_of(1, 590));
  auto back = person_of(2, 595);
  back.reason = OrderReason::returned;
  floor.lines[0].insert(back);
  const auto forecast = Futures(model_of(0)).look(floor);
  EXPECT_EQ(forecast.waiting[0].wait.q50, minutes(20));
  EXPECT_EQ(forecast.waiting[1].wait.q50, minutes(10));
  EXPECT_EQ(forecast.waiting[1].people_ahead, 0);
}

TEST(Futures, QuantilesStandAtTheirRanksAmongTheFutures) {
  auto floor = floor_of({busy_since(kNow - 3), busy_since(kNow)});
  for (int i = 0; i < 9; ++i) floor.lines[0].insert(person_of(i + 1, 580 + i));
  Futures futures(model_of(0.6));
  const auto forecast = futures.look(floor);
  for (std::size_t i = 0; i < forecast.waiting.size(); ++i) {
    const auto calls = sorted_calls(futures, i);
    const auto& wait = forecast.waiting[i].wait;
    EXPECT_EQ(wait.q10, Millis(calls[39])) << i;
    EXPECT_EQ(wait.q50, Millis(calls[199])) << i;
    EXPECT_EQ(wait.q90, Millis(calls[359])) << i;
  }
}

TEST(Futures, VisitorIsCalledByTheirOwnPlaceAndDelaysNobody) {
  auto floor = floor_of({busy_since(kNow)});
  for (int i = 0; i < 3; ++i) floor.lines[0].insert(person_of(i + 1, 590 + i));
  Futures futures(model_of(0));
  const auto alone = futures.look(floor);
  auto early = person_of(0, kNow);
  early.ready_at = at(590.5);
  auto urgent = person_of(0, kNow);
  urgent.slot = at(596);
  floor.visitors = {early, urgent};
  const auto forecast = futures.look(floor);
  ASSERT_EQ(forecast.visitors.size(), 2U);
  EXPECT_EQ(forecast.visitors[0].q50, minutes(20));
  EXPECT_EQ(forecast.visitors[1].q50, minutes(10));
  for (std::size_t i = 0; i < 3; ++i)
    EXPECT_EQ(forecast.waiting[i].wait.q50, alone.waiting[i].wait.q50);
  EXPECT_EQ(forecast.newcomers[0].wait.q50, alone.newcomers[0].wait.q50);
}

// A reservation of 10:05 is urgent from 10:05:30 on (slack 4.5 of a grace of 5 minutes).
TEST(Futures, ReservationToComeTakesItsPlaceAsOftenAsPeopleShow) {
  auto floor = floor_of({busy_since(kNow)});
  floor.reservations.push_back({7, at(605), 0, 0.75});
  Futures futures(model_of(0), 1, 4000, {.mean_minutes = 2, .deviation_minutes = 0.5});
  futures.look(floor);
  const auto calls = futures.calls_of(0);
  const auto late = std::ranges::count(calls, static_cast<std::int32_t>(minutes(20).count()));
  const auto soon = std::ranges::count(calls, static_cast<std::int32_t>(minutes(10).count()));
  EXPECT_EQ(late + soon, 4000);
  EXPECT_NEAR(static_cast<double>(late) / 4000, 0.75, 0.03);
}

TEST(Futures, ReservationThatShouldHaveComeLongAgoIsHardlyExpected) {
  auto floor = floor_of({busy_since(kNow)});
  floor.reservations.push_back({7, at(590), 0, 0.9});
  const auto forecast = Futures(model_of(0)).look(floor);
  EXPECT_EQ(forecast.newcomers[0].wait.q90, minutes(10));
}

TEST(Futures, WalkInsOfAPreferredLineTakeTheWindow) {
  auto model = model_of(0, 2);
  model.groups = {"A", "B"};
  model.policies.resize(2);
  model.services[1].group = 1;
  auto floor = floor_of({busy_since(kNow)}, 2);
  floor.windows[0].window.groups = {0, 1};
  const auto alone = Futures(model).look(floor).newcomers[1].wait;
  floor.walk_ins_per_hour = {5, 0};
  const auto crowded = Futures(model).look(floor).newcomers[1].wait;
  EXPECT_EQ(alone.q90, minutes(10));
  EXPECT_GE(crowded.q90, minutes(20));
}

// E[S − e | S > e] of a lognormal, by its partial expectation.
TEST(Futures, RestOfAServiceIsConditionalOnItsAge) {
  for (const double elapsed : {0.0, 5.0, 10.0, 20.0}) {
    const ServiceTime time{10, 0.5};
    const double z = elapsed > 0 ? (std::log(elapsed) - time.mu()) / time.sigma() : -40;
    const double exact = 10 * normal_cdf(time.sigma() - z) / (1 - normal_cdf(z)) - elapsed;
    Futures futures(model_of(0.5), 1, 20000);
    const auto wait = futures.look(floor_of({busy_since(kNow - elapsed)})).newcomers[0].wait;
    EXPECT_NEAR(static_cast<double>(wait.mean->count()) / 60000, exact, 0.03 * exact + 0.05)
        << elapsed;
  }
}

TEST(Futures, WhoComesBehindChangesNothingAhead) {
  auto floor = floor_of({busy_since(kNow - 3), busy_since(kNow - 9)});
  for (int i = 0; i < 5; ++i) floor.lines[0].insert(person_of(10 + i, 590 + i));
  Futures futures(model_of(0.6));
  futures.look(floor);
  std::vector<std::vector<std::int32_t>> before;
  for (std::size_t i = 0; i < 5; ++i) before.push_back(sorted_calls(futures, i));
  floor.lines[0].insert(person_of(3, 599));
  futures.look(floor);
  for (std::size_t i = 0; i < 5; ++i) EXPECT_EQ(sorted_calls(futures, i), before[i]) << i;
}

TEST(Futures, BeingCalledDoesNotChangeAPersonsLuck) {
  auto floor = floor_of({busy_since(kNow - 3, 9)});
  floor.windows.push_back(window_of());
  floor.lines[0].insert(person_of(10, 590));
  floor.lines[0].insert(person_of(11, 591));
  Futures futures(model_of(0.6));
  futures.look(floor);
  const auto before = sorted_calls(futures, 1);
  floor.lines[0].call(0);
  floor.windows[1].is_busy = floor.windows[1].is_started = true;
  floor.windows[1].since = floor.now;
  floor.windows[1].person = 10;
  futures.look(floor);
  EXPECT_EQ(sorted_calls(futures, 0), before);
}

TEST(Futures, SameSeedSameForecast) {
  auto floor = floor_of({busy_since(kNow - 3)});
  floor.lines[0].insert(person_of(1, 590));
  Futures one(model_of(0.6)), again(model_of(0.6)), other(model_of(0.6), 2);
  const auto q50 = one.look(floor).newcomers[0].wait.q50;
  one.look(floor_of({window_of()}));  // what was looked at before leaves no trace
  EXPECT_EQ(one.look(floor).newcomers[0].wait.q50, q50);
  EXPECT_EQ(again.look(floor).newcomers[0].wait.q50, q50);
  EXPECT_NE(other.look(floor).newcomers[0].wait.q50, q50);
}

TEST(Futures, EveryRuleEndsWithEverybodyCalled) {
  for (const CallRule rule :
       {CallRule::slack, CallRule::first_come, CallRule::reserved_first, CallRule::credit,
        CallRule::accumulating, CallRule::ratio, CallRule::c_mu, CallRule::zms}) {
    auto model = model_of(0.5, 2);
    CallRules rules;
    rules.rule = rule;
    model.policies[0] = CallPolicy(rules);
    auto floor = floor_of({busy_since(kNow), window_of()});
    for (int i = 0; i < 12; ++i) {
      auto person = person_of(i + 1, 580 + i);
      person.service = static_cast<std::uint16_t>(i % 2);
      if (i % 3 == 0) person.slot = at(595 + i);
      floor.lines[0].insert(person);
    }
    for (const auto& person : Futures(model).look(floor).waiting)
      EXPECT_TRUE(person.wait.mean && person.wait.q90) << static_cast<int>(rule) << person.id;
  }
}

WaitForecast wait_of(double q10, double q90, double share_soon = 0) {
  WaitForecast wait;
  wait.q10 = minutes(q10);
  wait.q50 = minutes((q10 + q90) / 2);
  wait.q90 = minutes(q90);
  wait.share_soon = share_soon;
  return wait;
}

TEST(Promise, RangeIsRoundedOutwardToFiveMinutes) {
  const auto promise = promise_of(wait_of(12, 17.5), at(kNow), "1").value();
  EXPECT_EQ(promise.low, Minutes(10));
  EXPECT_EQ(promise.high, Minutes(20));
  EXPECT_FALSE(promise.is_now);
  EXPECT_EQ(promise.latest, at(620));
}
TEST(Promise, RangeIsNeverEmpty) {
  const auto promise = promise_of(wait_of(10, 10), at(kNow), "1").value();
  EXPECT_EQ(promise.low, Minutes(10));
  EXPECT_EQ(promise.high, Minutes(15));
}
TEST(Promise, LatestIsTheNextFullFiveMinutesOfTheClock) {
  EXPECT_EQ(promise_of(wait_of(1, 11), at(603), "1")->latest, at(615));
}
TEST(Promise, NowIsToldWhenItIsLikely) {
  EXPECT_TRUE(promise_of(wait_of(0, 2, 0.81), at(kNow), "1")->is_now);
  EXPECT_FALSE(promise_of(wait_of(0, 2, 0.8), at(kNow), "1")->is_now);
}

}  // namespace
}  // namespace matanai::queue
