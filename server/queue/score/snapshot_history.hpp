// What a log of snapshots has taught up to a day, and the estimates that follow from it and from
// the day so far (research queueing.md §1–2). Pure; values; any thread. Minutes.
#pragma once

#include <array>
#include <map>
#include <span>
#include <string>
#include <vector>

#include "server/queue/score/snapshots.hpp"

namespace matanai::queue {

// One virtual customer and what each estimator would have told them.
struct SnapshotCase {
  VirtualCustomer customer;
  double hour_mean = 0;    // NI: of this queue and hour on earlier days
  double last = 0;         // LES: wait of the last one called today; before that hour_mean
  double live_rate = 0;    // QL: people ÷ calls a minute in the last hour
  double past_rate = 0;    // QL: people × minutes a place on earlier days
  double steady_rate = 0;  // QL: the last hour's calls with the past weighing 100 minutes
  double day_rate = 0;     // the same with the whole day's calls
  double product = 0;      // people × configured time ÷ windows
  double no_windows = 0;   // people × configured time
  double published = 0;    // the configured time itself
  double windows = 0;

  // What the learned stack combines, its own inputs only.
  static constexpr std::size_t kInputs = 8;
  std::array<double, kInputs> inputs() const {
    return {hour_mean,
            last,
            live_rate,
            past_rate,
            steady_rate,
            day_rate,
            static_cast<double>(customer.ahead + 1),
            windows};
  }
};

class SnapshotHistory {
 public:
  // The day's customers with what was known when each came: earlier learned days, and the day up to
  // that minute.
  std::vector<SnapshotCase> cases_of(const QueueDay& day,
                                     std::span<const VirtualCustomer> customers) const;
  void learn(const QueueDay& day, std::span<const VirtualCustomer> customers);

 private:
  struct Mean {
    double sum = 0, weight = 0;
    void add(double value, double by) { sum += value, weight += by; }
    // Drawn to `prior` by `prior_weight`.
    double value(double prior, double prior_weight) const {
      return (sum + prior_weight * prior) / (weight + prior_weight);
    }
  };
  struct Past {
    Mean wait, place, rate;  // minutes; minutes a place; calls a minute while somebody waits
    std::map<int, Mean> hours;
  };
  static void count_calls(const Snapshot& from, const Snapshot& to, Mean& rate);

  std::map<std::string, Past> queues_;
  Past all_;
};

}  // namespace matanai::queue
