#include "server/queue/plan/trial.hpp"

#include <algorithm>
#include <iterator>

namespace matanai::queue {
namespace {
constexpr std::uint64_t kDaysAPart = 50;

void add_day(InTime& counts, const OfficeModel& office, const DayRecord& record, Minutes within) {
  std::array<double, 24> people{}, in_time{};
  std::vector<double> group_people(counts.groups.size()), group_in_time(counts.groups.size());
  for (const Visit& visit : record.visits) {
    if (visit.stop > 0) continue;
    const Instant since = visit.slot == kNever ? visit.arrival : visit.slot;
    const std::size_t hour = quarter_of(since) / 4;
    const std::size_t group = office.services[visit.service].group;
    const bool is_in_time = visit.called != kNever && visit.wait() <= within;
    ++people[hour];
    ++group_people[group];
    if (is_in_time) {
      ++in_time[hour];
      ++group_in_time[group];
    } else {
      ++counts.late[group][hour];
    }
  }
  for (std::size_t h = 0; h < 24; ++h) counts.hours[h].add_day(people[h], in_time[h]);
  for (std::size_t g = 0; g < counts.groups.size(); ++g)
    counts.groups[g].add_day(group_people[g], group_in_time[g]);
}

std::vector<WindowModel> all_windows(const KindCounts& counts,
                                     const std::vector<WindowKind>& kinds) {
  std::vector<WindowModel> windows;
  for (std::size_t k = 0; k < kinds.size(); ++k)
    std::ranges::move(windows_of(counts[k], kinds[k].groups, static_cast<int>(k) + 1),
                      std::back_inserter(windows));
  return windows;
}

}  // namespace

void InTime::add(const InTime& other) {
  for (std::size_t h = 0; h < 24; ++h) hours[h].add(other.hours[h]);
  for (std::size_t g = 0; g < groups.size(); ++g) {
    groups[g].add(other.groups[g]);
    for (std::size_t h = 0; h < 24; ++h) late[g][h] += other.late[g][h];
  }
}

std::size_t InTime::worst_hour() const {
  return static_cast<std::size_t>(std::ranges::min_element(hours, {}, &DayShare::share) -
                                  hours.begin());
}

InTime::Part InTime::worst() const {
  Part worst{false, worst_hour()};
  for (std::size_t g = 0; g < groups.size(); ++g)
    if (groups[g].share() < share(worst)) worst = {true, g};
  return worst;
}

double InTime::share(const Part& part) const {
  return part.is_group ? groups[part.index].share() : hours[part.index].share();
}

double InTime::share_of_all() const {
  DayShare all;
  for (const DayShare& hour : hours) all.add(hour);
  return all.share();
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

InTime Trial::run(const KindCounts& counts) {
  const auto windows = all_windows(counts, request_->kinds);
  const InTime none(request_->office.groups.size());
  std::vector<InTime> results(parts_.size(), none);
  (*workers_)(parts_.size(), [&](std::size_t p) {
    Part& part = parts_[p];
    for (std::uint64_t i = 0; i < part.days.size(); ++i)
      add_day(results[p], request_->office,
              part.office_day->run(windows, part.days[i], seed_, part.first + i), request_->within);
  });
  InTime all = none;
  for (const InTime& result : results) all.add(result);
  return all;
}

}  // namespace matanai::queue
