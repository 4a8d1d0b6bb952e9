#include "server/queue/score/estimate_trial.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <stdexcept>
#include <string>

#include "server/queue/estimate/futures.hpp"
#include "server/queue/estimate/learning.hpp"
#include "server/queue/estimate/promise.hpp"
#include "server/queue/estimate/refinement.hpp"

namespace matanai::queue {
namespace {

// Days learned from are not the days tested, and no estimate shares its luck with them or another.
constexpr std::uint64_t kLearningSeed = 0x1EA2;
constexpr std::uint64_t kOursSeed = 0x0125;
constexpr std::uint64_t kLearnedSeed = 0x1EA4;
constexpr std::uint64_t kLimitSeed = 0x11417;
constexpr Minutes kWasInLine{1};  // whoever waited longer was not called into an empty hall
constexpr Minutes kLunchFrom{11 * 60};
constexpr Minutes kLunchUntil{14 * 60};

double minutes(Millis time) { return static_cast<double>(time.count()) / 60000; }

struct Guess {
  double mean = 0;
  Range range;
};

struct Told {
  std::size_t visit = 0;
  std::size_t hour = 0;
  int ahead = 0;
  bool is_reserved = false;
  Guess known;
  bool is_compared = false;  // with those that follow
  Guess learned;
  RecordedWait recorded;
  double limit = 0, limit_variance = 0, product = 0;
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

double open_windows(const FloorNow& floor, std::uint16_t group) {
  const auto count = std::ranges::count_if(
      floor.windows, [&](const WindowNow& at) { return is_open_for(at.window, group, floor.now); });
  return static_cast<double>(std::max<std::ptrdiff_t>(1, count));
}

// LES: the wait of whoever was called last before this arrival; before the first call 0.
double last_wait(std::span<const Visit> visits, Instant before) {
  Instant latest = Instant(Millis(-1));
  double wait = 0;
  for (const auto& visit : visits) {
    if (visit.called == kNever || visit.called > before || visit.called < latest) continue;
    latest = visit.called;
    wait = minutes(visit.called - visit.arrival);
  }
  return wait;
}

// Mean square deviation of the futures in which there is a call, minutes².
double variance_of(std::span<const std::int32_t> calls, double mean) {
  double squares = 0;
  double count = 0;
  for (const std::int32_t call : calls) {
    if (call == FutureFloor::kNotCalled) continue;
    const double off = minutes(Millis(call)) - mean;
    squares += off * off;
    ++count;
  }
  return count > 0 ? squares / count : 0;
}

// One day's counts of what a Coverage adds up.
class DayCoverage {
 public:
  void see(const Told& told, const Guess& guess, double wait) {
    if (guess.range.width() <= 0) return;
    const std::size_t parts[] = {0, kHours + told.hour, kAheads + bucket_of(told.ahead),
                                 kKinds + (told.is_reserved ? 1 : 0)};
    for (const std::size_t part : parts) {
      ++people_[part];
      if (guess.range.holds(wait)) ++held_[part];
    }
  }
  // And starts the next day.
  void add_to(Coverage& coverage) {
    const auto add = [&](DayShare& share, std::size_t part) {
      share.add_day(people_[part], held_[part]);
    };
    const auto add_all = [&](auto& shares, std::size_t first) {
      for (std::size_t i = 0; i < shares.size(); ++i) add(shares[i], first + i);
    };
    add(coverage.all, 0);
    add_all(coverage.by_hour, kHours);
    add_all(coverage.by_ahead, kAheads);
    add_all(coverage.by_kind, kKinds);
    people_ = held_ = {};
  }

 private:
  static constexpr std::size_t kHours = 1, kAheads = kHours + 24, kKinds = kAheads + kBuckets;
  std::array<double, kKinds + 2> people_{}, held_{};
};

class Trial {
 public:
  Trial(const DayModel& model, const TrialOptions& options)
      : model_(model),
        options_(options),
        learned_office_(learned_model(model, options)),
        known_(model.office, options.seed ^ kOursSeed),
        learned_(learned_office_, options.seed ^ kLearnedSeed),
        limit_(model.office, options.seed ^ kLimitSeed, options.limit_futures) {
    Arrivals arrivals(model.office, model.demand);
    mean_service_ = arrivals.mean_service();
    for (int number = 0; number < options.learned_days; ++number)
      live(options.seed ^ kLearningSeed, number, false);
  }

  void day(int number) { live(options_.seed, options_.learned_days + number, true); }

  TrialResult result() const {
    TrialResult result;
    result.ours = ours_by_;
    result.learned = learned_by_;
    const auto n = static_cast<double>(std::max<std::size_t>(1, limit_sum_.count()));
    result.limit_spread = std::sqrt(limit_variance_ / n);
    result.score = {ours_.count(),
                    {{"ours", ours_.result()},
                     {"learned", learned_sum_.result()},
                     {"limit", limit_sum_.result()},
                     {"product", product_.result()},
                     {"les", last_.result()}}};
    return result;
  }

 private:
  // A day, and the night after it, which learns from what was told.
  void live(std::uint64_t seed, int number, bool is_tested) {
    told_.clear();
    is_tested_ = is_tested;
    const OfficeDay* today = nullptr;
    OfficeDay day(model_.office, model_.demand, model_.rules,
                  [&](const FloorNow& floor, std::uint16_t group, const Person& newcomer) {
                    return tell(floor, group, newcomer, today->so_far().visits);
                  });
    today = &day;
    const auto& record = day.run(model_.windows, seed, static_cast<std::uint64_t>(number));
    learn(number, record.visits);
    if (!is_tested) return;
    for (const auto& told : told_) add(told, record.visits);
    ours_today_.add_to(ours_by_);
    learned_today_.add_to(learned_by_);
  }

  void learn(int number, std::span<const Visit> visits) {
    std::vector<std::pair<Instant, RecordedWait>> of_day;
    for (auto& told : told_) {
      const Visit& visit = visits[told.visit];
      if (!told.is_compared || visit.called == kNever) continue;
      told.recorded.day = number;
      told.recorded.wait = minutes(visit.called - visit.arrival);
      of_day.emplace_back(visit.called, told.recorded);
    }
    std::ranges::sort(of_day, {}, &std::pair<Instant, RecordedWait>::first);
    std::erase_if(record_, [&](const RecordedWait& wait) {
      return wait.day < number - static_cast<int>(Refinement::kRecord.count());
    });
    for (const auto& [called, wait] : of_day) record_.push_back(wait);
    refinement_ = Refinement(record_);
  }

  // Whoever meets a free window is called at once and needs no promise.
  Instant tell(const FloorNow& floor, std::uint16_t group, const Person& newcomer,
               std::span<const Visit> so_far) {
    if (has_free_window(floor, group)) return kNever;
    FloorNow seen = floor;
    seen.lines[group].insert(newcomer);
    set_walk_ins(seen);
    const auto known = forecast(known_, seen, newcomer.id);
    const auto promise = promise_of(known.wait, floor.now, {});
    const bool is_promised = model_.office.policies[group].rules().has_guarantees;
    const Instant latest = is_promised && promise ? promise->latest : kNever;
    if (!promise) return latest;
    Told told;
    told.visit = static_cast<std::size_t>(newcomer.id);
    told.hour = quarter_of(floor.now) / 4;
    told.ahead = known.people_ahead;
    told.is_reserved = newcomer.has_slot();
    told.known = guess_of(known.wait);
    told.product = (known.people_ahead + 1) * mean_service_ / open_windows(floor, group);
    if (++asked_ % options_.every == 0) compare(seen, newcomer, so_far, told);
    told_.push_back(told);
    return latest;
  }

  void compare(const FloorNow& floor, const Person& newcomer, std::span<const Visit> so_far,
               Told& told) {
    FloorNow as_learned = floor;
    as_learned.pace = pace_of(so_far, floor.now);
    as_learned.walk_ins_per_hour.clear();  // the product does not learn them
    const auto physics = forecast(learned_, as_learned, newcomer.id).wait;
    if (!physics.q90) return;
    told.is_compared = true;
    const auto refined = refinement_.refine(physics, newcomer.has_slot());
    told.learned = guess_of(refined.wait);
    told.recorded = recorded_of(physics, newcomer.has_slot());
    if (refined.model != kPhysicsModel) told.recorded.steered = told.learned.range;
    if (is_tested_) ask_limit(floor, newcomer.id, told);
  }

  static RecordedWait recorded_of(const WaitForecast& physics, bool has_slot) {
    RecordedWait recorded;
    recorded.kind = kind_of(is_soon(physics), has_slot);
    recorded.q10 = minutes(*physics.q10);
    recorded.q50 = minutes(*physics.q50);
    recorded.q90 = minutes(*physics.q90);
    return recorded;
  }

  void ask_limit(const FloorNow& floor, std::int64_t id, Told& told) {
    const auto all = limit_.look(floor);
    const auto& own = found(all, id);
    told.limit = minutes(own.wait.mean.value_or(Millis(0)));
    told.limit_variance = variance_of(
        limit_.calls_of(static_cast<std::size_t>(&own - all.waiting.data())), told.limit);
  }

  static Guess guess_of(const WaitForecast& wait) {
    return {minutes(*wait.mean), {minutes(*wait.q10), minutes(*wait.q90)}};
  }
  static const PersonForecast& found(const FloorForecast& forecast, std::int64_t id) {
    return *std::ranges::find(forecast.waiting, id, &PersonForecast::id);
  }
  static PersonForecast forecast(Futures& futures, const FloorNow& floor, std::int64_t id) {
    return found(futures.look(floor), id);
  }

  // The true rates of this quarter hour.
  void set_walk_ins(FloorNow& floor) const {
    const auto& demand = model_.demand;
    const double shares = std::accumulate(demand.profile.begin(), demand.profile.end(), 0.0);
    const double mix = std::accumulate(demand.mix.begin(), demand.mix.end(), 0.0);
    const double rate = demand.walk_ins * demand.profile[quarter_of(floor.now)] / shares * 4;
    floor.walk_ins_per_hour.clear();
    for (const double share : demand.mix) floor.walk_ins_per_hour.push_back(rate * share / mix);
  }

  // As the product learns it.
  double pace_of(std::span<const Visit> visits, Instant now) const {
    Pace pace;
    for (const Visit& visit : visits)
      if (visit.finished != kNever && visit.finished <= now)
        pace.add(visit.finished - visit.started, learned_office_.services[visit.service].time,
                 visit.called - visit.arrival > kWasInLine);
    return pace.value();
  }

  void add(const Told& told, std::span<const Visit> visits) {
    const Visit& visit = visits[told.visit];
    if (visit.called == kNever) return;
    const double wait = minutes(visit.called - visit.arrival);
    ours_today_.see(told, told.known, wait);
    if (!told.is_compared) return;
    ours_.add(told.known.mean, told.known.range, wait);
    learned_sum_.add(told.learned.mean, told.learned.range, wait);
    learned_today_.see(told, told.learned, wait);
    limit_sum_.add(told.limit, wait);
    limit_variance_ += told.limit_variance;
    product_.add(told.product, wait);
    last_.add(last_wait(visits, visit.arrival), wait);
  }

  const DayModel& model_;
  const TrialOptions& options_;
  OfficeModel learned_office_;
  Futures known_, learned_, limit_;
  double mean_service_ = 0;
  Refinement refinement_;
  std::vector<RecordedWait> record_;
  bool is_tested_ = false;
  int asked_ = 0;
  std::vector<Told> told_;
  AccuracySum ours_, learned_sum_, limit_sum_, product_, last_;
  double limit_variance_ = 0;
  DayCoverage ours_today_, learned_today_;
  Coverage ours_by_, learned_by_;
};

// A third of the windows is away at lunch, in turns.
WindowCounts with_lunch_break(WindowCounts counts) {
  for (auto q = static_cast<std::size_t>(kLunchFrom / kQuarter);
       q < static_cast<std::size_t>(kLunchUntil / kQuarter); ++q)
    counts[q] = static_cast<std::uint16_t>((counts[q] * 2 + 2) / 3);
  return counts;
}

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

TrialRules bare_first_come() {
  TrialRules rules{"first come, no reservations", {}, 0, Millis(0), 0, false};
  rules.rules.rule = CallRule::first_come;
  rules.rules.has_guarantees = false;
  return rules;
}

TrialRules product_default() {
  return {"slack with guarantees, 40 % reserved, ways, breaks", {}, 0.4, Millis(30000), 0.5, true};
}

DayModel trial_day(const TrialWard& ward, const TrialRules& rules) {
  WardOptions options;
  options.visitors = ward.visitors;
  options.reserved_share = rules.reserved_share;
  options.is_shaped = ward.windows == 0;
  options.windows = ward.windows;
  options.rules = rules.rules;
  DayModel model = ward_day(options);
  model.office.way = rules.way;
  model.demand.way_cv = rules.way_cv;
  if (rules.has_lunch_break && !options.is_shaped)
    model.windows = windows_of(with_lunch_break(ward_counts(options)), {0});
  return model;
}

}  // namespace matanai::queue
