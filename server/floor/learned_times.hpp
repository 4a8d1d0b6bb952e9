// How long each service takes here, learned from the office's own finished tickets: the seed's time
// at first, the last sixty days' record with forgetting later, and today's pace on top. Database
// threads.
#pragma once

#include <map>

#include "server/db/transaction.hpp"
#include "server/directory/directory.hpp"
#include "server/queue/estimate/learning.hpp"

namespace matanai::floor {

class LearnedTimes {
 public:
  // The record up to yesterday, as `tx` sees it.
  static LearnedTimes before(db::Transaction& tx, const directory::Directory& directory,
                             const OfficeId& office, LocalDay today);

  // Today's services against these, from what has been finished so far: 1.2 is 20 % longer.
  double pace_of(db::Transaction& tx, const OfficeId& office, LocalDay today) const;

  // What a service is expected to take at this pace.
  queue::ServiceTime time_of(const ServiceId& service, double pace) const;

 private:
  std::map<ServiceId, queue::ServiceLearner> services_;
};

}  // namespace matanai::floor
