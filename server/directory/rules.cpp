#include "server/directory/rules.hpp"

#include <algorithm>
#include <stdexcept>

namespace matanai::directory {
namespace {

constexpr int kSearchDays = 400;  // longer than any closure that is data

template <class Row>
bool is_for(const Row& row, const OfficeId& office) {
  return !row.office || *row.office == office;
}

// The entry of a kind on that day; the office's own goes before one for all.
const CalendarEntry* find_entry(const Directory& directory, const OfficeId& office, LocalDay day,
                                CalendarKind kind) {
  const CalendarEntry* best = nullptr;
  for (const auto& entry : directory.calendar()) {
    if (entry.first > day) break;
    if (entry.kind != kind || entry.last < day || !is_for(entry, office)) continue;
    if (!best || (entry.office && !best->office)) best = &entry;
  }
  return best;
}

// Rows are newest first: the first of the office's own, else the first for all.
const Hours* find_hours(const Directory& directory, const OfficeId& office, LocalDay day) {
  const int weekday = iso_weekday(day);
  const Hours* for_all = nullptr;
  for (const auto& hours : directory.hours()) {
    if (hours.weekday != weekday || hours.valid_from > day || !is_for(hours, office)) continue;
    if (hours.office) return &hours;
    if (!for_all) for_all = &hours;
  }
  return for_all;
}

DayPlan closed_plan(LocalDay day, ClosureKind kind, LocalizedText reason) {
  return DayPlan{.day = day, .closure = kind, .reason = std::move(reason), .note = {}};
}

LocalizedText weekly_reason(LocalDay day) {
  const int weekday = iso_weekday(day);
  if (weekday == 6) return LocalizedText::from_words("directory.closed.saturday");
  if (weekday == 7) return LocalizedText::from_words("directory.closed.sunday");
  return LocalizedText::from_words("directory.closed.weekday");
}

void set_reservations(DayPlan& plan, TimeOfDay first, TimeOfDay last) {
  plan.takes_reservations = first <= last;
  plan.first_start = first;
  plan.last_start = last;
}

DayPlan special_plan(LocalDay day, const CalendarEntry& entry) {
  DayPlan plan{.day = day, .is_open = true, .reason = {}, .note = entry.name};
  plan.opens = entry.opens.value_or(TimeOfDay(0));
  plan.closes = entry.closes.value_or(TimeOfDay(0));
  if (entry.first_start && entry.last_start)
    set_reservations(plan, *entry.first_start, *entry.last_start);
  return plan;
}

DayPlan ordinary_plan(LocalDay day, const Hours* hours, const CalendarEntry* extended) {
  if (!hours || !hours->is_open) return closed_plan(day, ClosureKind::weekly, weekly_reason(day));
  DayPlan plan{.day = day,
               .is_open = true,
               .opens = hours->opens,
               .closes = hours->closes,
               .reason = {},
               .note = {}};
  set_reservations(plan, hours->first_start, hours->last_start);
  if (!extended) return plan;
  plan.note = extended->name;
  plan.opens = extended->opens.value_or(plan.opens);
  plan.closes = extended->closes.value_or(plan.closes);
  if (extended->first_start && extended->last_start) {
    set_reservations(plan, *extended->first_start, *extended->last_start);
  }
  return plan;
}

DayPlan plan_without_emergency(const Directory& directory, const OfficeId& office, LocalDay day) {
  using enum CalendarKind;
  if (const auto* entry = find_entry(directory, office, day, special))
    return special_plan(day, *entry);
  if (const auto* entry = find_entry(directory, office, day, closed)) {
    return closed_plan(day, ClosureKind::closed, entry->name);
  }
  if (const auto* entry = find_entry(directory, office, day, holiday)) {
    return closed_plan(day, ClosureKind::holiday, entry->name);
  }
  return ordinary_plan(day, find_hours(directory, office, day),
                       find_entry(directory, office, day, extended));
}

// What a storm leaves of a day: open from `opens`, or until `closes`.
DayPlan limited(DayPlan plan, const CalendarEntry& emergency) {
  if (!plan.is_open) return plan;
  plan.opens = std::max(plan.opens, emergency.opens.value_or(plan.opens));
  plan.closes = std::min(plan.closes, emergency.closes.value_or(plan.closes));
  plan.note = emergency.name;
  const bool is_whole_day = !emergency.opens && !emergency.closes;
  if (is_whole_day || plan.opens >= plan.closes) {
    return closed_plan(plan.day, ClosureKind::emergency, emergency.name);
  }
  if (plan.takes_reservations) {
    set_reservations(plan, std::max(plan.first_start, plan.opens),
                     std::min(plan.last_start, plan.closes - kSlotUnit));
  }
  return plan;
}

}  // namespace

DayPlan day_plan(const Directory& directory, const OfficeId& office, LocalDay day) {
  if (!directory.find_office(office)) throw std::logic_error("day_plan: no office " + office.value);
  auto plan = plan_without_emergency(directory, office, day);
  const auto* emergency = find_entry(directory, office, day, CalendarKind::emergency);
  return emergency ? limited(std::move(plan), *emergency) : plan;
}

bool is_slot_start(const DayPlan& plan, TimeOfDay start, Minutes length) {
  if (!plan.takes_reservations || length < kSlotUnit) return false;
  const auto step = std::min<Minutes>(length, Minutes(30));
  return start.count() % step.count() == 0 && start >= plan.first_start &&
         start <= plan.last_start && start + length <= plan.closes;
}

std::vector<TimeOfDay> slot_starts(const DayPlan& plan, Minutes length) {
  std::vector<TimeOfDay> out;
  if (!plan.takes_reservations) return out;
  for (TimeOfDay start{0}; start <= plan.last_start; start += kSlotUnit) {
    if (is_slot_start(plan, start, length)) out.push_back(start);
  }
  return out;
}

std::vector<TimeOfDay> slot_units(TimeOfDay start, Minutes length) {
  std::vector<TimeOfDay> out;
  for (auto unit = start; unit < start + length; unit += kSlotUnit) out.push_back(unit);
  return out;
}

std::optional<LocalDay> next_open_day(const Directory& directory, const OfficeId& office,
                                      LocalDay day) {
  for (int i = 1; i <= kSearchDays; ++i) {
    const auto candidate = day + std::chrono::days(i);
    if (day_plan(directory, office, candidate).is_open) return candidate;
  }
  return std::nullopt;
}

std::optional<Instant> next_open_instant(const Directory& directory, const OfficeId& office,
                                         Instant from) {
  const auto today = local_day(from);
  const auto plan = day_plan(directory, office, today);
  const auto time = local_time_of_day(from);
  if (plan.is_open_at(time)) return from;
  if (plan.is_open && time < plan.opens) return instant_at(today, plan.opens);
  const auto day = next_open_day(directory, office, today);
  if (!day) return std::nullopt;
  return instant_at(*day, day_plan(directory, office, *day).opens);
}

}  // namespace matanai::directory
