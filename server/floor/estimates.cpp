#include "server/floor/estimates.hpp"

#include <algorithm>
#include <cmath>

#include "server/floor/store.hpp"
#include "server/floor/waiting_lines.hpp"
#include "server/queue/promise.hpp"

namespace matanai::floor {
namespace {

constexpr Minutes kFresh{1};
// How often today's record is read: for its calls, which steer the ranges, and its pace.
constexpr Minutes kRecordApart{1};
// From which change of pace on the durations follow it: they are tabled anew then, which takes some
// milliseconds.
constexpr double kPaceStep = 0.03;

WaitRange range_of(const queue::WaitPromise& told) {
  return {static_cast<int>(told.low.count()), static_cast<int>(told.high.count()), told.latest,
          told.is_now};
}

WaitQuantiles quantiles_of(const queue::WaitForecast& wait) {
  return {wait.q10.value_or(Millis(0)), wait.q50.value_or(Millis(0)), wait.q90.value_or(Millis(0))};
}

std::optional<Promise> promise_of(const queue::Refinement& refinement,
                                  const queue::WaitForecast& physics, bool has_slot, Instant now) {
  const auto refined = refinement.refine(physics, has_slot);
  const auto told = queue::promise_of(refined.wait, now, refined.model);
  if (!told) return std::nullopt;
  Promise promise;
  promise.range = range_of(*told);
  promise.told = quantiles_of(refined.wait);
  promise.physics = quantiles_of(physics);
  promise.is_soon_by_physics = queue::is_soon(physics);
  promise.model = told->model;
  return promise;
}

bool has_slot(const queue::FloorNow& floor, const queue::PersonForecast& person) {
  const auto people = floor.lines[person.group].people();
  const auto found = std::ranges::find(people, person.id, &queue::Person::id);
  return found != people.end() && found->has_slot();
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
                           const queue::FloorForecast& forecast,
                           const queue::Refinement& refinement) {
  const Instant now = floor.now;
  OfficeEstimate estimate;
  estimate.as_of = now;
  for (std::uint16_t group = 0; group < view.model().groups.size(); ++group)
    estimate.windows.emplace(GroupId(view.model().groups[group]), windows_of(floor, group));
  for (const auto& person : forecast.waiting) {
    if (const auto told = promise_of(refinement, person.wait, has_slot(floor, person), now))
      estimate.waiting.emplace(person.id, told->range);
  }
  for (const auto& newcomer : forecast.newcomers) {
    auto told = promise_of(refinement, newcomer.wait, false, now);
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

Estimates::Learned Estimates::learn(db::Transaction& tx, const OfficeId& office,
                                    LocalDay day) const {
  const auto record = store::recorded_waits(tx, office, day - queue::Refinement::kRecord, day);
  return {day, LearnedTimes::before(tx, directory_, office, day), queue::Refinement(record)};
}

// After `learned` has become of this day.
void Estimates::prepare(Place& place, db::Transaction& tx, const OfficeId& office, Instant now) {
  const auto day = local_day(now);
  const bool is_new_day = !place.view || place.view->day() != day;
  if (!is_new_day && now - place.read_at < kRecordApart) return;
  place.read_at = now;
  place.learned.refinement.see_today(
      store::recorded_waits(tx, office, day, day + std::chrono::days(1)));
  const double pace = place.learned.times.pace_of(tx, office, day);
  if (!is_new_day && std::abs(pace - place.pace) < kPaceStep) return;
  place.pace = pace;
  place.view =
      std::make_unique<OfficeView>(directory_, office, day, [&](const directory::Service& service) {
        return place.learned.times.time_of(service.id, pace);
      });
  place.futures = std::make_unique<queue::Futures>(place.view->model());
}

std::shared_ptr<const OfficeEstimate> Estimates::look(db::Transaction& tx, const OfficeId& office,
                                                      Instant now) {
  auto& here = place(office);
  const auto day = local_day(now);
  std::unique_lock looking(here.looking);
  if (here.learned.day != day) {
    // Four weeks take a while, and check-ins (for_person) do not wait for it.
    looking.unlock();
    auto learned = learn(tx, office, day);
    looking.lock();
    here.learned = std::move(learned);
  }
  prepare(here, tx, office, now);
  const auto floor = here.view->floor(tx, now);
  auto estimate = std::make_shared<const OfficeEstimate>(
      estimate_of(*here.view, floor, here.futures->look(floor), here.learned.refinement));
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
  if (!here.view || here.view->day() != local_day(now)) return std::nullopt;
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
    auto told = promise_of(here.learned.refinement, seen.wait, person.slot_at.has_value(), now);
    if (told) told->windows = windows_of(floor, *group);
    return told;
  }
  return std::nullopt;
}

}  // namespace matanai::floor
