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
  expected.party = change.party;
  return expected;
}

}  // namespace

booking::OnChange keep_expected(const Clock& clock, OnFloorChanged on_floor_changed) {
  return [&clock, on_floor_changed](db::Transaction& tx, const booking::ReservationChange& change) {
    floor::store::put_expected(tx, as_expected(change));
    floor::store::mark_changed(tx, change.office, clock.now());
    tx.after_commit([on_floor_changed, office = change.office] { on_floor_changed(office); });
  };
}

floor::OnAttendance keep_attendance() {
  return [](db::Transaction& tx, const floor::Attendance& attendance) {
    const ReservationId id(attendance.reservation);
    Result<void> marked;
    switch (attendance.kind) {
      case floor::Attendance::Kind::checked_in:
        marked = booking::mark_checked_in(tx, id, attendance.at);
        break;
      case floor::Attendance::Kind::served:
        marked = booking::mark_served(tx, id, attendance.at);
        break;
      case floor::Attendance::Kind::no_show:
        marked = booking::mark_no_show(tx, id, attendance.at);
        break;
    }
    // The floor's fact stands whatever booking thinks of it: the person is here, or was not.
    if (marked.has_error()) {
      spdlog::warn("attendance of a reservation was not taken: {}",
                   entry_of(marked.error().code).name);
    }
  };
}

}  // namespace matanai::link
