// An office as the queue engine sees it: its groups and services as indexes, and the floor of the
// moment. For one day; immutable; any thread.
#pragma once

#include <functional>

#include "server/db/transaction.hpp"
#include "server/directory/directory.hpp"
#include "server/queue/model/office.hpp"

namespace matanai::floor {

// How long a service takes here, as known today.
using ServiceTimeOf = std::function<queue::ServiceTime(const directory::Service&)>;

class OfficeView {
 public:
  OfficeView(const directory::Directory& directory, OfficeId office, LocalDay day,
             const ServiceTimeOf& time_of);

  LocalDay day() const { return day_; }
  const queue::OfficeModel& model() const { return model_; }
  // nullopt: not of this office.
  std::optional<std::uint16_t> group(const GroupId& id) const;
  std::optional<std::uint16_t> service(const ServiceId& id) const;

  // Who waits, what each open window does, which reservations are still to come; as visitors, one
  // for each service and slot that may check in now, then one with priority and no slot for each
  // group that has a service. Database threads.
  queue::FloorNow floor(db::Transaction& tx, Instant now) const;

 private:
  void add_lines(db::Transaction& tx, queue::FloorNow& floor) const;
  void add_windows(db::Transaction& tx, queue::FloorNow& floor) const;
  void add_reservations(db::Transaction& tx, queue::FloorNow& floor) const;
  void add_visitors(queue::FloorNow& floor) const;

  const directory::Directory& directory_;
  OfficeId office_;
  LocalDay day_;
  queue::OfficeModel model_;
};

}  // namespace matanai::floor
