// Estimates tried on a log of snapshots, day by day, each day with what was known before it. Pure.
#pragma once

#include <string_view>

#include "server/queue/estimate/accuracy.hpp"
#include "server/queue/score/snapshots.hpp"

namespace matanai::queue {

struct SnapshotScore {
  Score score;                   // "ours" first, then the others on the same cases
  Cleaning cleaning;             // of the log and its customers
  std::size_t learned_days = 0;  // before the first tested one, with customers
  std::size_t tested_days = 0;
};

// Tests every day from `test_from` (2020-01-09) on: the stack is fitted on all earlier days, its
// range comes from the errors of the four before, and is steered within the day by what has
// happened by then.
SnapshotScore score_snapshots(const SnapshotLog& log, std::string_view test_from);

}  // namespace matanai::queue
