// Who sits at the windows: counts of open windows per quarter hour turned into people's shifts,
// with breaks and lunch. Greedy and deterministic. Pure; values.
#pragma once

#include <optional>
#include <vector>

#include "server/queue/day/ward_day.hpp"

namespace matanai::queue {

struct ShiftRules {
  int staff = 0;                 // people there are; 0: as many as are needed
  Minutes shortest_shift{30};    // at a window without a gap
  Minutes longest_stretch{150};  // at a window without a break
  Minutes shortest_break{15};
  Minutes lunch{60};  // for everybody, in turns, between the two below
  Minutes lunch_from{11 * 60};
  Minutes lunch_until{14 * 60};
};

struct Shift {
  int person = 0;
  std::size_t from = 0;   // quarter hours of the day
  std::size_t until = 0;  // excluded
};
struct Roster {
  int staff = 0;
  std::vector<Shift> shifts;  // by person, then time
};

// A roster with exactly counts[q] people at the windows in each quarter hour; nullopt when the
// rules allow none of this way of making them: longest on duty goes first, longest rested comes
// first. With rules.staff = 0 the fewest people that suffice, up to three for each window.
std::optional<Roster> roster_of(const WindowCounts& counts, const ShiftRules& rules);

}  // namespace matanai::queue
