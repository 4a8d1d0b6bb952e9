// What the floor's works are given besides their inputs. Everything referred to outlives the
// server's run.
#pragma once

#include <functional>
#include <string>

#include "schema/types/time.hpp"
#include "server/db/database.hpp"
#include "server/db/server_key.hpp"
#include "server/directory/directory.hpp"
#include "server/queue/call_policy.hpp"

namespace matanai::floor {

// What became of a reservation, told back to booking by link in the same transaction.
struct Attendance {
  enum class Kind { checked_in, served, no_show };
  Kind kind = Kind::checked_in;
  std::string reservation;
  Instant at;
};
using OnAttendance = std::function<void(db::Transaction&, const Attendance&)>;

struct Context {
  const directory::Directory& directory;
  const Clock& clock;
  const queue::CallPolicy& policy;
  db::ServerKey key;
  db::RandomSource random;
  std::string
      public_url;  // without a slash at the end; the QR code of a ticket is <public_url>/t/<token>
  OnAttendance on_attendance;
};

}  // namespace matanai::floor
