// The planner's search: windows more and fewer, each variant tried on the same drawn days. Pure.
#pragma once

#include <functional>
#include <optional>
#include <vector>

#include "server/queue/plan/planner.hpp"
#include "server/queue/plan/trial.hpp"

namespace matanai::queue {

// One roster a kind; nullopt: the shifts' rules, or their staff, allow none.
std::optional<std::vector<Roster>> rosters_of(const KindCounts& counts, const ShiftRules& rules);

class Search {
 public:
  // Borrows all three; `tries` counts the variants.
  Search(const PlanRequest& request, const std::function<void()>& tried, int& tries);

  // Down to what the rosters allow, hour after hour; false: not even `fewest` windows.
  bool fit_rosters(KindCounts& counts) const;
  // Adds half hours of a window until every hour and group of `days` has its share, each where it
  // helps the worst of them most; false when nothing helps any more.
  bool raise(KindCounts& counts, Trial& days, double wanted);
  // Takes windows away while every hour and group keeps its share: whole hours first, then half
  // hours, then quarters; where there is most to spare first. What failed once is not tried again:
  // fewer windows elsewhere make nothing better.
  void lower(KindCounts& counts, Trial& days, double wanted);

 private:
  struct Place {
    std::size_t kind = 0;
    std::size_t from = 0;  // quarter hour
    auto operator<=>(const Place&) const = default;
  };
  InTime run(Trial& days, const KindCounts& counts);
  bool serves(std::size_t kind, std::size_t group) const;
  bool serves_all(const KindCounts& counts) const;
  bool is_allowed(const KindCounts& counts) const;
  KindCounts changed(KindCounts counts, const Place& place, std::size_t length, int by) const;
  std::vector<Place> places_that_help(const InTime& now, const InTime::Part& worst) const;
  bool help(KindCounts& counts, Trial& days, const InTime& now);

  const PlanRequest& request_;
  const std::function<void()>& tried_;
  int& tries_;
  std::vector<std::size_t> groups_;  // somebody of theirs may come
};

}  // namespace matanai::queue
