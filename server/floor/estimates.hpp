// How long everybody of an office waits, as the queue engine sees it: looked at anew after changes
// (estimate_loop.hpp), read by boards, tickets and status pages. Nothing here waits for anything:
// latest() is the last look with its age. Any thread.
#pragma once

#include <map>
#include <memory>
#include <mutex>
#include <set>

#include "schema/types/messages_wait.hpp"
#include "server/floor/learned_times.hpp"
#include "server/floor/office_view.hpp"
#include "server/floor/types.hpp"
#include "server/queue/estimate/futures.hpp"
#include "server/queue/estimate/refinement.hpp"

namespace matanai::floor {

// What a look says to those who take a ticket for one service after it.
struct Newcomer {
  Promise promise;         // of the first
  int called_at_once = 0;  // windows that are free for them
  Millis each_adds{0};     // to the wait of those behind, when no window is free any more
};

// One look at an office, by the physics of its futures and its own record of promises
// (queue/refinement.hpp).
struct OfficeEstimate {
  Instant as_of;
  std::int64_t newest_leg = 0;                // that it saw
  std::map<std::int64_t, WaitRange> waiting;  // by leg
  std::map<ServiceId, Newcomer> newcomers;    // for somebody who takes a ticket now
  // For somebody who comes now to a slot, or with priority to any service of a group.
  std::map<std::pair<ServiceId, Instant>, Promise> reserved;
  std::map<GroupId, Promise> prioritised;
  std::map<GroupId, WaitRange> groups;  // the same, over the services of a group
  std::map<GroupId, int> windows;       // open now, not paused, serving the group
  std::set<std::int64_t> delayed;       // legs told later than before, since windows have closed
  std::set<std::int64_t> hastened;      // legs told earlier than before, since windows have opened
};

// Whether everybody would be told the same by both.
bool tells_the_same(const OfficeEstimate& a, const OfficeEstimate& b);

class Estimates {
 public:
  explicit Estimates(const directory::Directory& directory) : directory_(directory) {}

  // Looks at the floor as `tx` sees it and keeps what it saw. Database threads.
  std::shared_ptr<const OfficeEstimate> look(db::Transaction& tx, const OfficeId& office,
                                             Instant now);
  // nullptr: never looked.
  std::shared_ptr<const OfficeEstimate> latest(const OfficeId& office) const;

  // What somebody is told who gets this leg now: from the last look, when it is younger than a
  // minute; at the line's end later by those who joined the line since. So nobody there is told
  // less than who took a ticket for the same after the same look before them. Whom a slot or a
  // priority puts elsewhere, and who was not expected so at the look, is told what stands at the
  // end, which is hardly ever too little. nullopt: nothing can be said. `tx` counts; does not wait
  // for a look.
  std::optional<Promise> for_ticket(db::Transaction& tx, const OfficeId& office, const LegRow& leg,
                                    Instant now);

 private:
  // What earlier days have taught.
  struct Learned {
    LocalDay day{};
    LearnedTimes times;
    queue::Refinement refinement;
  };
  // What was told last while this many windows served somebody's line.
  struct Told {
    int windows = 0;
    Instant at_latest;
  };
  struct Shown {
    Told most, fewest;  // windows so far
  };
  struct Place {
    std::mutex looking;  // one look at a time: Futures is one thread's
    Learned learned;
    double pace = 1;
    Instant read_at;  // today's record
    std::unique_ptr<OfficeView> view;
    std::unique_ptr<queue::Futures> futures;
    std::map<std::int64_t, Shown> shown;           // by leg; of no importance after a restart
    std::shared_ptr<const OfficeEstimate> latest;  // guarded by mutex_
  };
  // Who joined the lines since a look, counted as far as `newest`.
  struct Joined {
    std::shared_ptr<const OfficeEstimate> look;
    std::int64_t newest = 0;
    std::map<GroupId, int> legs;
  };
  Place& place(const OfficeId& office);
  int joined(db::Transaction& tx, const OfficeId& office,
             const std::shared_ptr<const OfficeEstimate>& look, const GroupId& group);
  Learned learn(db::Transaction& tx, const OfficeId& office, LocalDay day) const;
  static void note_shown(Place& place, const queue::FloorForecast& forecast,
                         OfficeEstimate& estimate);
  void prepare(Place& place, db::Transaction& tx, const OfficeId& office, Instant now);

  const directory::Directory& directory_;
  mutable std::mutex mutex_;  // of places_ and their `latest`
  std::map<OfficeId, Place> places_;
  std::mutex joined_mutex_;
  std::map<OfficeId, Joined> joined_;
};

}  // namespace matanai::floor
