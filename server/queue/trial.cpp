#include "server/queue/trial.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace matanai::queue {
namespace {
constexpr std::uint64_t kDaysAPart = 50;

void add_day(HourCounts& counts, const DayRecord& record, Minutes within) {
  std::array<double, 24> people{};
  std::array<double, 24> in_time{};
  for (const Visit& visit : record.visits) {
    if (visit.stop > 0) continue;
    const Instant since = visit.slot == kNever ? visit.arrival : visit.slot;
    const std::size_t hour = quarter_of(since) / 4;
    ++people[hour];
    if (visit.called != kNever && visit.wait() <= within) ++in_time[hour];
  }
  for (std::size_t h = 0; h < 24; ++h) {
    counts.people[h] += people[h];
    counts.in_time[h] += in_time[h];
    counts.people_squared[h] += people[h] * people[h];
    counts.in_time_squared[h] += in_time[h] * in_time[h];
    counts.product[h] += people[h] * in_time[h];
  }
}

}  // namespace

void HourCounts::add(const HourCounts& other) {
  for (std::size_t h = 0; h < 24; ++h) {
    people[h] += other.people[h];
    in_time[h] += other.in_time[h];
    people_squared[h] += other.people_squared[h];
    in_time_squared[h] += other.in_time_squared[h];
    product[h] += other.product[h];
  }
}

double HourCounts::share(int hour) const {
  const auto h = static_cast<std::size_t>(hour);
  return people[h] > 0 ? in_time[h] / people[h] : 1;
}

// Of a ratio estimator over days: √Σ (in time − share × people)² / Σ people; Cochran, "Sampling
// Techniques", 3rd edition 1977, §6.4.
double HourCounts::standard_error(int hour) const {
  const auto h = static_cast<std::size_t>(hour);
  if (people[h] <= 0) return 0;
  const double r = share(hour);
  const double squares = in_time_squared[h] - 2 * r * product[h] + r * r * people_squared[h];
  return std::sqrt(std::max(0.0, squares)) / people[h];
}

int HourCounts::worst_hour() const {
  int worst = 0;
  for (int hour = 1; hour < 24; ++hour)
    if (share(hour) < share(worst)) worst = hour;
  return worst;
}

double HourCounts::worst_share() const { return share(worst_hour()); }

double HourCounts::share_of_all() const {
  const double all = std::accumulate(people.begin(), people.end(), 0.0);
  return all > 0 ? std::accumulate(in_time.begin(), in_time.end(), 0.0) / all : 1;
}

Trial::Trial(const PlanRequest& request, const DemandModel& demand, std::uint64_t seed,
             std::uint64_t days, const Workers& workers)
    : request_(&request), workers_(&workers), seed_(seed) {
  parts_.resize((days + kDaysAPart - 1) / kDaysAPart);
  workers(parts_.size(), [&](std::size_t p) {
    Part& part = parts_[p];
    part.first = p * kDaysAPart;
    part.office_day = std::make_unique<OfficeDay>(request.office, demand, request.rules);
    part.days.resize(std::min(kDaysAPart, days - part.first));
    for (std::uint64_t i = 0; i < part.days.size(); ++i)
      part.office_day->arrivals().draw(seed, part.first + i, request.kind, part.days[i]);
  });
}

HourCounts Trial::run(const WindowCounts& counts) {
  const auto windows = windows_of(counts, request_->groups);
  std::vector<HourCounts> results(parts_.size());
  (*workers_)(parts_.size(), [&](std::size_t p) {
    Part& part = parts_[p];
    for (std::uint64_t i = 0; i < part.days.size(); ++i)
      add_day(results[p], part.office_day->run(windows, part.days[i], seed_, part.first + i),
              request_->within);
  });
  HourCounts all;
  for (const HourCounts& result : results) all.add(result);
  return all;
}

}  // namespace matanai::queue
