// What the engine knows of an office: its lines, services and windows, and the floor at one moment.
// Groups and services are indexes into these lists. Plain values; any thread.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "server/queue/model/line.hpp"
#include "server/queue/model/service_time.hpp"
#include "server/queue/policy/call_policy.hpp"

namespace matanai::queue {

struct ServiceModel {
  std::string id;
  std::uint16_t group = 0;  // its line
  ServiceTime time;         // start to finish
};

struct OfficeModel {
  std::vector<std::string> groups;
  std::vector<CallPolicy> policies;  // one per group
  std::vector<ServiceModel> services;
  Millis way{30000};  // call to start: the walk to the window
};

struct Interval {
  Instant from;
  Instant until;  // excluded; a window finishes whom it has, and calls nobody from here on
};

struct WindowModel {
  std::string id;
  std::vector<std::uint16_t> groups;  // in its order of preference
  std::vector<Interval> open;         // of one day, in order; breaks are the gaps
  // Windows of one pool (not 0) serve the same groups and stand in for each other: when one is to
  // close and has somebody, the next of the pool to be free closes in its place.
  int pool = 0;
};

// A window as it is now; `open` are the rest of its day's intervals.
struct WindowNow {
  WindowModel window;
  bool is_busy = false;       // somebody is called or served there
  bool is_started = false;    // the service has begun
  std::uint16_t service = 0;  // of the person there
  std::int64_t person = 0;    // Person::id of who is there, so that a forecast keeps their luck
  Instant since;              // called at, or started at
};

struct ReservationToCome {
  std::int64_t id = 0;  // a number that stays with it and is nobody else's on this floor
  Instant slot;
  std::uint16_t service = 0;
  double show_probability = 0.9;
};

struct FloorNow {
  Instant now;
  std::vector<Line> lines;  // one per group
  std::vector<WindowNow> windows;
  std::vector<ReservationToCome> reservations;  // not yet checked in
  // People who may come at this moment, of whom only their own wait is asked: nobody waits for
  // them.
  std::vector<Person> visitors;
  int reserved_in_row = 0;
  double pace = 1;  // how long services take today, against the model: 1.2 is 20 % longer
  std::vector<double> walk_ins_per_hour;  // still to come, per service; empty: not considered
};

// Whether the window calls people of `group` at this moment, when it has nobody.
bool is_open_for(const WindowModel& window, std::uint16_t group, Instant now);
bool has_free_window(const FloorNow& floor, std::uint16_t group);

}  // namespace matanai::queue
