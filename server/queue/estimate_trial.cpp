#include "server/queue/estimate_trial.hpp"

#include <algorithm>
#include <optional>
#include <stdexcept>
#include <string>

#include "server/queue/futures.hpp"
#include "server/queue/learning.hpp"

namespace matanai::queue {
namespace {

constexpr std::uint64_t kLearningSeed = 0x1EA2;  // days learned from are not the days tested

double minutes(Millis time) { return static_cast<double>(time.count()) / 60000; }

struct Told {
  std::size_t visit = 0;
  int hour = 0;
  int ahead = 0;
  double known = 0, learned = 0, limit = 0, product = 0, last = 0;
  Range range, learned_range;
};

OfficeModel learned_model(const DayModel& model, const TrialOptions& options) {
  std::vector<ServiceLearner> learners;
  for (const auto& service : model.office.services)
    learners.emplace_back(
        ServiceTime{service.time.mean_minutes * options.prior_factor, service.time.cv});
  OfficeDay day(model.office, model.demand, model.rules);
  for (int d = 0; d < options.learned_days; ++d) {
    const auto& record =
        day.run(model.windows, options.seed ^ kLearningSeed, static_cast<std::uint64_t>(d));
    for (const auto& visit : record.visits)
      if (visit.finished != kNever) learners[visit.service].add(visit.finished - visit.started);
    for (auto& learner : learners) learner.forget_a_day();
  }
  OfficeModel learned = model.office;
  for (std::size_t i = 0; i < learners.size(); ++i) learned.services[i].time = learners[i].time();
  return learned;
}

class Trial {
 public:
  Trial(const DayModel& model, const TrialOptions& options)
      : model_(model),
        options_(options),
        known_(model.office, options.seed),
        learned_(learned_model(model, options), options.seed),
        limit_(model.office, options.seed + 1, options.limit_futures) {
    Arrivals arrivals(model.office, model.demand);
    mean_service_ = arrivals.mean_service();
  }

  void day(int number) {
    told_.clear();
    OfficeDay day(model_.office, model_.demand, model_.rules,
                  [this](const FloorNow& floor, std::uint16_t group, const Person& newcomer) {
                    tell(floor, group, newcomer);
                    return kNever;
                  });
    const auto& record = day.run(model_.windows, options_.seed, static_cast<std::uint64_t>(number));
    for (const auto& told : told_) add(told, record.visits);
  }

  TrialResult result() const {
    TrialResult result;
    result.by_hour = by_hour_;
    result.by_ahead = by_ahead_;
    result.score = {ours_.count(),
                    {{"ours", ours_.result()},
                     {"learned", learned_sum_.result()},
                     {"limit", limit_sum_.result()},
                     {"product", product_.result()},
                     {"les", last_.result()}}};
    return result;
  }

 private:
  void tell(const FloorNow& floor, std::uint16_t group, const Person& newcomer) {
    if (newcomer.has_slot() || !must_wait(floor, group)) return;
    const auto known = forecast(known_, floor, newcomer.service);
    const auto learned = forecast(learned_, floor, newcomer.service);
    if (!known.wait.mean || !known.wait.q90 || !learned.wait.q90) return;
    Told told;
    told.visit = static_cast<std::size_t>(newcomer.id);
    told.hour = static_cast<int>(floor.now.time_since_epoch() / std::chrono::hours(1)) % 24;
    told.ahead = known.people_ahead;
    told.known = minutes(*known.wait.mean);
    told.range = {minutes(*known.wait.q10), minutes(*known.wait.q90)};
    told.learned = minutes(*learned.wait.mean);
    told.learned_range = {minutes(*learned.wait.q10), minutes(*learned.wait.q90)};
    told.limit = minutes(*forecast(limit_, floor, newcomer.service).wait.mean);
    told.product = (known.people_ahead + 1) * mean_service_ / open_windows(floor, group);
    told_.push_back(told);
  }

  static NewcomerForecast forecast(Futures& futures, const FloorNow& floor, std::uint16_t service) {
    return futures.look(floor).newcomers[service];
  }
  static bool is_open(const WindowNow& window, std::uint16_t group, Instant now) {
    return std::ranges::find(window.window.groups, group) != window.window.groups.end() &&
           std::ranges::any_of(window.window.open, [&](const Interval& open) {
             return open.from <= now && now < open.until;
           });
  }
  static bool must_wait(const FloorNow& floor, std::uint16_t group) {
    return std::ranges::none_of(floor.windows, [&](const WindowNow& window) {
      return !window.is_busy && is_open(window, group, floor.now);
    });
  }
  static double open_windows(const FloorNow& floor, std::uint16_t group) {
    const auto count = std::ranges::count_if(
        floor.windows, [&](const WindowNow& window) { return is_open(window, group, floor.now); });
    return static_cast<double>(std::max<std::ptrdiff_t>(1, count));
  }

  // LES: the wait of whoever was called last before this arrival; before the first call 0.
  static double last_wait(std::span<const Visit> visits, Instant before) {
    Instant latest = Instant(Millis(-1));
    double wait = 0;
    for (const auto& visit : visits) {
      if (visit.called == kNever || visit.called > before || visit.called < latest) continue;
      latest = visit.called;
      wait = minutes(visit.called - visit.arrival);
    }
    return wait;
  }

  void add(const Told& told, std::span<const Visit> visits) {
    const Visit& visit = visits[told.visit];
    if (visit.called == kNever) return;
    const double wait = minutes(visit.called - visit.arrival);
    ours_.add(told.known, told.range, wait);
    learned_sum_.add(told.learned, told.learned_range, wait);
    limit_sum_.add(told.limit, wait);
    product_.add(told.product, wait);
    last_.add(last_wait(visits, visit.arrival), wait);
    by_hour_[static_cast<std::size_t>(told.hour)].add(told.known, told.range, wait);
    by_ahead_[bucket_of(told.ahead)].add(told.known, told.range, wait);
  }

  const DayModel& model_;
  const TrialOptions& options_;
  Futures known_, learned_, limit_;
  double mean_service_ = 0;
  std::vector<Told> told_;
  AccuracySum ours_, learned_sum_, limit_sum_, product_, last_;
  std::array<AccuracySum, 24> by_hour_;
  std::array<AccuracySum, kBuckets> by_ahead_;
};

}  // namespace

const Accuracy& TrialResult::of(std::string_view name) const {
  const auto found = std::ranges::find(score.estimators, name, &NamedAccuracy::name);
  if (found == score.estimators.end()) throw std::out_of_range(std::string(name));
  return found->accuracy;
}

TrialResult try_estimates(const DayModel& model, const TrialOptions& options,
                          const std::function<void(int)>& told_day) {
  Trial trial(model, options);
  for (int day = 0; day < options.days; ++day) {
    trial.day(day);
    if (told_day) told_day(day + 1);
  }
  return trial.result();
}

DayModel trial_day(const TrialWard& ward) {
  WardOptions options;
  options.visitors = ward.visitors;
  options.reserved_share = 0;
  options.is_shaped = false;
  options.windows = ward.windows;
  options.rules.rule = CallRule::first_come;
  options.rules.has_guarantees = false;
  return ward_day(options);
}

}  // namespace matanai::queue
