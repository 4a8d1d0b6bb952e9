#include "server/queue/plan/record_check.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <functional>

#include "server/queue/day/visit_figures.hpp"

namespace matanai::queue {
namespace {

constexpr std::int64_t kFewest = 30;
constexpr std::size_t kFolds = 5;
constexpr double kNormal95 = 1.96;
constexpr std::size_t kHours = 24;

bool is_near(double twin, double recorded) {
  return std::abs(twin - recorded) <= std::max(1.5, 0.1 * recorded);
}

// A window that closed after the last visitor had come closed because the day was over: on another
// day it would have gone on, so it ends with the last of them.
std::vector<WindowModel> windows_to_the_end(const RecordedDay& day) {
  auto windows = day.windows;
  Instant last_arrival{};
  for (const Visit& visit : day.visits) last_arrival = std::max(last_arrival, visit.arrival);
  Instant end{};
  for (const WindowModel& window : windows)
    if (!window.open.empty()) end = std::max(end, window.open.back().until);
  for (WindowModel& window : windows)
    if (!window.open.empty() && window.open.back().until >= last_arrival)
      window.open.back().until = end;
  return windows;
}

// The waits of `days`, simulated; `first` is the number of the first of them, for its luck.
VisitFigures twin_of(const DayModel& model, std::span<const RecordedDay> days, std::uint64_t first,
                     const CheckEffort& effort, const Workers& workers) {
  std::vector<VisitFigures> parts(days.size());
  workers(days.size(), [&](std::size_t i) {
    OfficeDay office_day(model.office, model.demand, model.rules);
    const auto windows = windows_to_the_end(days[i]);
    for (std::uint64_t round = 0; round < effort.rounds; ++round)
      parts[i].add(
          office_day.run(windows, effort.seed, (first + i) * effort.rounds + round, days[i].kind),
          model.closing);
  });
  VisitFigures twin;
  for (const VisitFigures& part : parts) twin.add(part);
  return twin;
}

// First waits of a day, by hour.
using Hours = std::array<std::vector<Millis>, kHours>;

// Standard error of the share of waits up to `quantile`, over days whose people wait together.
double share_error(std::span<const Hours> days, std::size_t hour, Millis quantile) {
  double all = 0;
  double within = 0;
  std::vector<std::pair<double, double>> counts;  // of a day: all, within
  for (const Hours& day : days) {
    const auto& waits = day[hour];
    counts.emplace_back(
        waits.size(), std::ranges::count_if(waits, [&](Millis wait) { return wait <= quantile; }));
    all += counts.back().first;
    within += counts.back().second;
  }
  double squares = 0;
  for (const auto& [count, short_ones] : counts)
    squares += std::pow(short_ones - count * within / all, 2);
  const auto n = static_cast<double>(days.size());
  return std::sqrt(squares * n / std::max(1.0, n - 1)) / all;
}

QuantileFit quantile_fit(std::span<const Hours> days, std::size_t hour, const Waits& recorded,
                         const Waits& twin, double p) {
  const double quantile = recorded.quantile_minutes(p);
  const double error = kNormal95 * share_error(days, hour, Millis(std::llround(quantile * 60000)));
  return {quantile, recorded.quantile_minutes(std::max(0.0, p - error)),
          recorded.quantile_minutes(std::min(1.0, p + error)), twin.quantile_minutes(p)};
}

std::vector<HourFit> hours_of(std::span<const RecordedDay> days, const VisitFigures& twin) {
  std::vector<Hours> by_day(days.size());
  VisitFigures recorded;
  for (std::size_t i = 0; i < days.size(); ++i) {
    recorded.add({days[i].visits, Instant{}}, Instant{});
    for (const Visit& visit : days[i].visits)
      if (visit.stop == 0 && visit.called != kNever)
        by_day[i][hour_of(visit)].push_back(visit.wait());
  }
  std::vector<HourFit> hours;
  for (std::size_t hour = 0; hour < kHours; ++hour) {
    const Waits& seen = recorded.by_hour[hour];
    if (seen.count() < kFewest) continue;
    hours.push_back({static_cast<int>(hour), seen.count(),
                     quantile_fit(by_day, hour, seen, twin.by_hour[hour], 0.5),
                     quantile_fit(by_day, hour, seen, twin.by_hour[hour], 0.9)});
  }
  return hours;
}

// All but [from, until), those nearest to it last, as the latest come last in a record.
std::vector<RecordedDay> others(std::span<const RecordedDay> days, std::size_t from,
                                std::size_t until) {
  std::vector<std::pair<std::size_t, std::size_t>> order;  // distance, day
  for (std::size_t i = 0; i < days.size(); ++i)
    if (i < from || i >= until) order.emplace_back(i < from ? from - i : i + 1 - until, i);
  std::ranges::sort(order, std::greater<>());
  std::vector<RecordedDay> rest;
  for (const auto& [distance, day] : order) rest.push_back(days[day]);
  return rest;
}

}  // namespace

bool QuantileFit::is_close() const { return is_near(twin, recorded); }
bool QuantileFit::may_be_chance() const {
  return !is_close() && is_near(twin, std::clamp(twin, low, high));
}

std::vector<HourFit> compare_with_record(const DayModel& model, std::span<const RecordedDay> days,
                                         const CheckEffort& effort, const Workers& workers) {
  return hours_of(days, twin_of(model, days, 0, effort, workers));
}

std::vector<HourFit> cross_check(const OfficeModel& office, std::span<const RecordedDay> days,
                                 const CheckEffort& effort, const Workers& workers) {
  const std::size_t folds = std::min(kFolds, days.size());
  VisitFigures twin;
  for (std::size_t fold = 0; fold < folds; ++fold) {
    const std::size_t from = fold * days.size() / folds;
    const std::size_t until = (fold + 1) * days.size() / folds;
    const DayModel model = calibrate(office, others(days, from, until));
    twin.add(twin_of(model, days.subspan(from, until - from), from, effort, workers));
  }
  return hours_of(days, twin);
}

}  // namespace matanai::queue
