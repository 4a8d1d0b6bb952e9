// Queue logs that only show a board every few minutes: who waits, and the number called last. From
// them come virtual customers, whose waits are known (research queueing.md §2). Pure; values; any
// thread.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace matanai::queue {

struct Snapshot {
  int minute = 0;  // of the day
  int waiting = 0;
  int open_windows = 0;
  double service_minutes = 0;  // as the office has configured
  std::optional<int> last_called;
};

struct QueueDay {
  std::string queue;                // office and queue
  std::string date;                 // 2020-01-09
  std::vector<Snapshot> snapshots;  // by minute, one a minute
};

struct Cleaning {
  std::size_t rows = 0;
  std::size_t broken = 0;       // rows that are not of this form
  std::size_t wrong_clock = 0;  // rows more than half a year from the file's median date
  std::size_t duplicates = 0;   // rows of a minute that was seen
  std::size_t broken_days = 0;  // days of a queue whose numbers restart or leap
  std::size_t too_long = 0;     // waits above kLongestWait
};

struct SnapshotLog {
  std::vector<QueueDay> days;  // by date, then queue; those with broken numbers are left out
  Cleaning cleaning;
};

// Columns by their names in the first line: office, queue, date, minute_of_day, waiting,
// open_windows, service_minutes, last_called; more columns are skipped, quoted fields unknown.
// nullopt: a column is missing.
std::optional<SnapshotLog> parse_snapshots(std::string_view csv);

inline constexpr double kLongestWait = 240;
inline constexpr int kLargestLeap = 100;  // numbers between two snapshots; more is a broken log

// Somebody who takes the next ticket when a snapshot with people waiting is taken. Their wait ends
// when the number called last reaches theirs, between two snapshots by interpolation.
struct VirtualCustomer {
  std::size_t snapshot = 0;  // of the day's
  int minute = 0;
  int ahead = 0;  // ≥ 1
  double wait = 0;
};
// In time order; those who are not called that day, or later than kLongestWait, are left out.
std::vector<VirtualCustomer> virtual_customers(const QueueDay& day, Cleaning* cleaning = nullptr);

}  // namespace matanai::queue
