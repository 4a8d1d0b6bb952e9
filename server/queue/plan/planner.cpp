#include "server/queue/plan/planner.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "server/queue/formulas/erlang.hpp"
#include "server/queue/formulas/offered_load.hpp"
#include "server/queue/plan/arrival_range.hpp"
#include "server/queue/plan/plan_search.hpp"

namespace matanai::queue {
namespace {

constexpr double kMargin = 0.006;  // the search asks for so much more than the target
constexpr std::uint64_t kMostChecks = 5;

struct Expected {
  Quarters walk_ins{};
  Quarters all{};  // with reservations that come
  double mean_service = 0;
};

Expected expected_of(const OfficeModel& office, const DemandModel& demand, const DayKind& kind) {
  Expected expected;
  const auto arrivals = expected_arrivals(demand, kind);
  expected.walk_ins = arrivals.walk_ins;
  for (std::size_t q = 0; q < kQuarters; ++q)
    expected.all[q] = arrivals.walk_ins[q] + arrivals.reserved[q];
  expected.mean_service = Arrivals(office, demand).mean_service();
  return expected;
}

WindowCounts within_slots(const PlanRequest& request, const WindowCounts& counts) {
  WindowCounts open{};
  for (std::size_t q = request.first_slot; q <= request.last_slot; ++q) open[q] = counts[q];
  return open;
}

// Reservations in the slots that the windows have time for: at most what is offered.
Quarters place(const PlanRequest& request, const WindowCounts& counts, const Expected& expected) {
  const WindowCounts open = within_slots(request, counts);
  Quarters slots = slots_to_offer(open, expected.walk_ins, expected.mean_service,
                                  request.demand.no_show, request.planned_use);
  const double offered = std::accumulate(slots.begin(), slots.end(), 0.0);
  if (offered <= request.reservations)
    return book_spare_capacity(open, expected.walk_ins, expected.mean_service,
                               request.reservations);
  for (double& slot : slots) slot *= request.reservations / offered;
  return slots;
}

PlannedShare planned_share(std::size_t of, const DayShare& share, const PlanRequest& request) {
  return {static_cast<int>(of), share.people() / static_cast<double>(request.check_days),
          share.share(), share.standard_error()};
}

void check(Plan& plan, const PlanRequest& request, const InTime& counts) {
  plan.hours.clear();
  plan.groups.clear();
  for (std::size_t hour = 0; hour < 24; ++hour)
    if (counts.hours[hour].people() > 0)
      plan.hours.push_back(planned_share(hour, counts.hours[hour], request));
  for (std::size_t group = 0; group < counts.groups.size(); ++group)
    if (counts.groups[group].people() > 0)
      plan.groups.push_back(planned_share(group, counts.groups[group], request));
  if (!plan.hours.empty())
    plan.worst = *std::ranges::min_element(plan.hours, {}, &PlannedShare::share);
  plan.all_within = counts.share_of_all();
  plan.is_met = counts.worst_share() >= request.share;
}

// Which part of a service's visitors each kind has to serve: its group's, shared out evenly.
double part_of(const PlanRequest& request, const WindowKind& kind, std::uint16_t group) {
  const auto serves = [&](const WindowKind& any) {
    return std::ranges::find(any.groups, group) != any.groups.end();
  };
  if (!serves(kind)) return 0;
  return 1 / static_cast<double>(std::ranges::count_if(request.kinds, serves));
}

WindowCounts start_of(const PlanRequest& request, const Expected& expected,
                      const WindowKind& kind) {
  WindowCounts counts{};
  const auto& services = request.office.services;
  const double mix = std::accumulate(request.demand.mix.begin(), request.demand.mix.end(), 0.0);
  std::vector<double> shares;  // of all visitors
  double share = 0, work = 0;
  for (std::size_t s = 0; s < services.size(); ++s) {
    shares.push_back(request.demand.mix[s] / mix * part_of(request, kind, services[s].group));
    share += shares[s];
    work += shares[s] * services[s].time.mean_minutes;
  }
  if (share <= 0) return counts;
  const double rate = share / work;
  for (std::size_t q = request.opens; q < request.closes; ++q) {
    double load = 0;
    for (std::size_t s = 0; s < services.size(); ++s) {
      if (shares[s] <= 0) continue;
      Quarters rates = expected.all;
      for (double& people : rates) people *= shares[s] / double{kQuarter.count()};
      load += offered_load(rates, double{kQuarter.count()}, services[s].time,
                           (static_cast<double>(q) + 0.5) * double{kQuarter.count()});
    }
    const int windows = windows_for_target(
        load * rate, rate, static_cast<double>(request.within.count()), 1 - request.share);
    counts[q] = static_cast<std::uint16_t>(std::clamp(windows, request.fewest, request.most));
  }
  return counts;
}

}  // namespace

Quarters slots_to_offer(const WindowCounts& counts, const Quarters& walk_ins, double mean_service,
                        double no_show, double planned_use) {
  Quarters slots{};
  for (std::size_t q = 0; q < kQuarters; ++q) {
    const double spare =
        planned_use * counts[q] * double{kQuarter.count()} - walk_ins[q] * mean_service;
    slots[q] = std::max(0.0, std::floor(spare / (mean_service * (1 - no_show))));
  }
  return slots;
}

std::vector<WindowKind> kinds_of(const std::vector<WindowModel>& windows) {
  std::vector<WindowKind> kinds;
  for (const WindowModel& window : windows)
    if (std::ranges::find(kinds, window.groups, &WindowKind::groups) == kinds.end())
      kinds.push_back({window.groups});
  return kinds;
}

WindowCounts sum_of(const KindCounts& counts) {
  WindowCounts sum{};
  for (const WindowCounts& kind : counts)
    for (std::size_t q = 0; q < kQuarters; ++q)
      sum[q] = static_cast<std::uint16_t>(sum[q] + kind[q]);
  return sum;
}

KindCounts offered_load_start(const PlanRequest& request) {
  const Expected expected = expected_of(request.office, request.demand, request.kind);
  KindCounts counts;
  for (const WindowKind& kind : request.kinds) counts.push_back(start_of(request, expected, kind));
  return counts;
}

std::optional<Plan> plan_day(const PlanRequest& request, const Workers& workers,
                             const std::function<void()>& tried) {
  Plan plan;
  PlanRequest now = request;
  const Expected expected = expected_of(request.office, request.demand, request.kind);
  KindCounts counts = offered_load_start(now);
  if (request.reservations > 0) {
    now.demand.booked = place(request, sum_of(counts), expected);
    counts = offered_load_start(now);
  }
  plan.start_window_hours = window_hours(sum_of(counts));
  Search search(now, tried, plan.tries);
  if (!search.fit_rosters(counts)) return std::nullopt;
  const double wanted = request.share + kMargin;
  // A second time when the slots follow the windows: on the demand that they bring.
  for (int round = 0; round < (request.reservations > 0 ? 2 : 1); ++round) {
    if (round > 0) now.demand.booked = place(request, sum_of(counts), expected);
    Trial days(now, now.demand, request.seed, request.search_days, workers);
    if (search.raise(counts, days, wanted)) search.lower(counts, days, wanted);
  }
  for (std::uint64_t round = 1; round <= kMostChecks; ++round) {
    Trial fresh(now, now.demand, request.seed + 1000 * round, request.check_days, workers);
    check(plan, now, fresh.run(counts));
    // Days that refused the plan are no longer fresh: they help to mend it, others check again.
    if (plan.is_met || round == kMostChecks || !search.raise(counts, fresh, wanted)) break;
  }
  plan.windows = sum_of(counts);
  plan.window_hours = window_hours(plan.windows);
  const auto rosters = rosters_of(counts, request.shifts).value_or(std::vector<Roster>());
  for (std::size_t k = 0; k < rosters.size(); ++k) {
    plan.staff += rosters[k].staff;
    plan.kinds.push_back({counts[k], rosters[k]});
  }
  plan.booked = now.demand.booked;
  plan.slots = slots_to_offer(within_slots(request, plan.windows), expected.walk_ins,
                              expected.mean_service, request.demand.no_show, request.planned_use);
  return plan;
}

}  // namespace matanai::queue
