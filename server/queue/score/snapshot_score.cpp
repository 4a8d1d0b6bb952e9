#include "server/queue/score/snapshot_score.hpp"

#include <algorithm>
#include <array>
#include <deque>
#include <functional>
#include <queue>
#include <string>
#include <utility>
#include <vector>

#include "server/queue/estimate/conformal.hpp"
#include "server/queue/estimate/correction.hpp"
#include "server/queue/score/snapshot_history.hpp"

namespace matanai::queue {
namespace {

constexpr std::size_t kRangeDays = 4;
constexpr std::size_t kFewest = 50;  // cases of a bucket with ratios of its own

struct Baseline {
  const char* name;
  double SnapshotCase::* told;
};
constexpr Baseline kBaselines[] = {{"product", &SnapshotCase::product},
                                   {"without_windows", &SnapshotCase::no_windows},
                                   {"published", &SnapshotCase::published},
                                   {"ni", &SnapshotCase::hour_mean},
                                   {"les", &SnapshotCase::last},
                                   {"ql_live", &SnapshotCase::live_rate},
                                   {"ql_history", &SnapshotCase::past_rate}};

using Cases = std::vector<SnapshotCase>;

// The stack and its ranges as fitted in the night before a day.
class Night {
 public:
  explicit Night(const std::deque<Cases>& days) {
    std::vector<double> rows, waits;
    for (const auto& day : days)
      for (const auto& one : day) {
        for (const double input : one.inputs()) rows.push_back(input);
        waits.push_back(one.customer.wait);
      }
    stack_ = LogLinear::fit(rows, SnapshotCase::kInputs, waits);
    for (std::size_t i = days.size() - std::min(kRangeDays, days.size()); i < days.size(); ++i)
      for (const auto& one : days[i]) {
        const double told = estimate(one);
        ratios_[bucket_of(one.customer.ahead)].add(told, one.customer.wait);
        all_.add(told, one.customer.wait);
      }
    for (auto& ratios : ratios_) ratios.sort();
    all_.sort();
  }

  double estimate(const SnapshotCase& one) const { return stack_.at(one.inputs()); }
  Range range(double estimate, std::size_t bucket, double miss) const {
    const auto& ratios = ratios_[bucket].size() >= kFewest ? ratios_[bucket] : all_;
    return ratios.narrowest(estimate, miss);
  }

 private:
  LogLinear stack_;
  std::array<Ratios, kBuckets> ratios_;
  Ratios all_;
};

// What is known only when a wait is over.
struct Outcome {
  double at = 0;
  std::size_t bucket = 0;
  bool missed = false;
  bool operator>(const Outcome& other) const { return at > other.at; }
};

class WalkForward {
 public:
  void day(std::span<const QueueDay* const> queues, bool is_tested, SnapshotScore& result) {
    std::vector<std::vector<VirtualCustomer>> customers;
    Cases cases;
    for (const QueueDay* queue : queues) {
      customers.push_back(virtual_customers(*queue, &result.cleaning));
      for (auto& one : history_.cases_of(*queue, customers.back())) cases.push_back(one);
    }
    if (cases.empty()) return;
    if (is_tested) test(cases);
    ++(is_tested ? result.tested_days : result.learned_days);
    for (std::size_t i = 0; i < queues.size(); ++i) history_.learn(*queues[i], customers[i]);
    days_.push_back(std::move(cases));
  }

  Score score() const {
    Score score{ours_.count(), {{"ours", ours_.result()}}};
    for (std::size_t i = 0; i < std::size(kBaselines); ++i)
      score.estimators.push_back({kBaselines[i].name, baselines_[i].result()});
    return score;
  }

 private:
  void test(const Cases& cases) {
    const Night night(days_);
    std::vector<const SnapshotCase*> in_time;
    for (const auto& one : cases) in_time.push_back(&one);
    std::ranges::sort(in_time, {},
                      [](const SnapshotCase* c) { return std::pair(c->customer.minute, c); });
    std::priority_queue<Outcome, std::vector<Outcome>, std::greater<>> outcomes;
    const auto see_until = [&](double minute) {
      for (; !outcomes.empty() && outcomes.top().at <= minute; outcomes.pop())
        misses_[outcomes.top().bucket].see(outcomes.top().missed);
    };
    for (const SnapshotCase* taken : in_time) {
      const SnapshotCase& one = *taken;
      see_until(one.customer.minute);
      const double wait = one.customer.wait;
      const std::size_t bucket = bucket_of(one.customer.ahead);
      const double told = night.estimate(one);
      const Range range = night.range(told, bucket, misses_[bucket].now());
      ours_.add(told, range, wait);
      outcomes.push({one.customer.minute + wait, bucket, !range.holds(wait)});
      for (std::size_t i = 0; i < std::size(kBaselines); ++i)
        baselines_[i].add(one.*kBaselines[i].told, wait);
    }
    see_until(kLongestWait + 1440);
  }

  SnapshotHistory history_;
  std::deque<Cases> days_;
  std::array<SteeredMiss, kBuckets> misses_;
  AccuracySum ours_;
  std::array<AccuracySum, std::size(kBaselines)> baselines_;
};

}  // namespace

SnapshotScore score_snapshots(const SnapshotLog& log, std::string_view test_from) {
  SnapshotScore result;
  result.cleaning = log.cleaning;
  WalkForward walk;
  for (std::size_t i = 0; i < log.days.size();) {
    std::vector<const QueueDay*> queues;
    const std::string& date = log.days[i].date;
    for (; i < log.days.size() && log.days[i].date == date; ++i) queues.push_back(&log.days[i]);
    walk.day(queues, date >= test_from, result);
  }
  result.score = walk.score();
  return result;
}

}  // namespace matanai::queue
