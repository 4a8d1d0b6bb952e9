// How much paper is left on the roll by our own count: printers have one near-end sensor at best.
// A value that the kiosk keeps across restarts; any thread.
#pragma once

#include <algorithm>
#include <boost/describe.hpp>
#include <cstdint>

namespace matanai::printer {

struct PaperCount {
  std::int64_t used_mm = 0;       // since the roll was changed
  std::int64_t roll_mm = 80'000;  // of a new roll
  int waste_per_cut_mm = 15;      // the way from head to blade

  void add_ticket(std::int64_t length_mm) { used_mm += length_mm + waste_per_cut_mm; }
  void change_roll() { used_mm = 0; }
  // Whole metres, rounded down; 0 when the roll was longer than told.
  std::int64_t metres_left() const { return std::max<std::int64_t>(0, roll_mm - used_mm) / 1000; }
  bool operator==(const PaperCount&) const = default;
};
BOOST_DESCRIBE_STRUCT(PaperCount, (), (used_mm, roll_mm, waste_per_cut_mm))

}  // namespace matanai::printer
