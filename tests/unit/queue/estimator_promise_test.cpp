#include "server/queue/day/estimator_promise.hpp"

#include <gtest/gtest.h>

#include "server/queue/day/days.hpp"

namespace matanai::queue {
namespace {

constexpr int kFutures = 60;  // for speed; the product plays 400

Instant at(double minutes) { return Instant(Millis(static_cast<std::int64_t>(minutes * 60000))); }

// One window, busy since 10:00 with a service of exactly ten minutes.
OfficeModel one_line() {
  OfficeModel office;
  office.groups = {"A"};
  office.policies.resize(1);
  office.services = {{"s", 0, {10, 0}}};
  office.way = Millis(0);
  return office;
}
FloorNow floor_until(double closes) {
  FloorNow floor;
  floor.now = at(604);
  floor.lines.resize(1);
  WindowNow window;
  window.window.groups = {0};
  window.window.open = {{at(510), at(closes)}};
  window.is_busy = window.is_started = true;
  window.since = at(600);
  floor.windows = {window};
  return floor;
}
Person newcomer() {
  Person person;
  person.id = 1;
  person.arrival = person.ready_at = at(604);
  return person;
}

TEST(EstimatorPromise, IsTheCallRoundedUpToFiveMinutes) {
  auto floor = floor_until(1020);
  Person before = newcomer();
  before.id = 0;
  before.arrival = before.ready_at = at(601);
  floor.lines[0].insert(before);
  const auto promise = estimator_promise(one_line(), 1, kFutures);
  EXPECT_EQ(promise(floor, 0, newcomer()), at(620));
  floor.now = at(605);
  floor.lines[0].clear();
  EXPECT_EQ(promise(floor, 0, newcomer()), at(610));
}
TEST(EstimatorPromise, AFreeWindowIsNow) {
  auto floor = floor_until(1020);
  floor.windows[0].is_busy = false;
  EXPECT_EQ(estimator_promise(one_line(), 1, kFutures)(floor, 0, newcomer()), at(604));
}
TEST(EstimatorPromise, NothingIsPromisedWhenTheWindowsCloseBefore) {
  EXPECT_EQ(estimator_promise(one_line(), 1, kFutures)(floor_until(608), 0, newcomer()), kNever);
}
TEST(EstimatorPromise, HoldsOnTheWardDayAsItsQuantileSays) {
  const auto model = ward_day({});
  const auto promise = estimator_promise(model.office, 7, kFutures);
  const auto figures = simulate(model, {.seed = 2, .count = 4}, one_after_another, promise);
  EXPECT_GT(figures.late_calls, 0);
  EXPECT_LT(figures.share_late(), 0.1);
  EXPECT_LE(figures.most_passed, CallRules{}.max_passed);
  EXPECT_LT(figures.share_promise_breaking(), 0.01);
  EXPECT_EQ(figures, simulate(model, {.seed = 2, .count = 4}, one_after_another, promise));
}

}  // namespace
}  // namespace matanai::queue
