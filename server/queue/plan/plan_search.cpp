#include "server/queue/plan/plan_search.hpp"

#include <algorithm>
#include <tuple>
#include <utility>

namespace matanai::queue {
namespace {

constexpr std::size_t kSteps[] = {4, 2, 1};  // quarters taken away at once
constexpr std::size_t kAdded = 2;            // quarters added at once

std::vector<std::size_t> groups_with_visitors(const PlanRequest& request) {
  const auto& services = request.office.services;
  std::vector<bool> come(services.size());
  for (std::size_t s = 0; s < services.size(); ++s) come[s] = request.demand.mix[s] > 0;
  for (const Transfer& transfer : request.demand.transfers) come[transfer.to] = true;
  std::vector<std::size_t> groups;
  for (std::size_t g = 0; g < request.office.groups.size(); ++g)
    for (std::size_t s = 0; s < services.size(); ++s)
      if (come[s] && services[s].group == g && (groups.empty() || groups.back() != g))
        groups.push_back(g);
  return groups;
}

}  // namespace

std::optional<std::vector<Roster>> rosters_of(const KindCounts& counts, const ShiftRules& rules) {
  ShiftRules own = rules;
  if (counts.size() > 1) own.staff = 0;  // the fewest for each kind, counted together
  std::vector<Roster> rosters;
  int staff = 0;
  for (const WindowCounts& kind : counts) {
    auto roster = roster_of(kind, own);
    if (!roster) return std::nullopt;
    staff += roster->staff;
    rosters.push_back(std::move(*roster));
  }
  if (rules.staff > 0 && staff > rules.staff) return std::nullopt;
  return rosters;
}

Search::Search(const PlanRequest& request, const std::function<void()>& tried, int& tries)
    : request_(request), tried_(tried), tries_(tries), groups_(groups_with_visitors(request)) {}

bool Search::fit_rosters(KindCounts& counts) const {
  while (!rosters_of(counts, request_.shifts)) {
    std::vector<std::pair<std::uint16_t, std::size_t>> tops;  // the most of a kind, highest first
    for (std::size_t k = 0; k < counts.size(); ++k)
      tops.emplace_back(*std::ranges::max_element(counts[k]), k);
    std::ranges::sort(tops, std::greater<>());
    const bool is_cut = std::ranges::any_of(tops, [&](const auto& top) {
      KindCounts other = counts;
      if (top.first == 0) return false;
      std::ranges::replace(other[top.second], top.first, static_cast<std::uint16_t>(top.first - 1));
      if (!serves_all(other)) return false;
      counts = std::move(other);
      return true;
    });
    if (!is_cut) return false;
  }
  return true;
}

bool Search::raise(KindCounts& counts, Trial& days, double wanted) {
  for (;;) {
    const InTime now = run(days, counts);
    if (now.worst_share() >= wanted) return true;
    if (!help(counts, days, now)) return false;
  }
}

bool Search::help(KindCounts& counts, Trial& days, const InTime& now) {
  const auto worst = now.worst();
  double best_share = now.share(worst);
  KindCounts best = counts;
  for (const Place& place : places_that_help(now, worst)) {
    KindCounts other = changed(counts, place, kAdded, 1);
    if (other == counts || !is_allowed(other)) continue;
    const double share = run(days, other).share(worst);
    if (share > best_share) std::tie(best_share, best) = std::pair(share, std::move(other));
  }
  if (best == counts) return false;
  counts = std::move(best);
  return true;
}

// In the worst hour, and just before, windows of every kind; of the worst group those that serve
// it, in the hour in which most of it were late.
std::vector<Search::Place> Search::places_that_help(const InTime& now,
                                                    const InTime::Part& worst) const {
  std::size_t hour = worst.index;
  if (worst.is_group) {
    const auto& late = now.late[worst.index];
    hour = static_cast<std::size_t>(std::ranges::max_element(late) - late.begin());
  }
  const std::size_t first = hour * 4;
  std::vector<Place> places;
  for (std::size_t k = 0; k < request_.kinds.size(); ++k) {
    if (worst.is_group && !serves(k, worst.index)) continue;
    for (std::size_t from = first > 0 ? first - 1 : 0; from < first + 4; from += kAdded)
      places.push_back({k, from});
  }
  return places;
}

void Search::lower(KindCounts& counts, Trial& days, double wanted) {
  for (const std::size_t step : kSteps) {
    std::vector<Place> places;
    for (std::size_t k = 0; k < counts.size(); ++k)
      for (std::size_t q = request_.opens; q + step <= request_.closes; ++q)
        places.push_back({k, q});
    while (!places.empty()) {
      const InTime now = run(days, counts);
      const auto spare = [&](const Place& place) {
        const std::size_t last = std::min(place.from + step - 1, request_.closes - 1);
        double share = std::min(now.hours[place.from / 4].share(), now.hours[last / 4].share());
        if (counts.size() > 1)
          for (const std::uint16_t group : request_.kinds[place.kind].groups)
            share = std::min(share, now.groups[group].share());
        return std::pair(-share, place);
      };
      std::ranges::sort(places, {}, spare);
      std::erase_if(places, [&](const Place& place) {
        KindCounts other = changed(counts, place, step, -1);
        const bool is_kept =
            other != counts && is_allowed(other) && run(days, other).worst_share() >= wanted;
        if (is_kept) counts = std::move(other);
        return !is_kept;
      });
    }
  }
}

InTime Search::run(Trial& days, const KindCounts& counts) {
  ++tries_;
  if (tried_) tried_();
  return days.run(counts);
}

bool Search::serves(std::size_t kind, std::size_t group) const {
  return std::ranges::find(request_.kinds[kind].groups, group) != request_.kinds[kind].groups.end();
}

// `fewest` windows for every group at every time.
bool Search::serves_all(const KindCounts& counts) const {
  return std::ranges::all_of(groups_, [&](std::size_t group) {
    for (std::size_t q = request_.opens; q < request_.closes; ++q) {
      int windows = 0;
      for (std::size_t k = 0; k < counts.size(); ++k)
        if (serves(k, group)) windows += counts[k][q];
      if (windows < request_.fewest) return false;
    }
    return true;
  });
}

bool Search::is_allowed(const KindCounts& counts) const {
  const bool is_too_many = std::ranges::any_of(counts, [&](const WindowCounts& kind) {
    return *std::ranges::max_element(kind) > request_.most;
  });
  return !is_too_many && serves_all(counts) && rosters_of(counts, request_.shifts).has_value();
}

KindCounts Search::changed(KindCounts counts, const Place& place, std::size_t length,
                           int by) const {
  WindowCounts& kind = counts[place.kind];
  for (std::size_t q = std::max(place.from, request_.opens);
       q < std::min(place.from + length, request_.closes); ++q)
    kind[q] = static_cast<std::uint16_t>(std::max(0, kind[q] + by));
  return counts;
}

}  // namespace matanai::queue
