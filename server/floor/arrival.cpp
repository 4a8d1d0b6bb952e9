#include "server/floor/arrival.hpp"

#include "schema/types/codes.hpp"
#include "server/floor/store.hpp"

namespace matanai::floor {
namespace {

namespace settings = directory::settings;

Instant check_in_from(const Context& context, const Expected& expected, Instant start) {
  return start - context.directory.minutes_setting(settings::kCheckInEarlyMinutes, expected.office,
                                                   expected.group, local_day(start));
}

std::vector<TimeOfDay> earlier_times(db::Transaction& tx, const Context& context,
                                     const Expected& expected, Instant now) {
  if (!context.earlier_times) return {};
  return context.earlier_times(tx, expected.reservation, now);
}

// What a screen needs to say when to come back, and to offer what is free before.
Refusal with_times(Refusal refusal, const Context& context, const Expected& expected,
                   const std::vector<TimeOfDay>& earlier) {
  const auto from = check_in_from(context, expected, expected.start);
  refusal.with("service", expected.service.value)
      .with("slot", to_wire(local_time_of_day(expected.start)))
      .with("from", to_wire(local_time_of_day(from)));
  for (std::size_t i = 0; i < earlier.size(); ++i)
    refusal.with("earlier" + std::to_string(i + 1), to_wire(earlier[i]));
  return refusal;
}

// Another time would do.
bool is_about_time(RefusalCode code) {
  return code == RefusalCode::slot_full || code == RefusalCode::too_late_to_book ||
         code == RefusalCode::no_such_slot;
}

}  // namespace

std::optional<Expected> find_expected(db::Transaction& tx, const ReservationKey& key,
                                      const OfficeId& office, LocalDay today) {
  if (key.token) {
    const auto token = parse_check_in_token(*key.token);
    return token ? store::expected_by_token_hash(tx, db::hash_secret(*token)) : std::nullopt;
  }
  const auto code = key.code ? parse_reservation_code(*key.code) : std::nullopt;
  if (!code) return std::nullopt;
  const auto found = store::expected_by_code(tx, code->value);
  for (const auto& expected : found) {
    if (expected.office == office && local_day(expected.start) == today) return expected;
  }
  if (found.empty()) return std::nullopt;
  return found.front();
}

Result<void> check_is_awaited(db::Transaction& tx, const Context& context, const Expected& expected,
                              const OfficeId& office, Instant now) {
  const auto slot = to_wire(local_time_of_day(expected.start));
  const auto date = to_wire(local_day(expected.start));
  if (expected.office != office) {
    const auto* other = context.directory.find_office(expected.office);
    return Refusal(RefusalCode::check_in_other_office)
        .with("office", expected.office.value)
        .with("office_name", other ? other->name.in(Locale::ja) : expected.office.value)
        .with("office_name_en", other ? other->name.in(Locale::en) : expected.office.value)
        .with("date", date)
        .with("slot", slot);
  }
  if (expected.state == "cancelled")
    return Refusal(RefusalCode::reservation_cancelled).with("date", date).with("slot", slot);
  if (expected.state == "checked_in" || expected.state == "served") {
    const auto ticket = store::ticket_by_reservation(tx, expected.reservation);
    return Refusal(RefusalCode::already_checked_in).with("number", ticket ? ticket->number : "");
  }
  if (local_day(expected.start) != local_day(now))
    return Refusal(RefusalCode::check_in_other_day).with("date", date).with("slot", slot);
  return {};
}

Result<bool> may_check_in(db::Transaction& tx, const Context& context, const Expected& expected,
                          const OfficeId& office, Instant now) {
  if (auto awaited = check_is_awaited(tx, context, expected, office, now); awaited.has_error())
    return awaited.error();
  const auto minutes = [&](std::string_view name) {
    return context.directory.minutes_setting(name, office, expected.group, local_day(now));
  };
  if (now < check_in_from(context, expected, expected.start)) {
    return with_times(RefusalCode::check_in_too_early, context, expected,
                      earlier_times(tx, context, expected, now));
  }
  if (expected.state != "booked" || now > expected.start + minutes(settings::kNoShowAfterMinutes)) {
    return Refusal(RefusalCode::check_in_too_late)
        .with("slot", to_wire(local_time_of_day(expected.start)));
  }
  return now > expected.start + minutes(settings::kCheckInLateMinutes);
}

Result<MovedReservation> move_reservation(db::Transaction& tx, const Context& context,
                                          const OfficeId& office, const MoveRequest& request,
                                          Instant now) {
  const auto time = parse_time_of_day(request.time);
  if (!time) return Refusal(RefusalCode::invalid_fields, {{"/time", "bad_format"}});
  const auto expected = find_expected(tx, {request.code, request.token}, office, local_day(now));
  if (!expected || !context.move_earlier) return Refusal(RefusalCode::check_in_not_found);
  if (auto awaited = check_is_awaited(tx, context, *expected, office, now); awaited.has_error())
    return awaited.error();
  if (expected->state != "booked") {
    return Refusal(RefusalCode::check_in_too_late)
        .with("slot", to_wire(local_time_of_day(expected->start)));
  }
  // Read before the move: what a refused one has changed is undone only later.
  const auto earlier = earlier_times(tx, context, *expected, now);
  if (auto moved = context.move_earlier(tx, expected->reservation, *time, now); moved.has_error()) {
    if (!is_about_time(moved.error().code)) return moved.error();
    return with_times(moved.error(), context, *expected, earlier);
  }
  const auto from = check_in_from(context, *expected, instant_at(local_day(now), *time));
  return MovedReservation{local_day(now), to_wire(*time), to_wire(local_time_of_day(from))};
}

}  // namespace matanai::floor
