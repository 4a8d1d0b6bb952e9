#include "server/floor/estimates.hpp"

#include <algorithm>
#include <cmath>

#include "server/floor/waiting_lines.hpp"
#include "server/queue/promise.hpp"

namespace matanai::floor {
namespace {

constexpr std::string_view kModel = "futures-1";
constexpr Minutes kFresh{1};
// How often today's pace is looked at, and from which change on the durations follow it: they are
// tabled anew then, which takes some milliseconds.
constexpr Minutes kPaceApart{5};
constexpr double kPaceStep = 0.03;

WaitRange range_of(const queue::WaitPromise& told) {
  return {static_cast<int>(told.low.count()), static_cast<int>(told.high.count()), told.latest,
          told.is_now};
}

std::optional<Promise> promise_of(const queue::WaitForecast& wait, Instant now) {
  const auto told = queue::promise_of(wait, now, kModel);
  if (!told || !wait.q10 || !wait.q50 || !wait.q90) return std::nullopt;
  return Promise{range_of(*told), *wait.q10, *wait.q50, *wait.q90, Millis(0), 0, told->model};
}

// From the best case of the quickest line to the worst of the slowest.
WaitRange over_both(const WaitRange& a, const WaitRange& b) {
  return {std::min(a.low_minutes, b.low_minutes), std::max(a.high_minutes, b.high_minutes),
          std::max(a.at_latest, b.at_latest), a.is_soon && b.is_soon};
}

int windows_of(const queue::FloorNow& floor, std::uint16_t group) {
  return static_cast<int>(std::ranges::count_if(floor.windows, [&](const auto& window) {
    return std::ranges::find(window.window.groups, group) != window.window.groups.end();
  }));
}

OfficeEstimate estimate_of(const OfficeView& view, const queue::FloorNow& floor,
                           const queue::FloorForecast& forecast) {
  const Instant now = floor.now;
  OfficeEstimate estimate;
  estimate.as_of = now;
  for (std::uint16_t group = 0; group < view.model().groups.size(); ++group)
    estimate.windows.emplace(GroupId(view.model().groups[group]), windows_of(floor, group));
  for (const auto& person : forecast.waiting) {
    if (const auto told = queue::promise_of(person.wait, now, kModel))
      estimate.waiting.emplace(person.id, range_of(*told));
  }
  for (const auto& newcomer : forecast.newcomers) {
    auto told = promise_of(newcomer.wait, now);
    if (!told) continue;
    const auto& service = view.model().services[newcomer.service];
    told->windows = windows_of(floor, service.group);
    estimate.newcomers.emplace(ServiceId(service.id), *told);
    const auto [group, is_new] =
        estimate.groups.emplace(GroupId(view.model().groups[service.group]), told->range);
    if (!is_new) group->second = over_both(group->second, told->range);
  }
  return estimate;
}

}  // namespace

bool tells_the_same(const OfficeEstimate& a, const OfficeEstimate& b) {
  return a.waiting == b.waiting && a.groups == b.groups;
}

Estimates::Place& Estimates::place(const OfficeId& office) {
  const std::scoped_lock lock(mutex_);
  return places_[office];
}

void Estimates::prepare(Place& place, db::Transaction& tx, const OfficeId& office, Instant now) {
  const auto day = local_day(now);
  const bool is_new_day = !place.view || place.view->day() != day;
  if (is_new_day) place.learned = LearnedTimes::before(tx, directory_, office, day);
  if (!is_new_day && now - place.paced_at < kPaceApart) return;
  const double pace = place.learned.pace_of(tx, office, day);
  place.paced_at = now;
  if (!is_new_day && std::abs(pace - place.pace) < kPaceStep) return;
  place.pace = pace;
  place.view = std::make_unique<OfficeView>(
      directory_, office, day,
      [&](const directory::Service& service) { return place.learned.time_of(service.id, pace); });
  place.futures = std::make_unique<queue::Futures>(place.view->model());
}

std::shared_ptr<const OfficeEstimate> Estimates::look(db::Transaction& tx, const OfficeId& office,
                                                      Instant now) {
  auto& here = place(office);
  const std::scoped_lock looking(here.looking);
  prepare(here, tx, office, now);
  const auto floor = here.view->floor(tx, now);
  auto estimate = std::make_shared<const OfficeEstimate>(
      estimate_of(*here.view, floor, here.futures->look(floor)));
  const std::scoped_lock lock(mutex_);
  here.latest = estimate;
  return estimate;
}

std::shared_ptr<const OfficeEstimate> Estimates::latest(const OfficeId& office) const {
  const std::scoped_lock lock(mutex_);
  const auto found = places_.find(office);
  return found == places_.end() ? nullptr : found->second.latest;
}

std::optional<Promise> Estimates::for_newcomer(const OfficeId& office, const ServiceId& service,
                                               Instant now) const {
  const auto estimate = latest(office);
  if (!estimate || now - estimate->as_of > kFresh || now < estimate->as_of) return std::nullopt;
  const auto found = estimate->newcomers.find(service);
  if (found == estimate->newcomers.end()) return std::nullopt;
  Promise told = found->second;
  told.age = now - estimate->as_of;
  return told;
}

std::optional<Promise> Estimates::for_person(db::Transaction& tx, const OfficeId& office,
                                             const WaitingRow& person, Instant now) {
  auto& here = place(office);
  const std::scoped_lock looking(here.looking);
  prepare(here, tx, office, now);
  const auto group = here.view->group(person.group);
  const auto service = here.view->service(person.service);
  if (!group || !service) return std::nullopt;
  auto floor = here.view->floor(tx, now);
  auto row = person;
  row.leg = std::numeric_limits<std::int64_t>::max() / 4;  // after everybody else
  const auto minutes = here.view->model().services[*service].time.mean_minutes;
  floor.lines[*group].insert(
      person_of(row, *service, Millis(static_cast<std::int64_t>(minutes * 60000))));
  for (const auto& seen : here.futures->look(floor).waiting) {
    if (seen.id != row.leg) continue;
    auto told = promise_of(seen.wait, now);
    if (told) told->windows = windows_of(floor, *group);
    return told;
  }
  return std::nullopt;
}

}  // namespace matanai::floor
