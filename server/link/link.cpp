#include "server/link/link.hpp"

#include <spdlog/spdlog.h>

#include "server/floor/store.hpp"

namespace matanai::link {
namespace {

floor::Expected as_expected(const booking::ReservationChange& change) {
  floor::Expected expected;
  expected.reservation = change.id.value;
  expected.office = change.office;
  expected.code = change.code.value;
  expected.token_hash = change.check_in_token_hash;
  expected.service = change.service;
  expected.group = change.group;
  expected.start = change.start;
  expected.state = change.state == booking::State::cancelled ? "cancelled" : "booked";
  expected.locale = tag_of(change.locale);
  for (const auto help : change.help)
    expected.help.emplace_back(boost::describe::enum_to_string(help, "?"));
  if (change.state == booking::State::cancelled) expected.help.clear();  // nobody will come
  expected.party = change.party;
  return expected;
}

Result<void> mark(db::Transaction& tx, const BookingSide& side,
                  const floor::Attendance& attendance) {
  const ReservationId id(attendance.reservation);
  switch (attendance.kind) {
    case floor::Attendance::Kind::checked_in:
      return booking::mark_checked_in(tx, id, attendance.at);
    case floor::Attendance::Kind::served:
      return booking::mark_served(tx, id, attendance.at);
    case floor::Attendance::Kind::reopened:
      return booking::take_back_served(tx, id, attendance.at);
    case floor::Attendance::Kind::no_show:
      return booking::mark_no_show(tx, id, attendance.at);
    case floor::Attendance::Kind::given_up: {
      const auto given_up = booking::give_up(tx, side.rooms(), id, attendance.at);
      if (given_up.has_error()) return given_up.error();
      return {};
    }
  }
  return {};
}

}  // namespace

booking::OnChange keep_expected(OnFloorChanged on_floor_changed) {
  return [on_floor_changed](db::Transaction& tx, const booking::ReservationChange& change) {
    floor::store::put_expected(tx, as_expected(change));
    tx.after_commit([on_floor_changed, office = change.office] { on_floor_changed(office); });
  };
}

floor::OnAttendance keep_attendance(BookingSidePtr side) {
  return [side](db::Transaction& tx, const floor::Attendance& attendance) {
    const auto marked = mark(tx, *side, attendance);
    // The floor's fact stands whatever booking thinks of it: the person is here, or was not.
    if (marked.has_error()) {
      spdlog::warn("attendance of a reservation was not taken: {}",
                   entry_of(marked.error().code).name);
    }
  };
}

floor::EarlierTimes earlier_times(BookingSidePtr side) {
  return [side](db::Transaction& tx, const std::string& reservation, Instant now) {
    return booking::earlier_times(tx, side->directory, ReservationId(reservation), now);
  };
}

floor::MoveEarlier move_earlier(BookingSidePtr side) {
  return [side](db::Transaction& tx, const std::string& reservation, TimeOfDay time,
                Instant now) -> Result<void> {
    const auto moved =
        booking::move_earlier(tx, side->rooms(), ReservationId(reservation), time, now);
    if (moved.has_error()) return moved.error();
    return {};
  };
}

}  // namespace matanai::link
