// What the floor's works are given besides their inputs. Everything referred to outlives the
// server's run.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "schema/types/time.hpp"
#include "server/db/database.hpp"
#include "server/db/server_key.hpp"
#include "server/directory/directory.hpp"
#include "server/floor/estimates.hpp"

namespace matanai::floor {

// What became of a reservation, told back to booking by link in the same transaction.
struct Attendance {
  // reopened: served was taken back
  enum class Kind { checked_in, served, reopened, no_show, given_up };
  Kind kind = Kind::checked_in;
  std::string reservation;
  Instant at;
};
using OnAttendance = std::function<void(db::Transaction&, const Attendance&)>;

// What the floor asks of booking, answered through link in the same transaction; nobody answers
// where booking is out of reach.
// The soonest free times of today before the reservation's own, at most three.
using EarlierTimes = std::function<std::vector<TimeOfDay>(db::Transaction&,
                                                          const std::string& reservation, Instant)>;
// Swaps the reservation to one of them: all or, with a refusal, nothing.
using MoveEarlier = std::function<Result<void>(db::Transaction&, const std::string& reservation,
                                               TimeOfDay, Instant)>;

struct Context {
  const directory::Directory& directory;
  const Clock& clock;
  Estimates& estimates;
  db::ServerKey key;
  db::RandomSource random;
  std::string
      public_url;  // without a slash at the end; the QR code of a ticket is <public_url>/t/<token>
  OnAttendance on_attendance;
  EarlierTimes earlier_times{};
  MoveEarlier move_earlier{};
};

}  // namespace matanai::floor
