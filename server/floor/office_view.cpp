#include "server/floor/office_view.hpp"

#include <algorithm>
#include <set>

#include "server/directory/rules.hpp"
#include "server/floor/call_rules.hpp"
#include "server/floor/store.hpp"
#include "server/floor/waiting_lines.hpp"

namespace matanai::floor {
namespace {

// Whoever has a ticket at closing is still served: the windows go on so long for the estimate.
constexpr Minutes kAfterClosing{120};
// A paused window is expected back so long after the pause began, and not before this from now.
constexpr Minutes kPause{15};
constexpr Minutes kPauseLeft{5};
constexpr double kShowProbability = 0.9;  // research queueing.md §4

}  // namespace

OfficeView::OfficeView(const directory::Directory& directory, OfficeId office, LocalDay day,
                       const ServiceTimeOf& time_of)
    : directory_(directory), office_(std::move(office)), day_(day) {
  for (const auto* group : directory.groups_of(office_)) {
    model_.groups.push_back(group->id.value);
    model_.policies.push_back(policy_of(directory, office_, group->id, day));
  }
  for (const auto* service : directory.services_of(office_)) {
    const auto index = group(service->group);
    if (!index) continue;
    model_.services.push_back({service->id.value, *index, time_of(*service)});
  }
}

std::optional<std::uint16_t> OfficeView::group(const GroupId& id) const {
  const auto found = std::ranges::find(model_.groups, id.value);
  if (found == model_.groups.end()) return std::nullopt;
  return static_cast<std::uint16_t>(found - model_.groups.begin());
}

std::optional<std::uint16_t> OfficeView::service(const ServiceId& id) const {
  const auto found = std::ranges::find(model_.services, id.value, &queue::ServiceModel::id);
  if (found == model_.services.end()) return std::nullopt;
  return static_cast<std::uint16_t>(found - model_.services.begin());
}

queue::FloorNow OfficeView::floor(db::Transaction& tx, Instant now) const {
  queue::FloorNow floor;
  floor.now = now;
  add_lines(tx, floor);
  add_windows(tx, floor);
  add_reservations(tx, floor);
  add_visitors(floor);
  const auto counts = [](const queue::CallPolicy& policy) {
    return policy.rules().rule == CallRule::ratio;
  };
  if (std::ranges::any_of(model_.policies, counts))
    floor.reserved_in_row = store::reserved_in_row(tx, office_, day_);
  return floor;
}

void OfficeView::add_lines(db::Transaction& tx, queue::FloorNow& floor) const {
  floor.lines.resize(model_.groups.size());
  for (const auto& row : store::line(tx, office_)) {
    const auto line = group(row.group);
    const auto index = service(row.service);
    if (!line || !index) continue;
    const auto minutes = model_.services[*index].time.mean_minutes;
    floor.lines[*line].insert(
        person_of(row, *index, Millis(static_cast<std::int64_t>(minutes * 60000))));
  }
}

void OfficeView::add_windows(db::Transaction& tx, queue::FloorNow& floor) const {
  const auto plan = directory::day_plan(directory_, office_, day_);
  if (!plan.is_open) return;
  const Instant until = instant_at(day_, plan.closes) + kAfterClosing;
  const auto present = store::present(tx, office_);
  for (const auto& row : store::windows(tx, office_)) {
    if (row.mode == WindowMode::closed) continue;
    queue::WindowNow window;
    window.window.id = row.window.value;
    const auto* place = directory_.find_window(office_, row.window);
    for (const auto& id : row.groups.empty() && place ? place->groups : row.groups)
      if (const auto index = group(id)) window.window.groups.push_back(*index);
    Instant from = floor.now;
    if (row.mode == WindowMode::paused)
      from = std::max<Instant>(floor.now + kPauseLeft, row.paused_at.value_or(floor.now) + kPause);
    if (from < until) window.window.open.push_back({from, until});
    const auto person = std::ranges::find(present, row.window, &store::Present::window);
    const auto served = person == present.end() ? std::nullopt : service(person->service);
    if (served) {
      window.is_busy = true;
      window.is_started = person->is_started;
      window.service = *served;
      window.person = person->leg;
      window.since = person->since;
    }
    floor.windows.push_back(std::move(window));
  }
}

void OfficeView::add_reservations(db::Transaction& tx, queue::FloorNow& floor) const {
  const Minutes late = directory_.minutes_setting(directory::settings::kCheckInLateMinutes, office_,
                                                  GroupId(), day_);
  for (const auto& expected : store::expected_of_day(tx, office_, day_)) {
    const auto index = service(expected.service);
    if (!index || expected.start + late < floor.now) continue;
    queue::ReservationToCome coming;
    coming.id = static_cast<std::int64_t>(std::hash<std::string>()(expected.reservation) >> 1);
    coming.slot = expected.start;
    coming.service = *index;
    coming.show_probability = kShowProbability;
    floor.reservations.push_back(coming);
  }
}

void OfficeView::add_visitors(queue::FloorNow& floor) const {
  namespace settings = directory::settings;
  const auto setting = [&](std::string_view name, std::uint16_t group) {
    return directory_.minutes_setting(name, office_, GroupId(model_.groups[group]), day_);
  };
  const auto add = [&](std::uint16_t service, std::optional<Instant> slot) {
    const auto group = model_.services[service].group;
    const queue::HeadStarts head_starts{setting(settings::kSlotLeadMinutes, group),
                                        setting(settings::kPriorityLeadMinutes, group)};
    const auto readiness = queue::ready_time(floor.now, slot, !slot, head_starts);
    queue::Person visitor;
    visitor.arrival = floor.now;
    visitor.ready_at = readiness.ready_at;
    visitor.reason = readiness.reason;
    visitor.slot = slot.value_or(queue::kNever);
    visitor.service = service;
    floor.visitors.push_back(visitor);
  };
  std::set<std::pair<std::uint16_t, Instant>> slots;
  for (const auto& coming : floor.reservations)
    if (coming.slot -
            setting(settings::kCheckInEarlyMinutes, model_.services[coming.service].group) <=
        floor.now)
      slots.emplace(coming.service, coming.slot);
  for (const auto& [service, slot] : slots) add(service, slot);
  std::set<std::uint16_t> groups;
  for (std::uint16_t i = 0; i < model_.services.size(); ++i)
    if (groups.insert(model_.services[i].group).second) add(i, std::nullopt);
}

}  // namespace matanai::floor
