#include "server/queue/planner.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <tuple>
#include <utility>

#include "server/queue/formulas/erlang.hpp"
#include "server/queue/formulas/offered_load.hpp"
#include "server/queue/trial.hpp"

namespace matanai::queue {
namespace {

constexpr double kMargin = 0.006;  // the search asks for so much more than the target
constexpr std::uint64_t kMostChecks = 5;
constexpr std::size_t kSteps[] = {4, 2, 1};  // quarters taken away at once

struct Expected {
  Quarters walk_ins{};
  Quarters all{};  // with reservations that come
  double mean_service = 0;
};

Expected expected_of(const OfficeModel& office, const DemandModel& demand, const DayKind& kind) {
  Expected expected;
  const double shares = std::accumulate(demand.profile.begin(), demand.profile.end(), 0.0);
  const double walk_ins = demand.walk_ins *
                          demand.weekday[static_cast<std::size_t>(kind.weekday - 1)] *
                          demand.month[static_cast<std::size_t>(kind.month - 1)];
  for (std::size_t q = 0; q < kQuarters; ++q) {
    expected.walk_ins[q] = shares > 0 ? demand.profile[q] / shares * walk_ins : 0;
    expected.all[q] = expected.walk_ins[q] + demand.booked[q] * (1 - demand.no_show);
  }
  expected.mean_service = Arrivals(office, demand).mean_service();
  return expected;
}

// The search for one demand, on drawn days.
class Search {
 public:
  Search(const PlanRequest& request, const std::function<void()>& tried, int& tries)
      : request_(request), tried_(tried), tries_(tries) {}

  // Adds half hours of a window until every hour of `days` has its share, each where it helps the
  // worst hour most; false when nothing helps any more.
  bool raise(WindowCounts& counts, Trial& days, double wanted) {
    for (;;) {
      const HourCounts now = run(days, counts);
      if (now.worst_share() >= wanted) return true;
      const int hour = now.worst_hour();
      const auto first = static_cast<std::size_t>(hour) * 4;
      double best_share = now.share(hour);
      WindowCounts best = counts;
      for (std::size_t from = first > 0 ? first - 1 : 0; from < first + 4; from += 2) {
        WindowCounts other = counts;
        change(other, from, 2, 1);
        if (other == counts || !is_allowed(other)) continue;
        const double share = run(days, other).share(hour);
        if (share > best_share) std::tie(best_share, best) = std::pair(share, other);
      }
      if (best == counts) return false;
      counts = best;
    }
  }

  // Takes windows away while every hour keeps its share: whole hours first, then half hours, then
  // quarters; where there is most to spare first. What failed once is not tried again: fewer
  // windows elsewhere make nothing better.
  void lower(WindowCounts& counts, Trial& days, double wanted) {
    for (const std::size_t step : kSteps) {
      std::vector<std::size_t> places;
      for (std::size_t q = request_.opens; q + step <= request_.closes; ++q) places.push_back(q);
      while (!places.empty()) {
        const HourCounts now = run(days, counts);
        const auto spare = [&](std::size_t q) {
          const std::size_t last = std::min(q + step - 1, request_.closes - 1);
          return std::pair(
              -std::min(now.share(static_cast<int>(q / 4)), now.share(static_cast<int>(last / 4))),
              q);
        };
        std::ranges::sort(places, {}, spare);
        std::erase_if(places, [&](std::size_t from) {
          WindowCounts other = counts;
          change(other, from, step, -1);
          const bool is_kept = is_allowed(other) && run(days, other).worst_share() >= wanted;
          if (is_kept) counts = other;
          return !is_kept;
        });
      }
    }
  }

 private:
  HourCounts run(Trial& days, const WindowCounts& counts) {
    ++tries_;
    if (tried_) tried_();
    return days.run(counts);
  }
  bool is_allowed(const WindowCounts& counts) const {
    for (std::size_t q = request_.opens; q < request_.closes; ++q)
      if (counts[q] < request_.fewest || counts[q] > request_.most) return false;
    return roster_of(counts, request_.shifts).has_value();
  }
  void change(WindowCounts& counts, std::size_t from, std::size_t length, int by) const {
    for (std::size_t q = std::max(from, request_.opens);
         q < std::min(from + length, request_.closes); ++q)
      counts[q] = static_cast<std::uint16_t>(std::max(0, counts[q] + by));
  }

  const PlanRequest& request_;
  const std::function<void()>& tried_;
  int& tries_;
};

// Reservations in the slots that the windows have time for: at most what is offered.
Quarters place(const PlanRequest& request, const WindowCounts& counts, const Expected& expected) {
  WindowCounts open{};
  for (std::size_t q = request.first_slot; q <= request.last_slot; ++q) open[q] = counts[q];
  Quarters slots = slots_to_offer(open, expected.walk_ins, expected.mean_service,
                                  request.demand.no_show, request.planned_use);
  const double offered = std::accumulate(slots.begin(), slots.end(), 0.0);
  if (offered <= request.reservations)
    return book_spare_capacity(open, expected.walk_ins, expected.mean_service,
                               request.reservations);
  for (double& slot : slots) slot *= request.reservations / offered;
  return slots;
}

void check(Plan& plan, const PlanRequest& request, const HourCounts& counts) {
  plan.hours.clear();
  for (std::size_t hour = 0; hour < 24; ++hour) {
    if (counts.people[hour] <= 0) continue;
    const int h = static_cast<int>(hour);
    plan.hours.push_back({h, counts.people[hour] / static_cast<double>(request.check_days),
                          counts.share(h), counts.standard_error(h)});
  }
  if (!plan.hours.empty())
    plan.worst = *std::ranges::min_element(plan.hours, {}, &PlannedHour::share);
  plan.all_within = counts.share_of_all();
  plan.is_met = counts.worst_share() >= request.share;
}

// Down to what the roster allows, hour after hour.
bool fit_roster(WindowCounts& counts, const PlanRequest& request) {
  while (!roster_of(counts, request.shifts)) {
    const auto most = std::ranges::max_element(counts);
    if (*most <= request.fewest) return false;
    const auto height = *most;
    std::ranges::replace(counts, height, static_cast<std::uint16_t>(height - 1));
  }
  return true;
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

WindowCounts offered_load_start(const PlanRequest& request) {
  const Expected expected = expected_of(request.office, request.demand, request.kind);
  const double mix = std::accumulate(request.demand.mix.begin(), request.demand.mix.end(), 0.0);
  WindowCounts counts{};
  for (std::size_t q = request.opens; q < request.closes; ++q) {
    double load = 0;
    for (std::size_t s = 0; s < request.office.services.size(); ++s) {
      Quarters rates = expected.all;
      for (double& rate : rates) rate *= request.demand.mix[s] / mix / double{kQuarter.count()};
      load += offered_load(rates, double{kQuarter.count()}, request.office.services[s].time,
                           (static_cast<double>(q) + 0.5) * double{kQuarter.count()});
    }
    const double rate = 1 / expected.mean_service;
    const int windows = windows_for_target(
        load * rate, rate, static_cast<double>(request.within.count()), 1 - request.share);
    counts[q] = static_cast<std::uint16_t>(std::clamp(windows, request.fewest, request.most));
  }
  return counts;
}

std::optional<Plan> plan_day(const PlanRequest& request, const Workers& workers,
                             const std::function<void()>& tried) {
  Plan plan;
  PlanRequest now = request;
  const Expected expected = expected_of(request.office, request.demand, request.kind);
  WindowCounts counts = offered_load_start(now);
  if (request.reservations > 0) {
    now.demand.booked = place(request, counts, expected);
    counts = offered_load_start(now);
  }
  plan.start_window_hours = window_hours(counts);
  if (!fit_roster(counts, now)) return std::nullopt;
  const double wanted = request.share + kMargin;
  Search search(now, tried, plan.tries);
  // A second time when the slots follow the windows: on the demand that they bring.
  for (int round = 0; round < (request.reservations > 0 ? 2 : 1); ++round) {
    if (round > 0) now.demand.booked = place(request, counts, expected);
    Trial days(now, now.demand, request.seed, request.search_days, workers);
    if (search.raise(counts, days, wanted)) search.lower(counts, days, wanted);
  }
  for (std::uint64_t round = 1; round <= kMostChecks; ++round) {
    Trial fresh(now, now.demand, request.seed + 1000 * round, request.check_days, workers);
    check(plan, now, fresh.run(counts));
    // Days that refused the plan are no longer fresh: they help to mend it, others check again.
    if (plan.is_met || round == kMostChecks || !search.raise(counts, fresh, wanted)) break;
  }
  plan.windows = counts;
  plan.window_hours = window_hours(counts);
  plan.roster = roster_of(counts, request.shifts).value_or(Roster{});
  plan.booked = now.demand.booked;
  WindowCounts open{};
  for (std::size_t q = request.first_slot; q <= request.last_slot; ++q) open[q] = counts[q];
  plan.slots = slots_to_offer(open, expected.walk_ins, expected.mean_service,
                              request.demand.no_show, request.planned_use);
  return plan;
}

}  // namespace matanai::queue
