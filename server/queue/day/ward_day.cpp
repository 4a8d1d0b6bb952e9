#include "server/queue/day/ward_day.hpp"

#include <algorithm>
#include <numeric>
#include <string>

namespace matanai::queue {
namespace {

constexpr std::size_t kFirst = kWardOpens / kQuarter;
constexpr std::size_t kDoorsClose = kWardLastTicket / kQuarter;
constexpr std::size_t kFirstSlot = kWardOpens / kQuarter;
constexpr std::size_t kLastSlot = Minutes(16 * 60 + 15) / kQuarter;
constexpr std::size_t kEnd = kWardCloses / kQuarter;
constexpr std::array<double, 9> kHourShares{4.0, 13.2, 16.3, 12.8, 8.5, 12.0, 12.3, 10.2, 10.8};
constexpr std::array<std::uint16_t, 9> kShape{4, 7, 9, 8, 7, 7, 8, 7, 5};
constexpr double kNoShow = 0.1;

// The windows of 16 h stay until 17:15.
std::size_t hour_of(std::size_t quarter) { return std::min<std::size_t>(quarter / 4 - 8, 8); }

}  // namespace

std::vector<WindowModel> windows_of(const WindowCounts& counts,
                                    const std::vector<std::uint16_t>& groups, int pool) {
  const std::size_t most = *std::ranges::max_element(counts);
  std::vector<WindowModel> windows;
  for (std::size_t k = 0; k < most; ++k) {
    WindowModel window{std::to_string(k + 1), groups, {}, pool};
    for (std::size_t q = 0; q < kQuarters; ++q) {
      if (counts[q] <= k) continue;
      const Instant from = midnight_plus(kQuarter * static_cast<int>(q));
      if (window.open.empty() || window.open.back().until != from)
        window.open.push_back({from, from});
      window.open.back().until = from + kQuarter;
    }
    windows.push_back(std::move(window));
  }
  return windows;
}

double window_hours(const WindowCounts& counts) {
  return std::accumulate(counts.begin(), counts.end(), 0.0) / 4;
}

WindowCounts ward_counts(const WardOptions& options) {
  WindowCounts counts{};
  for (std::size_t q = kFirst; q < kEnd; ++q)
    counts[q] = static_cast<std::uint16_t>(
        (options.is_shaped ? kShape[hour_of(q)] : options.windows) + options.more_windows);
  return counts;
}

Quarters book_spare_capacity(const WindowCounts& counts, const Quarters& walk_ins,
                             double mean_service, double total) {
  Quarters spare{};
  for (std::size_t q = 0; q < kQuarters; ++q)
    spare[q] = std::max(0.0, counts[q] * double{kQuarter.count()} - walk_ins[q] * mean_service);
  if (std::accumulate(spare.begin(), spare.end(), 0.0) <= 0)
    for (std::size_t q = 0; q < kQuarters; ++q) spare[q] = counts[q] > 0 ? 1 : 0;
  const double sum = std::accumulate(spare.begin(), spare.end(), 0.0);
  if (sum > 0)
    for (double& value : spare) value *= total / sum;
  return spare;
}

DayModel ward_day(const WardOptions& options) {
  DayModel model;
  model.office.groups = {"ward"};
  model.office.policies = {CallPolicy(options.rules)};
  model.office.services = {
      {"certificate", 0, {5, 0.6}}, {"moving", 0, {20, 0.5}}, {"my_number", 0, {15, 0.4}}};
  model.office.way = Millis(0);
  model.closing = midnight_plus(kWardCloses);
  DemandModel& demand = model.demand;
  demand.mix = {0.60, 0.25, 0.15};
  demand.walk_ins = options.visitors * (1 - options.reserved_share);
  // The doors open at 8:30: the share of 8 h comes in its second half.
  for (std::size_t q = kFirst; q < kDoorsClose; ++q)
    demand.profile[q] = kHourShares[hour_of(q)] / (hour_of(q) == 0 ? 2 : 4);
  const WindowCounts counts = ward_counts(options);
  model.windows = windows_of(counts, {0});
  if (options.reserved_share > 0) {
    const double shares = std::accumulate(demand.profile.begin(), demand.profile.end(), 0.0);
    Quarters walk_ins = demand.profile;
    for (double& value : walk_ins) value *= demand.walk_ins / shares;
    WindowCounts slots = counts;
    std::fill(slots.begin(), slots.begin() + kFirstSlot, std::uint16_t{0});
    std::fill(slots.begin() + kLastSlot + 1, slots.end(), std::uint16_t{0});
    demand.no_show = kNoShow;
    demand.booked =
        book_spare_capacity(slots, walk_ins, Arrivals(model.office, demand).mean_service(),
                            options.visitors * options.reserved_share / (1 - kNoShow));
  }
  return model;
}

}  // namespace matanai::queue
