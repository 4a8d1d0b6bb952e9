#include "server/booking/rules.hpp"

#include <algorithm>
#include <cstdlib>
#include <map>
#include <utility>

namespace matanai::booking {
namespace {

namespace settings = directory::settings;
using std::chrono::days;
constexpr days kOneDay{1};

int limit_of(const directory::SlotPart& part, Channel channel) {
  switch (channel) {
    case Channel::web:
      return part.web;
    case Channel::kiosk:
      return part.kiosk;
    case Channel::staff:
      return part.staff;
  }
  return 0;
}

// nullopt when some unit has no place at all for the channel.
std::optional<Slot> make_slot(const Offer& offer, const directory::SlotRule& rule, LocalDay day,
                              TimeOfDay time, Channel channel) {
  const auto start = instant_at(day, time);
  Slot slot{offer.office->id,
            offer.service->id,
            offer.service->group,
            day,
            time,
            start,
            start + offer.service->slot,
            {}};
  for (const auto unit : directory::slot_units(time, offer.service->slot)) {
    const int limit = limit_of(rule.at(unit), channel);
    if (limit <= 0) return std::nullopt;
    slot.units.push_back({instant_at(day, unit), limit});
  }
  return slot;
}

std::vector<Slot> slots_of_plan(const directory::Directory& directory, const Offer& offer,
                                const directory::DayPlan& plan, Channel channel) {
  std::vector<Slot> slots;
  const auto* rule = directory.slot_rule(offer.office->id, offer.service->group, plan.day);
  if (!rule || !plan.takes_reservations) return slots;
  for (const auto time : directory::slot_starts(plan, offer.service->slot)) {
    if (auto slot = make_slot(offer, *rule, plan.day, time, channel))
      slots.push_back(std::move(*slot));
  }
  return slots;
}

bool may_book(const BookingWindow& window, const Slot& slot) {
  return slot.day >= window.today && slot.day <= window.last_day &&
         slot.start >= window.earliest_start;
}

bool is_reserved_at(const directory::Directory& directory, const OfficeId& office,
                    const GroupId& group) {
  return std::ranges::any_of(directory.tables().slot_rules, [&](const auto& rule) {
    return rule.office == office && rule.group == group;
  });
}

}  // namespace

void Usage::subtract(Instant start, Instant end) {
  for (auto unit = start; unit < end; unit += directory::kSlotUnit) {
    auto& taken = taken_[to_millis(unit)];
    taken = std::max(0, taken - 1);
  }
}

int Usage::taken(Instant unit) const {
  const auto found = taken_.find(to_millis(unit));
  return found == taken_.end() ? 0 : found->second;
}

Result<Offer> find_offer(const directory::Directory& directory, const OfficeId& office,
                         const ServiceId& service) {
  Offer offer{directory.find_office(office), directory.find_service(service)};
  if (!offer.office) return Refusal(RefusalCode::unknown_office);
  if (!offer.service || !directory.offers(office, service))
    return Refusal(RefusalCode::unknown_service);
  const bool has_slots =
      offer.service->is_reservable && offer.service->slot >= directory::kSlotUnit;
  if (!has_slots || !is_reserved_at(directory, office, offer.service->group))
    return Refusal(RefusalCode::service_not_reservable);
  return offer;
}

BookingWindow booking_window(const directory::Directory& directory, const Offer& offer,
                             Channel channel, Instant now) {
  const auto today = local_day(now);
  const auto value = [&](std::string_view name) {
    return directory.setting(name, offer.office->id, offer.service->group, today);
  };
  const bool is_kiosk = channel == Channel::kiosk;
  const auto horizon = is_kiosk ? days(0) : days(value(settings::kHorizonDays));
  const Minutes cut_off(value(is_kiosk ? settings::kKioskCutOffMinutes : settings::kCutOffMinutes));
  return {today, today + horizon, now + cut_off};
}

std::vector<Slot> slots_of(const directory::Directory& directory, const Offer& offer, LocalDay day,
                           Channel channel) {
  return slots_of_plan(directory, offer, directory::day_plan(directory, offer.office->id, day),
                       channel);
}

Result<Slot> find_slot(const directory::Directory& directory, const Offer& offer, LocalDay day,
                       TimeOfDay time, Channel channel, Instant now) {
  const auto window = booking_window(directory, offer, channel, now);
  if (day < window.today) return Refusal(RefusalCode::too_late_to_book);
  if (day > window.last_day)
    return Refusal(RefusalCode::beyond_horizon).with("until", to_wire(window.last_day));
  const auto plan = directory::day_plan(directory, offer.office->id, day);
  if (!plan.takes_reservations)
    return Refusal(RefusalCode::office_closed).with("date", to_wire(day));
  const auto* rule = directory.slot_rule(offer.office->id, offer.service->group, day);
  if (!rule || !directory::is_slot_start(plan, time, offer.service->slot))
    return Refusal(RefusalCode::no_such_slot);
  auto slot = make_slot(offer, *rule, day, time, channel);
  if (!slot) return Refusal(RefusalCode::no_such_slot);
  if (slot->start < window.earliest_start) return Refusal(RefusalCode::too_late_to_book);
  return *std::move(slot);
}

int free_places(const Slot& slot, const Usage& usage) {
  int free = slot.units.front().limit;
  for (const auto& unit : slot.units) free = std::min(free, unit.limit - usage.taken(unit.start));
  return std::max(0, free);
}

std::vector<FreeTime> times_of(const directory::Directory& directory, const Offer& offer,
                               LocalDay day, Channel channel, Instant now, const Usage& usage) {
  const auto window = booking_window(directory, offer, channel, now);
  std::vector<FreeTime> times;
  for (auto& slot : slots_of(directory, offer, day, channel)) {
    if (!may_book(window, slot)) continue;
    const int free = free_places(slot, usage);
    times.push_back({std::move(slot), free});
  }
  return times;
}

DaySummary summarise_day(const directory::Directory& directory, const Offer& offer, LocalDay day,
                         Channel channel, Instant now, const Usage& usage) {
  const auto window = booking_window(directory, offer, channel, now);
  DaySummary summary{day, DayState::closed, 0,
                     directory::day_plan(directory, offer.office->id, day)};
  if (day < window.today) {
    summary.state = DayState::past;
    return summary;
  }
  const auto slots = slots_of_plan(directory, offer, summary.plan, channel);
  if (slots.empty()) return summary;
  if (day > window.last_day) {
    summary.state = DayState::not_yet;
    return summary;
  }
  if (slots.back().start < window.earliest_start) {
    summary.state = DayState::past;
    return summary;
  }
  const auto is_free = [&](const Slot& slot) {
    return may_book(window, slot) && free_places(slot, usage) > 0;
  };
  const auto free = std::ranges::count_if(slots, is_free);
  summary.free_times = static_cast<int>(free);
  const bool is_few = free <= 3 || free * 4 < std::ssize(slots);
  summary.state = free == 0 ? DayState::full : is_few ? DayState::few : DayState::many;
  return summary;
}

std::vector<FreeTime> soonest(const directory::Directory& directory, const Offer& offer,
                              Channel channel, Instant now, const Usage& usage, std::size_t count) {
  const auto window = booking_window(directory, offer, channel, now);
  std::vector<FreeTime> found;
  for (auto day = window.today; day <= window.last_day; day += kOneDay) {
    for (auto& time : times_of(directory, offer, day, channel, now, usage)) {
      if (found.size() == count) return found;
      if (time.free > 0) found.push_back(std::move(time));
    }
  }
  return found;
}

std::vector<FreeTime> nearest(const directory::Directory& directory, const Offer& offer,
                              Instant wanted, Channel channel, Instant now, const Usage& usage,
                              std::size_t count) {
  const auto window = booking_window(directory, offer, channel, now);
  std::vector<FreeTime> found;
  const auto add = [&](LocalDay day) {
    if (day < window.today || day > window.last_day) return;
    for (auto& time : times_of(directory, offer, day, channel, now, usage)) {
      if (time.free > 0) found.push_back(std::move(time));
    }
  };
  // Day by day outwards: starts lie within 12 hours of a day, so that a nearer day has the nearer
  // times.
  const auto middle = local_day(wanted);
  for (auto away = days(0); away <= kNearestReach && found.size() < count; away += kOneDay) {
    add(middle - away);
    if (away > days(0)) add(middle + away);
  }
  const auto distance = [wanted](const FreeTime& time) {
    return std::pair(std::abs((time.slot.start - wanted).count()), time.slot.start);
  };
  std::ranges::sort(found, {}, distance);
  if (found.size() > count)
    found.erase(found.begin() + static_cast<std::ptrdiff_t>(count), found.end());
  return found;
}

std::vector<FreeTime> earlier(const directory::Directory& directory, const Offer& offer,
                              Instant wanted, Channel channel, Instant now, const Usage& usage,
                              std::size_t count) {
  std::vector<FreeTime> found;
  for (auto& time : times_of(directory, offer, local_day(wanted), channel, now, usage)) {
    if (found.size() == count || time.slot.start >= wanted) break;
    if (time.free > 0) found.push_back(std::move(time));
  }
  return found;
}

Instant hold_end(const directory::Directory& directory, const OfficeId& office,
                 const GroupId& group, Instant held_at, Instant from, Instant slot_start) {
  const auto length =
      directory.minutes_setting(settings::kHoldMinutes, office, group, local_day(from));
  return std::min({from + length, held_at + kLongestHold, slot_start});
}

bool may_hold_more(const directory::Directory& directory, const Offer& offer, const Slot& slot,
                   Channel channel, const HeldPlaces& held, int share) {
  if (held.holds < kHoldsInAnyCase) return true;
  std::map<Instant, int> places;  // by unit: slots of one service may share units
  for (const auto& one : slots_of(directory, offer, slot.day, channel)) {
    for (const auto& unit : one.units) places[unit.start] = unit.limit;
  }
  int all = 0;
  for (const auto& [start, limit] : places) all += limit;
  const int wanted = static_cast<int>(slot.units.size());
  return (held.units + wanted) * 100 <= all * share;
}

}  // namespace matanai::booking
