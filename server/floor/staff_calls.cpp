#include "server/floor/staff_calls.hpp"

#include "schema/types/json.hpp"
#include "server/directory/rules.hpp"
#include "server/floor/enum_names.hpp"
#include "server/floor/store.hpp"
#include "server/floor/store_calls.hpp"

namespace matanai::floor {
namespace {

void record(db::Transaction& tx, EventKind kind, const CallRow& call, const std::string& actor,
            Instant now) {
  EventRow event;
  event.kind = kind;
  event.actor = actor;
  event.reason = name_of(call.call.reason);
  event.data = boost::json::serialize(
      boost::json::object{{"call", call.call.id}, {"place", call.call.place}});
  store::append_event(tx, call.office, call.day, now, event);
}

bool is_printers(KioskCallReason reason) { return reason == KioskCallReason::printer; }

}  // namespace

// Somebody may call before the doors open: counters are staffed by then; and after closing as long
// as clerks still serve those who are inside.
bool has_ended(db::Transaction& tx, const Context& context, const OfficeId& office, LocalDay day,
               Instant now) {
  if (day != local_day(now)) return true;
  const auto plan = directory::day_plan(context.directory, office, day);
  if (plan.is_open && local_time_of_day(now) < plan.closes) return false;
  return !store::has_people(tx, office, day);
}

Result<StaffCall> call_staff(db::Transaction& tx, const Context& context, const OfficeId& office,
                             const StaffCallRequest& request, Instant now) {
  if (!context.directory.find_office(office)) return Refusal(RefusalCode::unknown_office);
  if (const auto same = store::call_by_message(tx, request.issuer, request.message_id)) {
    if (same->office != office) return Refusal(RefusalCode::idempotency_key_reused);
    return same->call;
  }
  if (has_ended(tx, context, office, local_day(now), now))
    return Refusal(RefusalCode::office_closed);
  if (const auto open =
          store::open_call_of(tx, office, request.issuer, is_printers(request.reason))) {
    if (open->call.reason != StaffCallReason::paper_near_end) return open->call;
    drop_staff_call(tx, *open, request.issuer, now);  // somebody waits for a ticket now
  }
  CallRow row{office, local_day(now), {}};
  row.call.place = request.issuer;
  row.call.reason = enum_from<StaffCallReason>(name_of(request.reason));
  row.call.called_at = now;
  row.call.id = store::insert_call(tx, row, request.message_id);
  record(tx, EventKind::staff_called, row, request.issuer, now);
  return row.call;
}

void call_for_printer(db::Transaction& tx, const KioskRow& kiosk, StaffCallReason reason,
                      const std::string& trouble, Instant now) {
  CallRow row{kiosk.office, local_day(now), {}};
  row.call.place = kiosk.kiosk;
  row.call.reason = reason;
  row.call.called_at = now;
  if (const auto known = store::call_by_message(tx, kiosk.kiosk, trouble)) {
    row.call.id = known->call.id;
    store::reopen_call(tx, row);
  } else {
    row.call.id = store::insert_call(tx, row, trouble);
  }
  record(tx, EventKind::staff_called, row, kiosk.kiosk, now);
}

Result<StaffCall> answer_staff_call(db::Transaction& tx, const OfficeId& office, std::int64_t id,
                                    const Clerk& clerk, Instant now) {
  auto row = store::kept_call(tx, office, id);
  if (!row) return Refusal(RefusalCode::not_found);
  if (row->call.answered_at) return row->call;
  row->call.answered_at = now;
  row->call.answered_by = clerk.name;
  store::set_call_answered(tx, row->call);
  record(tx, EventKind::staff_call_answered, *row, clerk.id, now);
  return row->call;
}

std::vector<CallRow> staff_calls_to_drop(db::Transaction& tx, const Context& context, Instant now) {
  auto calls = store::open_calls(tx);
  std::erase_if(calls, [&](const CallRow& call) {
    return !has_ended(tx, context, call.office, call.day, now);
  });
  return calls;
}

void drop_staff_call(db::Transaction& tx, const CallRow& call, const std::string& actor,
                     Instant now) {
  store::set_call_dropped(tx, call.call.id, now);
  record(tx, EventKind::staff_call_dropped, call, actor, now);
}

}  // namespace matanai::floor
