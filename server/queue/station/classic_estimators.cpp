#include "server/queue/station/classic_estimators.hpp"

#include <utility>

namespace matanai::queue {
namespace {

// Follows the station as a newcomer could, and scores each estimate when its customer is served.
class ErrorWatcher : public NoWatcher {
 public:
  explicit ErrorWatcher(const StationFacts& facts) : estimators_(facts) {}

  void on_wait(std::uint32_t place, const Customer& customer, std::uint32_t ahead,
               std::int64_t head_arrived) {
    const double hol = ahead == 0 ? 0 : units(customer.arrived - head_arrived);
    if (place >= told_.size()) told_.resize(place + 1);
    told_[place] = estimators_.estimate({static_cast<int>(ahead), les_, hol, rcs_});
  }
  void on_start(std::uint32_t place, const Customer& customer, std::int64_t wait) {
    les_ = units(wait);
    if (!customer.is_counted || !customer.is_delayed) return;
    ++errors_.customers;
    errors_.wait += les_;
    for (std::size_t i = 0; i < kEstimators; ++i) {
      const double error = told_[place][i] - les_;
      errors_.squares[i] += error * error;
    }
  }
  void on_finish(std::uint32_t /*place*/, const Customer& customer, std::int64_t now) {
    if (customer.arrived < latest_finished_) return;
    latest_finished_ = customer.arrived;
    rcs_ = units(now - customer.service - customer.arrived);
  }

  const EstimatorErrors& errors() const { return errors_; }

 private:
  static double units(std::int64_t ticks) { return static_cast<double>(ticks) / kTicksPerUnit; }

  ClassicEstimators estimators_;
  std::vector<std::array<double, kEstimators>> told_;  // by place
  double les_ = 0;
  double rcs_ = 0;
  std::int64_t latest_finished_ = 0;  // when that one had arrived
  EstimatorErrors errors_;
};

}  // namespace

std::array<double, kEstimators> ClassicEstimators::estimate(const LineSeen& seen) {
  const double capacity = facts_.windows * facts_.rate;
  const double ql = (seen.ahead + 1) / capacity;
  return {ql,
          facts_.patience_rate > 0 ? qlm(static_cast<std::size_t>(seen.ahead)) : ql,
          seen.les,
          seen.hol,
          seen.ahead == 0 ? ql : (facts_.arrivals * seen.hol + 2) / capacity,
          seen.rcs,
          facts_.mean_wait};
}

double ClassicEstimators::qlm(std::size_t ahead) {
  while (qlm_.size() <= ahead) {
    const double leaving = static_cast<double>(qlm_.size()) * facts_.patience_rate;
    const double step = 1 / (facts_.windows * facts_.rate + leaving);
    qlm_.push_back((qlm_.empty() ? 0 : qlm_.back()) + step);
  }
  return qlm_[ahead];
}

EstimatorErrors measure_estimators(const StationModel& model, const StationFacts& facts,
                                   std::uint64_t seed, std::uint64_t replication) {
  ErrorWatcher watcher(facts);
  auto totals = Station(model, watcher).run(seed, replication);
  EstimatorErrors errors = watcher.errors();
  errors.totals = std::move(totals);
  return errors;
}

}  // namespace matanai::queue
