// The server's clock: real time, or in demo mode real time plus an offset that is stored once in
// the data folder, so that the office is open. The offset never gets smaller. HTTP: GET and POST
// /api/v1/clock.
#pragma once

#include <filesystem>
#include <functional>

#include "schema/types/time.hpp"
#include "server/directory/directory.hpp"
#include "server/http/router.hpp"

namespace matanai {

class DemoClock {
 public:
  // Real mode: offset 0; refuses (std::runtime_error) a data folder whose rows were written under a
  // demo offset. Demo mode: refuses a folder whose history real time made; takes the stored offset;
  // when the first office is closed then, moves on to its next opening and stores that.
  DemoClock(const std::filesystem::path& data, bool is_demo, bool has_history,
            const directory::Directory& directory);

  const Clock& clock() const { return clock_; }
  bool is_demo() const { return is_demo_; }
  Millis offset() const { return clock_.offset(); }
  // Refusals: clock_not_adjustable, clock_goes_back. Stored before it counts.
  Result<void> advance(Millis by);

 private:
  std::filesystem::path file_;
  bool is_demo_;
  OffsetClock clock_;
};

// The clock outlives the router. `on_moved` is called after each move: screens show the new time.
// Only programs on the server's own machine may move it (others: forbidden).
void add_clock_routes(http::Router& router, DemoClock& clock, std::function<void()> on_moved);

}  // namespace matanai
