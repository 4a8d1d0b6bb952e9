#include "server/queue/score/snapshots.hpp"

#include <gtest/gtest.h>

#include "server/queue/score/snapshot_score.hpp"

namespace matanai::queue {
namespace {

constexpr const char* kHeader =
    "office,queue,date,minute_of_day,waiting,open_windows,service_minutes,last_called\n";

SnapshotLog parsed(const std::string& rows) { return parse_snapshots(kHeader + rows).value(); }

TEST(Snapshots, RowsBecomeTheDaysOfEachQueue) {
  const auto log = parsed(
      "X,1,2020-01-09,605,2,1,7,11\n"
      "X,1,2020-01-09,600,3,2,7.5,10\r\n"
      "X,2,2020-01-09,600,0,0,7,\n"
      "X,1,2020-01-08,600,3,2,7,90\n");
  ASSERT_EQ(log.days.size(), 3U);
  EXPECT_EQ(log.days[0].date, "2020-01-08");
  EXPECT_EQ(log.days[1].queue, "X/1");
  EXPECT_EQ(log.days[1].snapshots[0].minute, 600);
  EXPECT_EQ(log.days[1].snapshots[0].service_minutes, 7.5);
  EXPECT_EQ(log.days[1].snapshots[1].last_called, 11);
  EXPECT_FALSE(log.days[2].snapshots[0].last_called);
}

TEST(Snapshots, ColumnsAreFoundByName) {
  const auto log = parse_snapshots(
      "last_called,extra,queue,office,date,minute_of_day,waiting,service_minutes,open_windows\n"
      "5,x,1,A,2020-01-09,600,3,7,2\n");
  ASSERT_TRUE(log);
  EXPECT_EQ(log->days[0].snapshots[0].last_called, 5);
  EXPECT_EQ(log->days[0].snapshots[0].open_windows, 2);
}

TEST(Snapshots, MissingColumnIsRefused) {
  EXPECT_FALSE(parse_snapshots("office,queue,date\nA,1,2020-01-09\n"));
  EXPECT_FALSE(parse_snapshots(""));
}

TEST(Snapshots, BrokenRowsAreCountedAndLeftOut) {
  const auto log = parsed(
      "X,1,2020-01-09,600,3,2,7,10\n"
      "X,1,2020-01-09,nine,3,2,7,10\n"
      "X,1,2020-01-09,1440,3,2,7,10\n"
      "X,1,09.01.2020,610,3,2,7,10\n"
      "X,1,2020-01-09,615,-1,2,7,10\n"
      "X,1\n");
  EXPECT_EQ(log.cleaning.rows, 6U);
  EXPECT_EQ(log.cleaning.broken, 5U);
  EXPECT_EQ(log.days.at(0).snapshots.size(), 1U);
}

TEST(Snapshots, NumbersThatCannotBeAreUnknown) {
  const auto log = parsed(
      "X,1,2020-01-09,600,3,2,7,2147483647\n"
      "X,1,2020-01-09,605,2147483647,2,7,10\n"
      "X,1,2020-01-09,610,3,2,7,-4\n");
  EXPECT_EQ(log.cleaning.broken, 1U);
  ASSERT_EQ(log.days.at(0).snapshots.size(), 2U);
  EXPECT_FALSE(log.days[0].snapshots[0].last_called);
  EXPECT_FALSE(log.days[0].snapshots[1].last_called);
}

// 30 December 2019 stamped with its week-year, and an office whose clock says 2012.
TEST(Snapshots, RowsOfAWrongClockAreLeftOut) {
  const auto log = parsed(
      "X,1,2020-12-30,600,3,2,7,10\n"
      "Y,1,2012-01-09,600,3,2,7,10\n"
      "X,1,2020-01-08,600,3,2,7,10\n"
      "X,1,2020-01-09,600,3,2,7,10\n"
      "X,1,2020-01-10,600,3,2,7,10\n");
  EXPECT_EQ(log.cleaning.wrong_clock, 2U);
  EXPECT_EQ(log.days.size(), 3U);
}

TEST(Snapshots, MinuteSeenTwiceCountsOnce) {
  const auto log = parsed(
      "X,1,2020-01-09,600,3,2,7,10\n"
      "X,1,2020-01-09,600,3,2,7,10\n");
  EXPECT_EQ(log.cleaning.duplicates, 1U);
  EXPECT_EQ(log.days[0].snapshots.size(), 1U);
}

TEST(Snapshots, DayWhoseNumbersRestartOrLeapIsLeftOut) {
  const auto log = parsed(
      "X,1,2020-01-09,600,3,2,7,40\n"
      "X,1,2020-01-09,605,3,2,7,1\n"
      "X,2,2020-01-09,600,3,2,7,40\n"
      "X,2,2020-01-09,605,3,2,7,900\n"
      "X,3,2020-01-09,600,3,2,7,40\n"
      "X,3,2020-01-09,605,3,2,7,\n"
      "X,3,2020-01-09,610,3,2,7,41\n");
  EXPECT_EQ(log.cleaning.broken_days, 2U);
  ASSERT_EQ(log.days.size(), 1U);
  EXPECT_EQ(log.days[0].queue, "X/3");
}

QueueDay day_of(std::vector<Snapshot> snapshots) {
  return {"X/1", "2020-01-09", std::move(snapshots)};
}

// Number 10 + 2 + 1 = 13 lies halfway between 11 at 10:05 and 15 at 10:10.
TEST(VirtualCustomer, WaitEndsBetweenTwoSnapshots) {
  const auto customers =
      virtual_customers(day_of({{600, 2, 1, 7, 10}, {605, 0, 1, 7, 11}, {610, 0, 1, 7, 15}}));
  ASSERT_EQ(customers.size(), 1U);
  EXPECT_EQ(customers[0].minute, 600);
  EXPECT_EQ(customers[0].ahead, 2);
  EXPECT_DOUBLE_EQ(customers[0].wait, 7.5);
}
TEST(VirtualCustomer, SnapshotsWithoutANumberAreSteppedOver) {
  const auto customers = virtual_customers(
      day_of({{600, 2, 1, 7, 10}, {605, 0, 1, 7, std::nullopt}, {610, 0, 1, 7, 14}}));
  ASSERT_EQ(customers.size(), 1U);
  EXPECT_DOUBLE_EQ(customers[0].wait, 7.5);
}
TEST(VirtualCustomer, NobodyComesToAnEmptyQueueOrOnAHoliday) {
  EXPECT_TRUE(virtual_customers(day_of({{600, 0, 1, 7, 10}, {605, 0, 1, 7, 12}})).empty());
  EXPECT_TRUE(virtual_customers(day_of({{600, 0, 0, 10, {}}, {605, 0, 0, 10, {}}})).empty());
}
TEST(VirtualCustomer, WhoIsNotCalledOrWaitsFourHoursIsLeftOut) {
  Cleaning cleaning;
  EXPECT_TRUE(
      virtual_customers(day_of({{600, 5, 1, 7, 10}, {605, 0, 1, 7, 11}}), &cleaning).empty());
  EXPECT_EQ(cleaning.too_long, 0U);
  EXPECT_TRUE(
      virtual_customers(day_of({{600, 1, 1, 7, 10}, {900, 0, 1, 7, 12}}), &cleaning).empty());
  EXPECT_EQ(cleaning.too_long, 1U);
}

// Ten people wait all day; each call takes `pace` minutes whatever the office has configured.
std::string steady_day(const std::string& queue, const std::string& date, int pace) {
  std::string rows;
  for (int minute = 480; minute < 960; minute += 5)
    rows += "X," + queue + "," + date + "," + std::to_string(minute) + ",9,4,30," +
            std::to_string(1 + (minute - 480) / pace) + "\n";
  return rows;
}

TEST(SnapshotScore, LearnsTheRealPaceOfAQueue) {
  std::string rows;
  for (const char* date : {"2020-01-07", "2020-01-08", "2020-01-09"})
    rows += steady_day("1", date, 5) + steady_day("2", date, 10);
  const auto result = score_snapshots(parsed(rows), "2020-01-09");
  EXPECT_EQ(result.learned_days, 2U);
  EXPECT_EQ(result.tested_days, 1U);
  EXPECT_EQ(result.score.n, 86U + 76U);  // those who come early enough to be called
  ASSERT_EQ(result.score.estimators[0].name, "ours");
  EXPECT_LT(result.score.estimators[0].accuracy.mae, 2);
  EXPECT_TRUE(result.score.estimators[0].accuracy.coverage80);
  ASSERT_EQ(result.score.estimators[1].name, "product");
  EXPECT_FALSE(result.score.estimators[1].accuracy.coverage80);
}

// Walking forward, a day's own figures cannot help it: what comes later changes nothing.
TEST(SnapshotScore, LaterDaysDoNotChangeEarlierEstimates) {
  const std::string known = steady_day("1", "2020-01-07", 5) + steady_day("1", "2020-01-08", 7);
  const auto alone = score_snapshots(parsed(known), "2020-01-08").score;
  auto log = parsed(known + steady_day("1", "2020-01-09", 20));
  const auto both = score_snapshots(log, "2020-01-08").score;
  log.days.pop_back();
  EXPECT_EQ(score_snapshots(log, "2020-01-08").score.estimators[0].accuracy.mae,
            alone.estimators[0].accuracy.mae);
  EXPECT_GT(both.n, alone.n);
}

}  // namespace
}  // namespace matanai::queue
