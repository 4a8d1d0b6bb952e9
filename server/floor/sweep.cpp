#include "server/floor/sweep.hpp"

#include <algorithm>

#include "server/floor/leg_state.hpp"
#include "server/floor/printer_calls.hpp"
#include "server/floor/staff_calls.hpp"
#include "server/floor/store.hpp"

namespace matanai::floor {
namespace {

bool is_no_show(const Context& context, const Expected& expected, Instant now) {
  const auto limit =
      context.directory.minutes_setting(directory::settings::kNoShowAfterMinutes, expected.office,
                                        expected.group, local_day(expected.start));
  return now > expected.start + limit;
}

void expire(db::Transaction& tx, const Context& context, const OfficeId& office,
            std::int64_t leg_id, Instant now) {
  auto leg = store::leg_by_id(tx, leg_id);
  const auto state = leg ? after(leg->state, Move::expire) : Result<LegState>(LegState::expired);
  if (!leg || state.has_error()) return;
  const auto ticket = store::ticket_by_id(tx, leg->ticket);
  EventRow event;
  event.kind = *state == LegState::finished ? EventKind::finished : EventKind::expired;
  event.actor = "system";
  event.ticket = leg->ticket;
  event.number = leg->number;
  event.window = leg->window;
  event.service = leg->service;
  event.reason = "day_over";
  leg->state = *state;
  leg->state_since = now;
  store::update_leg(tx, *leg);
  store::append_event(tx, office, ticket ? ticket->day : local_day(now), now, event);
  if (!ticket || !ticket->reservation) return;
  const bool was_served = *state == LegState::finished;
  store::set_expected_state(tx, *ticket->reservation, was_served ? "served" : "no_show");
  if (context.on_attendance) {
    context.on_attendance(tx, {was_served ? Attendance::Kind::served : Attendance::Kind::no_show,
                               *ticket->reservation, now});
  }
}

// A window that somebody left open on an earlier day.
void close_window(db::Transaction& tx, const OfficeId& office, const WindowId& window,
                  Instant now) {
  EventRow event;
  event.kind = EventKind::window_closed;
  event.actor = "system";
  event.window = window.value;
  event.reason = "day_over";
  store::append_event(tx, office, local_day(now), now, event);
  WindowRow row;
  row.window = window;
  store::put_window(tx, office, row);
}

// Visits before this are forgotten: after the shortest time that one of the office's groups keeps a
// contact, but never those of today, who may still come.
Instant remembered_since(const Context& context, const OfficeId& office, Instant now) {
  namespace settings = directory::settings;
  const auto day = local_day(now);
  auto kept = context.directory.setting(settings::kContactErasedDays, office, day);
  for (const auto* group : context.directory.groups_of(office)) {
    kept = std::min(
        kept, context.directory.setting(settings::kContactErasedDays, office, group->id, day));
  }
  return std::min(now - std::chrono::days(kept), instant_at(day, TimeOfDay(0)));
}

void note(std::vector<OfficeId>& offices, const OfficeId& office) {
  if (std::ranges::find(offices, office) == offices.end()) offices.push_back(office);
}

}  // namespace

bool has_something_to_sweep(db::Transaction& tx, const Context& context, Instant now) {
  for (const auto& expected : store::overdue(tx, now, 20)) {
    if (is_no_show(context, expected, now)) return true;
  }
  for (const auto& office : context.directory.offices()) {
    if (store::has_old_visits(tx, office.id, remembered_since(context, office.id, now)))
      return true;
  }
  return !store::legs_before(tx, local_day(now), 1).empty() ||
         !store::windows_before(tx, local_day(now)).empty() ||
         !staff_calls_to_drop(tx, context, now).empty() ||
         !printers_to_attend(tx, context, now).empty();
}

std::vector<OfficeId> sweep(db::Transaction& tx, const Context& context, Instant now, int limit) {
  std::vector<OfficeId> changed;
  for (const auto& expected : store::overdue(tx, now, limit)) {
    if (!is_no_show(context, expected, now)) continue;
    store::set_expected_state(tx, expected.reservation, "no_show");
    if (context.on_attendance)
      context.on_attendance(tx, {Attendance::Kind::no_show, expected.reservation, now});
    note(changed, expected.office);
  }
  for (const auto& [office, leg] : store::legs_before(tx, local_day(now), limit)) {
    expire(tx, context, office, leg, now);
    note(changed, office);
  }
  for (const auto& [office, window] : store::windows_before(tx, local_day(now))) {
    close_window(tx, office, window, now);
    note(changed, office);
  }
  for (const auto& call : staff_calls_to_drop(tx, context, now)) {
    drop_staff_call(tx, call, "system", now);
    note(changed, call.office);
  }
  for (const auto& kiosk : printers_to_attend(tx, context, now)) {
    attend_printer(tx, context, kiosk, now);
    note(changed, kiosk.office);
  }
  for (const auto& office : context.directory.offices()) {
    const auto since = remembered_since(context, office.id, now);
    store::forget_expected(tx, office.id, since, limit);
    store::erase_ticket_help(tx, office.id, since, limit);
  }
  return changed;
}

}  // namespace matanai::floor
