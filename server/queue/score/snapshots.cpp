#include "server/queue/score/snapshots.hpp"

#include <algorithm>
#include <array>
#include <chrono>
#include <map>
#include <utility>

#include "schema/types/time.hpp"
#include "server/queue/score/csv.hpp"

namespace matanai::queue {
namespace {

enum Column { office, queue, date, minute, waiting, windows, service, called, kColumns };
constexpr std::array<std::string_view, kColumns> kNames = {
    "office",       "queue",           "date",       "minute_of_day", "waiting",
    "open_windows", "service_minutes", "last_called"};
constexpr int kFarDays = 183;

constexpr int kMostWaiting = 100'000, kLargestNumber = 10'000'000;  // more is no real log

struct Row {
  LocalDay day;
  std::string_view date;
  std::string queue;
  Snapshot snapshot;
};

std::optional<Row> row_of(const CsvRows& cells) {
  const auto day = parse_day(cells[date]);
  const auto at = number_in<int>(cells[minute]);
  const auto people = number_in<int>(cells[waiting]);
  const auto open = number_in<int>(cells[windows]);
  if (!day || !at || !people || !open || *at < 0 || *at >= 1440 || *people < 0 ||
      *people > kMostWaiting || *open < 0)
    return std::nullopt;
  Row row{*day, cells[date], std::string(cells[office]) + "/" + std::string(cells[queue]), {}};
  row.snapshot = {*at, *people, *open, number_in<double>(cells[service]).value_or(0),
                  number_in<int>(cells[called])};
  auto& last = row.snapshot.last_called;
  if (last && (*last < 0 || *last > kLargestNumber)) last.reset();
  return row;
}

std::vector<Row> read_rows(CsvRows& csv, Cleaning& cleaning) {
  std::vector<Row> rows;
  while (csv.next()) {
    ++cleaning.rows;
    auto row = row_of(csv);
    if (row) {
      rows.push_back(std::move(*row));
    } else {
      ++cleaning.broken;
    }
  }
  return rows;
}

void drop_wrong_clocks(std::vector<Row>& rows, Cleaning& cleaning) {
  if (rows.empty()) return;
  std::vector<LocalDay> days;
  for (const auto& row : rows) days.push_back(row.day);
  const auto middle = days.begin() + static_cast<std::ptrdiff_t>(days.size() / 2);
  std::nth_element(days.begin(), middle, days.end());
  cleaning.wrong_clock = std::erase_if(rows, [usual = *middle](const Row& row) {
    return std::chrono::abs(row.day - usual) > std::chrono::days(kFarDays);
  });
}

bool has_broken_numbers(const QueueDay& day) {
  std::optional<int> before;
  for (const auto& snapshot : day.snapshots) {
    if (!snapshot.last_called) continue;
    if (before &&
        (*snapshot.last_called < *before || *snapshot.last_called - *before > kLargestLeap))
      return true;
    before = snapshot.last_called;
  }
  return false;
}

}  // namespace

std::optional<SnapshotLog> parse_snapshots(std::string_view csv) {
  CsvRows cells(csv, kNames);
  if (cells.missing()) return std::nullopt;
  SnapshotLog log;
  auto rows = read_rows(cells, log.cleaning);
  drop_wrong_clocks(rows, log.cleaning);
  std::map<std::pair<std::string_view, std::string>, std::map<int, Snapshot>> days;
  for (const auto& row : rows) {
    auto& day = days[{row.date, row.queue}];
    if (!day.emplace(row.snapshot.minute, row.snapshot).second) ++log.cleaning.duplicates;
  }
  for (const auto& [key, snapshots] : days) {
    QueueDay day{key.second, std::string(key.first), {}};
    for (const auto& [at, snapshot] : snapshots) day.snapshots.push_back(snapshot);
    if (has_broken_numbers(day)) {
      ++log.cleaning.broken_days;
    } else {
      log.days.push_back(std::move(day));
    }
  }
  return log;
}

std::vector<VirtualCustomer> virtual_customers(const QueueDay& day, Cleaning* cleaning) {
  std::vector<VirtualCustomer> customers;
  const auto& all = day.snapshots;
  for (std::size_t i = 0; i < all.size(); ++i) {
    if (all[i].waiting < 1 || !all[i].last_called) continue;
    const int number = *all[i].last_called + all[i].waiting + 1;
    std::size_t before = i, after = i + 1;
    for (; after < all.size(); ++after) {
      if (!all[after].last_called) continue;
      if (*all[after].last_called >= number) break;
      before = after;
    }
    if (after >= all.size()) continue;
    const double share = static_cast<double>(number - *all[before].last_called) /
                         (*all[after].last_called - *all[before].last_called);
    const double called = all[before].minute + share * (all[after].minute - all[before].minute);
    const double wait = called - all[i].minute;
    if (wait <= kLongestWait) {
      customers.push_back({i, all[i].minute, all[i].waiting, wait});
    } else if (cleaning != nullptr) {
      ++cleaning->too_long;
    }
  }
  return customers;
}

}  // namespace matanai::queue
