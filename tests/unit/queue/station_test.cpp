#include "server/queue/station/station.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <vector>

#include "server/queue/station/kernel.hpp"

namespace matanai::queue {
namespace {

constexpr std::uint64_t kCustomers = 40000;

StationModel model_of(int windows, double utilisation) {
  StationModel model;
  model.windows = windows;
  model.customers = kCustomers;
  Source source;
  source.between.mean = 1 / (utilisation * windows);
  model.sources = {source};
  return model;
}

struct Case {
  const char* name;
  StationModel model;
};

// Every kind of station that there is.
std::vector<Case> cases() {
  std::vector<Case> all{{"M/M/1", model_of(1, 0.9)}, {"M/M/7", model_of(7, 0.95)}};
  auto model = model_of(3, 0.9);
  model.sources[0].between.law = Law::hyperexponential;
  model.sources[0].between.scv = 4;
  model.sources[0].service = {Law::lognormal, 1, 0.76};
  all.push_back({"H2/LN/3", model});
  model = model_of(5, 1.4);
  model.sources[0].patience = Distribution{.mean = 2};
  all.push_back({"M/M/5+M", model});
  Source other = model.sources[0];
  other.is_reserved = true;
  model.sources.push_back(other);
  for (const auto rule : {CallRule::slack, CallRule::accumulating, CallRule::c_mu}) {
    CallRules rules;
    rules.rule = rule;
    model.policy = CallPolicy(rules);
    all.push_back({"two sources with patience, by a rule", model});
  }
  model = model_of(1, 0.5);
  model.sources[0].schedule = {0, 0, 1, 2, 3.5};
  all.push_back({"session", model});
  return all;
}

TEST(Station, LittlesLawHoldsOnEveryRun) {
  for (const auto& [name, model] : cases()) {
    const auto totals = run_station(model, 1, 0);
    EXPECT_GT(totals.all_waits, 0) << name;
    EXPECT_NEAR(totals.waiting_area / totals.all_waits, 1, 1e-9) << name;
  }
}

// Work conservation: no window is free while somebody waits.
struct ConservationWatcher : NoWatcher {
  void on_event(std::uint32_t waiting, std::uint32_t free_windows) {
    if (waiting > 0 && free_windows > 0) ++violations;
    if (waiting > 0) ++busy;
  }
  int violations = 0;
  int busy = 0;
};
TEST(Station, NoWindowIsFreeWhileSomebodyWaits) {
  for (const auto& [name, model] : cases()) {
    ConservationWatcher watcher;
    Station(model, watcher).run(1, 0);
    EXPECT_EQ(watcher.violations, 0) << name;
    EXPECT_GT(watcher.busy, 0) << name;
  }
}

// Everybody who comes is served or leaves, and nobody is left when the station has run empty.
struct FateWatcher : NoWatcher {
  void on_start(std::uint32_t, const Customer&, std::int64_t) { ++started; }
  void on_finish(std::uint32_t, const Customer&, std::int64_t) { ++finished; }
  void on_leave(std::uint32_t, const Customer&) { ++left; }
  std::uint64_t started = 0, finished = 0, left = 0;
};
TEST(Station, NobodyIsForgotten) {
  for (const auto& [name, model] : cases()) {
    FateWatcher watcher;
    const auto totals = Station(model, watcher).run(1, 0);
    std::uint64_t arrived = 0, abandoned = 0;
    for (const auto& source : totals.sources) {
      arrived += source.arrived;
      abandoned += source.abandoned;
    }
    EXPECT_EQ(watcher.started, watcher.finished) << name;
    EXPECT_EQ(watcher.started + watcher.left, arrived) << name;
    EXPECT_EQ(watcher.left, abandoned) << name;
    EXPECT_EQ(totals.events, arrived + watcher.finished + watcher.left) << name;
  }
}

// Who was called in time does not take the next one at that place along when their own time is up.
TEST(Station, EveryoneWhoLeavesHasHadTheirWholePatience) {
  auto model = model_of(3, 1.3);
  model.sources[0].patience = Distribution{Law::deterministic, 2};
  const auto totals = run_station(model, 1, 0).sources[0];
  EXPECT_GT(totals.abandoned, 1000U);
  EXPECT_NEAR((totals.wait - totals.served_wait) / static_cast<double>(totals.abandoned), 2, 1e-6);
}

// No starvation: in an overload of reservations that go first, the production's guarantee still
// lets nobody be passed by more than four who came later.
struct PassedWatcher : NoWatcher {
  struct Waiting {
    std::int64_t arrived = 0;
    int passed = 0;
  };
  void on_wait(std::uint32_t place, const Customer& customer, std::uint32_t, std::int64_t) {
    waiting[place] = {customer.arrived};
  }
  void on_start(std::uint32_t place, const Customer& customer, std::int64_t) {
    waiting.erase(place);
    for (auto& [other, person] : waiting)
      if (person.arrived < customer.arrived) most = std::max(most, ++person.passed);
  }
  std::map<std::uint32_t, Waiting> waiting;
  int most = 0;
};
TEST(Station, NobodyStarvesUnderTheProductionsGuarantee) {
  auto model = model_of(2, 0.5);
  Source reserved = model.sources[0];
  reserved.is_reserved = true;
  reserved.between.mean = 0.4;  // more than the windows can serve
  model.sources.push_back(reserved);
  model.customers = 1000;
  CallRules rules;
  rules.rule = CallRule::reserved_first;
  for (const bool has_guarantees : {false, true}) {
    rules.has_guarantees = has_guarantees;
    model.policy = CallPolicy(rules);
    PassedWatcher watcher;
    Station(model, watcher).run(1, 0);
    if (has_guarantees) {
      EXPECT_EQ(watcher.most, rules.max_passed);
    } else {
      EXPECT_GT(watcher.most, 100);
    }
  }
}

struct OrderWatcher : NoWatcher {
  void on_start(std::uint32_t, const Customer& customer, std::int64_t) {
    order.push_back(customer.arrived);
  }
  std::vector<std::int64_t> order;
};
TEST(Station, FirstComeIsFirstServed) {
  const auto model = model_of(3, 0.95);
  OrderWatcher watcher;
  Station(model, watcher).run(4, 2);
  EXPECT_TRUE(std::ranges::is_sorted(watcher.order));
}

TEST(Station, TheProductionsFirstComeIsTheSameOrder) {
  auto model = model_of(3, 0.95);
  OrderWatcher linked, by_policy;
  Station(model, linked).run(4, 2);
  CallRules rules;
  rules.rule = CallRule::first_come;
  model.policy = CallPolicy(rules);
  Station(model, by_policy).run(4, 2);
  EXPECT_EQ(linked.order, by_policy.order);
}

// Two programs, one wait: each customer's, tick for tick.
struct WaitWatcher : NoWatcher {
  void on_start(std::uint32_t, const Customer& customer, std::int64_t wait) {
    arrivals.push_back(customer.arrived);
    services.push_back(customer.service);
    waits.push_back(wait);
  }
  std::vector<std::int64_t> arrivals, services, waits;
};
TEST(Kernel, GivesTheStationsWaits) {
  for (const int windows : {1, 2, 3, 4, 7, 100}) {
    const auto model = model_of(windows, 0.97);
    WaitWatcher watcher;
    Station(model, watcher).run(5, 0);
    std::vector<std::int64_t> waits(watcher.waits.size());
    fcfs_waits(watcher.arrivals, watcher.services, windows, waits);
    EXPECT_EQ(waits, watcher.waits) << windows;
  }
}
TEST(Kernel, NobodyComes) { fcfs_waits({}, {}, 3, {}); }

TEST(Station, TheSameNumbersGiveTheSameBits) {
  for (const auto& [name, model] : cases()) {
    NoWatcher nobody;
    Station station(model, nobody);
    const auto first = station.run(9, 3);
    const auto other = station.run(9, 4);
    const auto again = station.run(9, 3);
    EXPECT_EQ(first.all_waits, again.all_waits) << name;
    EXPECT_EQ(first.end, again.end) << name;
    EXPECT_NE(first.all_waits, other.all_waits) << name;
  }
}

TEST(Station, WarmUpIsNotCounted) {
  auto model = model_of(2, 0.9);
  const auto all = run_station(model, 1, 0);
  model.warm_up = 1000;
  const auto rest = run_station(model, 1, 0);
  EXPECT_EQ(all.sources[0].arrived, kCustomers);
  EXPECT_EQ(rest.sources[0].arrived, kCustomers - 1000);
  EXPECT_LT(rest.sources[0].wait, all.sources[0].wait);
  EXPECT_EQ(rest.all_waits, all.all_waits);
}

}  // namespace
}  // namespace matanai::queue
