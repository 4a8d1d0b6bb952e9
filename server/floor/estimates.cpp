#include "server/floor/estimates.hpp"

#include <algorithm>
#include <cmath>

#include "server/floor/store.hpp"
#include "server/floor/waiting_lines.hpp"
#include "server/queue/estimate/promise.hpp"

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

bool serves(const queue::WindowNow& window, std::uint16_t group) {
  return std::ranges::find(window.window.groups, group) != window.window.groups.end();
}

bool is_open(const queue::WindowNow& window, Instant now) {
  return std::ranges::any_of(window.window.open, [&](const queue::Interval& open) {
    return open.from <= now && now < open.until;
  });
}

int windows_of(const queue::FloorNow& floor, std::uint16_t group) {
  return static_cast<int>(std::ranges::count_if(floor.windows, [&](const auto& window) {
    return serves(window, group) && is_open(window, floor.now);
  }));
}

int free_windows_of(const queue::FloorNow& floor, std::uint16_t group) {
  return static_cast<int>(std::ranges::count_if(floor.windows, [&](const auto& window) {
    return serves(window, group) && !window.is_busy && is_open(window, floor.now);
  }));
}

// While somebody waits, each has cost those behind what all of them together cost the newcomer; in
// any case no less than one service over all windows of the line and no more than one over one.
Newcomer newcomer_of(const OfficeView& view, const queue::FloorNow& floor,
                     const queue::NewcomerForecast& forecast, Promise promise) {
  const auto& service = view.model().services[forecast.service];
  const Millis takes(std::llround(service.time.mean_minutes * 60000));
  promise.windows = windows_of(floor, service.group);
  const Millis most = view.model().way + takes;
  const Millis least = most / std::max(1, promise.windows);
  Newcomer newcomer{promise, 0, least};
  if (forecast.people_ahead == 0) newcomer.called_at_once = free_windows_of(floor, service.group);
  if (newcomer.called_at_once == 0)
    newcomer.each_adds = std::clamp(promise.physics.q50 / (forecast.people_ahead + 1), least, most);
  return newcomer;
}

// The same promise, with a wait that is longer by `more`.
Promise later(Promise promise, Millis more, Instant now) {
  if (more == Millis(0)) return promise;
  for (auto* wait : {&promise.told, &promise.physics}) {
    wait->q10 += more;
    wait->q50 += more;
    wait->q90 += more;
  }
  const auto is_soon = [](bool was_soon, const WaitQuantiles& wait) {
    return was_soon && wait.q90 < queue::kSoon;
  };
  promise.is_soon_by_physics = is_soon(promise.is_soon_by_physics, promise.physics);
  queue::WaitForecast wait{promise.told.q10, promise.told.q50, promise.told.q90, {}, 0};
  if (is_soon(promise.range.is_soon, promise.told)) wait.share_soon = 1;
  if (const auto told = queue::promise_of(wait, now, promise.model))
    promise.range = range_of(*told);
  return promise;
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
    const auto told = promise_of(refinement, newcomer.wait, false, now);
    if (!told) continue;
    const auto& service = view.model().services[newcomer.service];
    estimate.newcomers.emplace(ServiceId(service.id), newcomer_of(view, floor, newcomer, *told));
    const auto [group, is_new] =
        estimate.groups.emplace(GroupId(view.model().groups[service.group]), told->range);
    if (!is_new) group->second = over_both(group->second, told->range);
  }
  for (std::size_t i = 0; i < floor.visitors.size(); ++i) {
    const auto& visitor = floor.visitors[i];
    auto told = promise_of(refinement, forecast.visitors[i], visitor.has_slot(), now);
    if (!told) continue;
    const auto& service = view.model().services[visitor.service];
    told->windows = windows_of(floor, service.group);
    if (visitor.has_slot()) {
      estimate.reserved.emplace(std::pair(ServiceId(service.id), visitor.slot), *told);
    } else {
      estimate.prioritised.emplace(GroupId(view.model().groups[service.group]), *told);
    }
  }
  return estimate;
}

// Of somebody whom a slot or a priority puts elsewhere than at the line's end. nullopt: they do
// not, or such a one was not expected.
std::optional<Promise> elsewhere(const OfficeEstimate& estimate, const LegRow& leg) {
  const auto in = [](const auto& promises, const auto& key) -> std::optional<Promise> {
    const auto found = promises.find(key);
    if (found == promises.end()) return std::nullopt;
    return found->second;
  };
  if (leg.slot_at) return in(estimate.reserved, std::pair(ServiceId(leg.service), *leg.slot_at));
  if (leg.order_reason == OrderReason::priority_head_start)
    return in(estimate.prioritised, GroupId(leg.grp));
  return std::nullopt;
}

// What is told to a newcomer after `joined` others.
Promise behind(const Newcomer& first, int joined, Instant now) {
  const int waits_for = first.called_at_once > 0 ? joined + 1 - first.called_at_once : joined;
  return later(first.promise, std::max(0, waits_for) * first.each_adds, now);
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

// A time that moves because a clerk comes, leaves or pauses is told with that cause, also when the
// ticket's own promise still holds.
void Estimates::note_shown(Place& place, const queue::FloorForecast& forecast,
                           OfficeEstimate& estimate) {
  std::map<std::int64_t, Shown> shown;
  for (const auto& person : forecast.waiting) {
    const auto told = estimate.waiting.find(person.id);
    if (told == estimate.waiting.end()) continue;
    const Told fresh{estimate.windows[GroupId(place.view->model().groups[person.group])],
                     told->second.at_latest};
    const auto before = place.shown.find(person.id);
    auto& now = shown.emplace(person.id, Shown{fresh, fresh}).first->second;
    if (before == place.shown.end()) continue;
    const auto& [most, fewest] = before->second;
    if (fresh.windows < most.windows) {
      now.most = most;
      if (fresh.at_latest > most.at_latest) estimate.delayed.insert(person.id);
    }
    if (fresh.windows > fewest.windows) {
      now.fewest = fewest;
      if (fresh.at_latest < fewest.at_latest) estimate.hastened.insert(person.id);
    }
  }
  place.shown = std::move(shown);
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
  const std::scoped_lock looking(here.looking);
  if (here.learned.day != day) here.learned = learn(tx, office, day);
  prepare(here, tx, office, now);
  const auto newest_leg = store::newest_leg(tx);
  const auto floor = here.view->floor(tx, now);
  const auto forecast = here.futures->look(floor);
  auto estimate = std::make_shared<OfficeEstimate>(
      estimate_of(*here.view, floor, forecast, here.learned.refinement));
  estimate->newest_leg = newest_leg;
  note_shown(here, forecast, *estimate);
  const std::scoped_lock lock(mutex_);
  here.latest = estimate;
  return estimate;
}

std::shared_ptr<const OfficeEstimate> Estimates::latest(const OfficeId& office) const {
  const std::scoped_lock lock(mutex_);
  const auto found = places_.find(office);
  return found == places_.end() ? nullptr : found->second.latest;
}

// Each new leg is read once.
int Estimates::joined(db::Transaction& tx, const OfficeId& office,
                      const std::shared_ptr<const OfficeEstimate>& look, const GroupId& group) {
  const std::scoped_lock lock(joined_mutex_);
  Joined& since = joined_[office];
  if (since.look != look) since = {look, look->newest_leg, {}};
  for (const auto& [leg, grp] : store::newer_legs(tx, office, since.newest)) {
    since.newest = leg;
    ++since.legs[GroupId(grp)];
  }
  return since.legs[group];
}

std::optional<Promise> Estimates::for_ticket(db::Transaction& tx, const OfficeId& office,
                                             const LegRow& leg, Instant now) {
  const auto estimate = latest(office);
  if (!estimate || now - estimate->as_of > kFresh || now < estimate->as_of) return std::nullopt;
  auto told = elsewhere(*estimate, leg);
  if (!told) {
    const auto found = estimate->newcomers.find(ServiceId(leg.service));
    if (found == estimate->newcomers.end()) return std::nullopt;
    told = behind(found->second, joined(tx, office, estimate, GroupId(leg.grp)), estimate->as_of);
  }
  told->age = now - estimate->as_of;
  return told;
}

}  // namespace matanai::floor
