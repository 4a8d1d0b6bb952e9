#include "server/queue/plan/calibration.hpp"

#include <algorithm>
#include <cmath>
#include <iterator>
#include <map>
#include <numeric>
#include <set>
#include <string>

#include "server/queue/plan/forecast.hpp"

namespace matanai::queue {
namespace {

constexpr double kPriorServices = 5;
constexpr std::size_t kWindowDays = 20;

double minutes(Millis time) { return static_cast<double>(time.count()) / 60000; }

// The value below which `p` of the list is; the list is reordered.
double quantile(std::vector<double>& values, double p) {
  const auto at = static_cast<std::ptrdiff_t>(p * static_cast<double>(values.size() - 1));
  std::nth_element(values.begin(), values.begin() + at, values.end());
  return values[static_cast<std::size_t>(at)];
}

struct LogMoments {
  double count = 0;
  double sum = 0;
  double squares = 0;
  void add(double value) {
    const double log = std::log(std::max(value, 1e-3));
    count += 1;
    sum += log;
    squares += log * log;
  }
  ServiceTime with_prior(const ServiceTime& prior, double weight) const {
    const double n = count + weight;
    const double mean = (sum + weight * prior.mu()) / n;
    const double square =
        (squares + weight * (prior.mu() * prior.mu() + prior.sigma() * prior.sigma())) / n;
    return ServiceTime::from_log(mean, std::sqrt(std::max(1e-6, square - mean * mean)));
  }
};

template <class Use>
void each_visit(std::span<const RecordedDay> days, const Use& use) {
  for (const RecordedDay& day : days)
    for (const Visit& visit : day.visits) use(visit);
}

void fit_services(OfficeModel& office, DemandModel& demand, std::span<const RecordedDay> days) {
  std::vector<LogMoments> services(office.services.size());
  demand.mix.assign(office.services.size(), 0);
  std::vector<double> ways;
  each_visit(days, [&](const Visit& visit) {
    if (visit.stop == 0) demand.mix[visit.service] += 1;
    if (visit.started == kNever || visit.finished == kNever) return;
    services[visit.service].add(minutes(visit.finished - visit.started));
    ways.push_back(minutes(visit.started - visit.called));
  });
  for (std::size_t s = 0; s < services.size(); ++s)
    office.services[s].time = services[s].with_prior(office.services[s].time, kPriorServices);
  if (ways.empty()) return;
  const double mean =
      std::accumulate(ways.begin(), ways.end(), 0.0) / static_cast<double>(ways.size());
  double squares = 0;
  for (const double way : ways) squares += (way - mean) * (way - mean);
  office.way = Millis(std::llround(mean * 60000));
  demand.way_cv = mean > 0 ? std::sqrt(squares / static_cast<double>(ways.size())) / mean : 0;
}

void fit_walk_ins(DemandModel& demand, std::span<const RecordedDay> days) {
  std::vector<ArrivalDay> arrivals;
  double walk_ins = 0;
  double priority = 0;
  for (const RecordedDay& day : days) {
    arrivals.push_back({day.kind, {}});
    for (const Visit& visit : day.visits) {
      if (visit.stop > 0 || visit.slot != kNever) continue;
      arrivals.back().people[quarter_of(visit.arrival)] += 1;
      walk_ins += 1;
      if (visit.reason == OrderReason::priority_head_start) priority += 1;
    }
  }
  const ArrivalFit fit = fit_arrivals(arrivals);
  demand.walk_ins = fit.level;
  demand.profile = fit.profile;
  demand.weekday = fit.weekday;
  demand.month = fit.month;
  demand.day_cv = fit.day_cv;
  demand.priority = walk_ins > 0 ? priority / walk_ins : 0;
}

// Of the days whose no-shows are known; none when nobody had a reservation on these.
std::optional<double> no_show_share(std::span<const RecordedDay> days) {
  double no_shows = 0;
  double all = 0;
  for (const RecordedDay& day : days) {
    if (!day.no_shows) continue;
    const auto came = std::ranges::count_if(
        day.visits, [](const Visit& visit) { return visit.stop == 0 && visit.slot != kNever; });
    no_shows += *day.no_shows;
    all += *day.no_shows + static_cast<double>(came);
  }
  return all > 0 ? std::optional(no_shows / all) : std::nullopt;
}

void fit_reservations(DemandModel& demand, std::span<const RecordedDay> days) {
  std::vector<double> off;
  each_visit(days, [&](const Visit& visit) {
    if (visit.stop > 0 || visit.slot == kNever) return;
    off.push_back(minutes(visit.arrival - visit.slot));
    demand.booked[quarter_of(visit.slot)] += 1;
  });
  if (off.empty()) return;
  if (const auto share = no_show_share(days)) demand.no_show = *share;
  for (double& slot : demand.booked)
    slot /= static_cast<double>(days.size()) * (1 - demand.no_show);
  demand.punctuality_mean = quantile(off, 0.5);
  const double low = quantile(off, 0.1587);
  demand.punctuality_sd = (quantile(off, 0.8413) - low) / 2;
}

// Rate θ of an exponential patience: who was served had waited w without leaving, who was gone when
// called had left somewhere before: Σ_gone w / (e^{θw} − 1) = Σ_served w (maximum likelihood of
// interval-censored times; Turnbull, JRSS B 38, 1976). Falls in θ, so bisection finds it.
double fit_patience(std::span<const RecordedDay> days) {
  double served = 0;
  std::vector<double> gone;
  each_visit(days, [&](const Visit& visit) {
    if (visit.called == kNever || visit.stop > 0) return;
    const double wait = std::max(1e-3, minutes(visit.wait()));
    if (visit.started == kNever) {
      gone.push_back(wait);
    } else {
      served += wait;
    }
  });
  if (gone.empty() || served <= 0) return 0;
  double low = 1e-6;
  double high = 10;
  for (int i = 0; i < 60; ++i) {
    const double middle = std::sqrt(low * high);
    double sum = 0;
    for (const double wait : gone) sum += wait / std::expm1(middle * wait);
    (sum > served ? low : high) = middle;
  }
  return 1 / low;
}

void fit_transfers(const OfficeModel& office, DemandModel& demand,
                   std::span<const RecordedDay> days) {
  const std::size_t count = office.services.size();
  std::vector<double> finished(count, 0);
  std::map<std::pair<std::uint16_t, std::uint16_t>, double> moved;
  for (const RecordedDay& day : days) {
    std::map<std::pair<std::uint64_t, int>, std::uint16_t> at;  // service by visitor and stop
    for (const Visit& visit : day.visits) at[{visit.number, visit.stop}] = visit.service;
    for (const Visit& visit : day.visits) {
      if (visit.finished == kNever) continue;
      finished[visit.service] += 1;
      const auto next = at.find({visit.number, visit.stop + 1});
      if (next != at.end()) moved[{visit.service, next->second}] += 1;
    }
  }
  for (const auto& [way, times] : moved)
    demand.transfers.push_back({way.first, way.second, times / finished[way.first]});
}

struct KindOnRecord {
  int days = 0;
  Quarters open{};  // windows, summed over the days
};

void add(Quarters& open, const WindowModel& window) {
  for (std::size_t q = 0; q < kQuarters; ++q) {
    const Instant middle = midnight_plus(kQuarter * static_cast<int>(q) + kQuarter / 2);
    for (const Interval& interval : window.open)
      if (interval.from <= middle && middle < interval.until) open[q] += 1;
  }
}

// A pool for each list of groups that windows served on half of the days or more; the windows of
// the others count with those of the commonest.
std::vector<WindowModel> usual_windows(std::span<const RecordedDay> days) {
  const auto latest = days.last(std::min(days.size(), kWindowDays));
  std::map<std::vector<std::uint16_t>, KindOnRecord> kinds;
  for (const RecordedDay& day : latest) {
    std::set<std::vector<std::uint16_t>> seen;
    for (const WindowModel& window : day.windows) {
      KindOnRecord& kind = kinds[window.groups];
      add(kind.open, window);
      if (seen.insert(window.groups).second) ++kind.days;
    }
  }
  if (kinds.empty()) return {};
  const auto commonest = std::ranges::max_element(kinds, {}, [](const auto& kind) {
    return std::reduce(kind.second.open.begin(), kind.second.open.end());
  });
  std::vector<WindowModel> windows;
  for (auto& [groups, kind] : kinds) {
    if (groups == commonest->first || 2 * kind.days >= static_cast<int>(latest.size())) continue;
    for (std::size_t q = 0; q < kQuarters; ++q) commonest->second.open[q] += kind.open[q];
    kind.open = {};
  }
  int pool = 0;
  for (const auto& [groups, kind] : kinds) {
    WindowCounts counts{};
    for (std::size_t q = 0; q < kQuarters; ++q)
      counts[q] = static_cast<std::uint16_t>(
          std::lround(kind.open[q] / static_cast<double>(latest.size())));
    if (window_hours(counts) <= 0) continue;
    std::ranges::move(windows_of(counts, groups, ++pool), std::back_inserter(windows));
  }
  for (std::size_t w = 0; w < windows.size(); ++w) windows[w].id = std::to_string(w + 1);
  return windows;
}

}  // namespace

DayModel calibrate(const OfficeModel& office, std::span<const RecordedDay> days) {
  DayModel model;
  model.office = office;
  fit_services(model.office, model.demand, days);
  fit_walk_ins(model.demand, days);
  fit_reservations(model.demand, days);
  model.demand.patience_mean = fit_patience(days);
  fit_transfers(model.office, model.demand, days);
  model.windows = usual_windows(days);
  for (const WindowModel& window : model.windows)
    if (!window.open.empty()) model.closing = std::max(model.closing, window.open.back().until);
  return model;
}

}  // namespace matanai::queue
