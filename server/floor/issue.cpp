#include "server/floor/issue.hpp"

#include "schema/types/codes.hpp"
#include "schema/types/json.hpp"
#include "server/directory/rules.hpp"
#include "server/floor/arrival.hpp"
#include "server/floor/store.hpp"
#include "server/http/message.hpp"

namespace matanai::floor {
namespace {

namespace settings = directory::settings;

struct NewTicket {
  const directory::Service* service = nullptr;
  std::string series;  // letter
  std::string issuer;
  std::string message_id;
  Locale locale = Locale::ja;
  bool priority = false;
  const Expected* expected = nullptr;  // checks in
  bool is_late = false;
  const Expected* given_up = nullptr;
};

std::string ticket_token(const Context& context, const TicketId& id) {
  return to_base32(db::derive(context.key, "ticket", id.value));
}

IssuedTicket as_issued(const Context& context, const TicketRow& row,
                       const directory::Service& service, bool is_repeat) {
  const auto* office = context.directory.find_office(row.office);
  const auto* group = context.directory.find_group(service.group);
  const auto locale = locale_from_tag(row.locale);
  IssuedTicket issued;
  issued.id = row.id;
  issued.number = row.number;
  issued.token = ticket_token(context, row.id);
  issued.url = context.public_url + "/t/" + issued.token;
  issued.office = row.office;
  issued.office_name = office->name.in(Locale::ja);
  if (!office->place.is_empty()) issued.section = office->place.in(Locale::ja);
  issued.group = service.group;
  issued.service = service.id;
  issued.service_name_ja = service.name.in(Locale::ja);
  issued.service_name = service.name.in(locale);
  issued.zone = group->zone;
  issued.issued_at = row.issued_at;
  issued.people_ahead = row.people_ahead;
  issued.reserved_for = row.reserved_for;
  if (row.reserved_for) issued.is_late = row.is_late;
  issued.locale = row.locale;
  issued.is_repeat = is_repeat;
  return issued;
}

// The ticket this message already made, if any. Refusal: idempotency_key_reused, when it was
// another office's.
Result<std::optional<IssuedTicket>> repeated(db::Transaction& tx, const Context& context,
                                             const OfficeId& office, const std::string& issuer,
                                             const std::string& message_id) {
  const auto row = store::ticket_by_message(tx, issuer, message_id);
  if (!row) return std::optional<IssuedTicket>();
  if (row->office != office) return Refusal(RefusalCode::idempotency_key_reused);
  return std::optional(issued_ticket(tx, context, row->id, /*is_repeat=*/true));
}

Result<void> check_issuing(const Context& context, const OfficeId& office, Instant now) {
  const auto day = local_day(now);
  const auto plan = directory::day_plan(context.directory, office, day);
  const auto time = local_time_of_day(now);
  const Minutes early(
      context.directory.setting(settings::kIssueFromMinutesBeforeOpening, office, day));
  const Minutes late(
      context.directory.setting(settings::kIssueUntilMinutesBeforeClosing, office, day));
  if (plan.is_open && time >= plan.opens - early && time < plan.closes - late) return {};
  Refusal refusal(RefusalCode::office_not_issuing);
  if (plan.is_open) {
    refusal.with("opens", to_wire(plan.opens));
    refusal.with("closes", to_wire(plan.closes - late));
  }
  if (const auto next = directory::next_open_instant(context.directory, office, now)) {
    refusal.with("next_date", to_wire(local_day(*next)));
    refusal.with("next_time", to_wire(local_time_of_day(*next)));
  }
  return refusal;
}

void record_issue(db::Transaction& tx, const OfficeId& office, const TicketRow& row,
                  const LegRow& leg, const std::optional<Promise>& told, const Expected* given_up,
                  const std::string& actor, Instant now) {
  boost::json::object data{{"issuer", row.issuer},
                           {"message_id", row.message_id},
                           {"locale", row.locale},
                           {"priority", row.priority},
                           {"is_late", row.is_late},
                           {"group", leg.grp},
                           {"ready_at", to_wire(leg.ready_at)}};
  data["people_ahead"] = row.people_ahead;
  if (told) {
    data["told"] = boost::json::object{{"low_minutes", told->range.low_minutes},
                                       {"high_minutes", told->range.high_minutes},
                                       {"at_latest", to_wire(told->range.at_latest)},
                                       {"q10_ms", told->told.q10.count()},
                                       {"q50_ms", told->told.q50.count()},
                                       {"q90_ms", told->told.q90.count()},
                                       {"physics_q10_ms", told->physics.q10.count()},
                                       {"physics_q50_ms", told->physics.q50.count()},
                                       {"physics_q90_ms", told->physics.q90.count()},
                                       {"physics_soon", told->is_soon_by_physics},
                                       {"age_ms", told->age.count()},
                                       {"model", told->model}};
  }
  if (row.reserved_for) data["reserved_for"] = to_wire(*row.reserved_for);
  if (row.reservation) data["reservation"] = *row.reservation;
  if (given_up) data["given_up"] = given_up->reservation;
  EventRow event;
  event.kind = row.reservation ? EventKind::checked_in : EventKind::issued;
  event.actor = actor;
  event.ticket = row.id.value;
  event.number = row.number;
  event.service = leg.service;
  event.data = boost::json::serialize(data);
  store::append_event(tx, office, row.day, now, event);
}

Result<IssuedTicket> allot(db::Transaction& tx, const Context& context, const OfficeId& office,
                           const NewTicket& wanted, const std::string& actor, Instant now) {
  const auto day = local_day(now);
  const auto number = next_in_series(store::last_number(tx, office, day, wanted.series));
  if (!number) return Refusal(RefusalCode::numbers_exhausted);
  store::set_last_number(tx, office, day, wanted.series, *number);

  const auto& group = wanted.service->group;
  const queue::HeadStarts head_starts{
      context.directory.minutes_setting(settings::kSlotLeadMinutes, office, group, day),
      context.directory.minutes_setting(settings::kPriorityLeadMinutes, office, group, day)};
  std::optional<Instant> slot;
  if (wanted.expected && !wanted.is_late) slot = wanted.expected->start;
  const auto readiness = queue::ready_time(now, slot, wanted.priority, head_starts);

  TicketRow row;
  row.id = TicketId(db::random_id(context.random));
  row.office = office;
  row.day = day;
  row.number = format_ticket_number(wanted.series, *number);
  row.token_hash = db::hash_secret(ticket_token(context, row.id));
  row.issuer = wanted.issuer;
  row.message_id = wanted.message_id;
  row.locale = tag_of(wanted.locale);
  row.priority = wanted.priority;
  row.is_late = wanted.is_late;
  row.issued_at = now;
  if (wanted.expected) {
    row.reservation = wanted.expected->reservation;
    row.reserved_for = wanted.expected->start;
    row.help = wanted.expected->help;
  }
  row.people_ahead = store::count_waiting_before(tx, office, group.value, readiness.ready_at,
                                                 std::numeric_limits<std::int64_t>::max());
  store::insert_ticket(tx, row);

  LegRow leg;
  leg.ticket = row.id.value;
  leg.number = row.number;
  leg.grp = group.value;
  leg.service = wanted.service->id.value;
  leg.state_since = now;
  leg.ready_at = readiness.ready_at;
  leg.order_reason = readiness.reason;
  leg.slot_at = slot;
  const auto told = context.estimates.for_ticket(tx, office, leg, now);
  leg.id = store::insert_leg(tx, office, day, leg, told);
  record_issue(tx, office, row, leg, told, wanted.given_up, actor, now);
  auto issued = as_issued(context, row, *wanted.service, /*is_repeat=*/false);
  if (told) issued.estimate = told->range;
  return issued;
}

// The reservation that a walk-in ticket gives up; nullopt when it is over already and there is
// nothing to give up. Refusals: check_in_not_found, those of check_is_awaited() but cancelled.
Result<std::optional<Expected>> find_given_up(db::Transaction& tx, const Context& context,
                                              const ReservationKey& key, const OfficeId& office,
                                              Instant now) {
  auto expected = find_expected(tx, key, office, local_day(now));
  if (!expected) return Refusal(RefusalCode::check_in_not_found);
  const auto awaited = check_is_awaited(tx, context, *expected, office, now);
  const bool is_over = awaited.has_error()
                           ? awaited.error().code == RefusalCode::reservation_cancelled
                           : expected->state != "booked";
  if (is_over) return std::optional<Expected>();
  if (awaited.has_error()) return awaited.error();
  return expected;
}

// The reservation's new state, here and in booking.
void tell_attendance(db::Transaction& tx, const Context& context, const Expected& expected,
                     std::string_view state, Attendance::Kind kind, Instant now) {
  store::set_expected_state(tx, expected.reservation, state);
  if (context.on_attendance) context.on_attendance(tx, {kind, expected.reservation, now});
}

// A range that is later than the ticket says, or than was shown before windows closed, is told with
// its cause, never silently.
void add_estimate(db::Transaction& tx, const Context& context, const TicketRow& ticket,
                  const LegRow& leg, TicketStatus& status) {
  const auto estimate = context.estimates.latest(ticket.office);
  if (!estimate) return;
  const auto mine = estimate->waiting.find(leg.id);
  if (mine == estimate->waiting.end()) return;
  status.estimate = mine->second;
  const auto told = store::promise_of(tx, leg.id);
  const auto windows = estimate->windows.find(GroupId(leg.grp));
  const bool has_fewer_windows =
      told && windows != estimate->windows.end() && windows->second < told->windows;
  if (told && mine->second.at_latest > told->range.at_latest) {
    status.delay = leg.passed > 0 ? DelayCause::others_first : DelayCause::longer_services;
    if (has_fewer_windows) status.delay = DelayCause::fewer_windows;
  }
  if (estimate->delayed.contains(leg.id)) status.delay = DelayCause::fewer_windows;
  status.has_more_windows = !status.delay && estimate->hastened.contains(leg.id);
}

}  // namespace

IssuedTicket issued_ticket(db::Transaction& tx, const Context& context, const TicketId& id,
                           bool is_repeat) {
  const auto row = store::ticket_by_id(tx, id.value);
  const auto leg = row ? store::latest_leg_of(tx, id.value) : std::nullopt;
  const auto* service = leg ? context.directory.find_service(ServiceId(leg->service)) : nullptr;
  if (!service) throw std::logic_error("no such ticket " + id.value);
  auto issued = as_issued(context, *row, *service, is_repeat);
  if (const auto told = store::promise_of(tx, leg->id)) issued.estimate = told->range;
  return issued;
}

Result<IssuedTicket> issue_ticket(db::Transaction& tx, const Context& context,
                                  const OfficeId& office, const TicketRequest& request,
                                  const std::string& actor, Instant now) {
  if (!context.directory.find_office(office)) return Refusal(RefusalCode::unknown_office);
  auto repeat = repeated(tx, context, office, request.issuer, request.message_id);
  if (repeat.has_error()) return repeat.error();
  if (*repeat) return **std::move(repeat);
  const auto* service = context.directory.find_service(request.service);
  if (!service || !context.directory.offers(office, request.service))
    return Refusal(RefusalCode::unknown_service);
  if (auto open = check_issuing(context, office, now); open.has_error()) return open.error();
  std::optional<Expected> given_up;
  if (request.gives_up) {
    auto found = find_given_up(tx, context, *request.gives_up, office, now);
    if (found.has_error()) return found.error();
    given_up = *std::move(found);
  }
  NewTicket wanted;
  wanted.service = service;
  wanted.series = service->group.value;
  wanted.issuer = request.issuer;
  wanted.message_id = request.message_id;
  wanted.locale = locale_from_tag(request.locale.value_or("ja"));
  wanted.priority = request.priority.value_or(false);
  if (given_up) wanted.given_up = &*given_up;
  auto issued = allot(tx, context, office, wanted, actor, now);
  if (given_up && issued.has_value()) {
    tell_attendance(tx, context, *given_up, "cancelled", Attendance::Kind::given_up, now);
  }
  return issued;
}

Result<IssuedTicket> check_in(db::Transaction& tx, const Context& context, const OfficeId& office,
                              const CheckInRequest& request, const std::string& actor,
                              Instant now) {
  if (!context.directory.find_office(office)) return Refusal(RefusalCode::unknown_office);
  auto repeat = repeated(tx, context, office, request.issuer, request.message_id);
  if (repeat.has_error()) return repeat.error();
  if (*repeat) return **std::move(repeat);
  const auto expected = find_expected(tx, {request.code, request.token}, office, local_day(now));
  const auto* service = expected ? context.directory.find_service(expected->service) : nullptr;
  if (!service) return Refusal(RefusalCode::check_in_not_found);
  const auto is_late = may_check_in(tx, context, *expected, office, now);
  if (is_late.has_error()) return is_late.error();
  if (auto open = check_issuing(context, office, now); open.has_error()) return open.error();
  NewTicket wanted;
  wanted.service = service;
  wanted.series = context.directory.reservations_group().id.value;
  wanted.issuer = request.issuer;
  wanted.message_id = request.message_id;
  wanted.locale = locale_from_tag(request.locale.value_or(expected->locale));
  wanted.expected = &*expected;
  wanted.is_late = *is_late;
  auto issued = allot(tx, context, office, wanted, actor, now);
  if (issued.has_value()) {
    tell_attendance(tx, context, *expected, "checked_in", Attendance::Kind::checked_in, now);
  }
  return issued;
}

Result<TicketStatus> ticket_status(db::Transaction& tx, const Context& context,
                                   std::string_view token, Locale locale) {
  const auto row = store::ticket_by_token_hash(tx, db::hash_secret(token));
  const auto leg = row ? store::latest_leg_of(tx, row->id.value) : std::nullopt;
  const auto* service = leg ? context.directory.find_service(ServiceId(leg->service)) : nullptr;
  const auto* office = row ? context.directory.find_office(row->office) : nullptr;
  if (!service || !office) return Refusal(RefusalCode::unknown_ticket);
  const auto* group = context.directory.find_group(service->group);
  TicketStatus status;
  status.number = row->number;
  status.office = row->office;
  status.office_name = office->name.in(locale);
  status.service_name = service->name.in(locale);
  status.state = leg->state;
  status.zone = group ? group->zone : "";
  status.issued_at = row->issued_at;
  status.reserved_for = row->reserved_for;
  status.as_of = context.clock.now();
  if (leg->state == LegState::called || leg->state == LegState::serving)
    status.window = leg->window;
  if (leg->state != LegState::waiting) status.called_at = leg->called_at;
  status.told_latest = leg->told_latest;
  if (leg->state == LegState::waiting) {
    add_estimate(tx, context, *row, *leg, status);
    status.people_ahead =
        store::count_waiting_before(tx, row->office, leg->grp, leg->ready_at, leg->id);
  }
  return status;
}

std::string etag_of(TicketStatus status) {
  status.as_of = {};
  return http::weak_etag(write_json(status));
}

}  // namespace matanai::floor
