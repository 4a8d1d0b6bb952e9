#include "server/twin/visit_csv.hpp"

#include <gtest/gtest.h>

#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include "server/queue/model/random.hpp"
#include "server/queue/plan/record_check.hpp"

namespace matanai::twin {
namespace {

using queue::kNever;
using queue::midnight_plus;

const std::string kHeader =
    "day,outcome,group,service,window,arrival,slot,called,started,finished,priority\n";
constexpr const char* kServed = "2026-11-24,served,A,certificate,3,09:00,,09:05,09:05:30,09:12,\n";

std::string fault_of(const std::string& csv) {
  try {
    parse_visits(csv, "v.csv");
  } catch (const std::runtime_error& error) {
    return error.what();
  }
  return "none";
}
std::string fault_of_row(const std::string& row) { return fault_of(kHeader + kServed + row); }

TEST(VisitCsv, RowsBecomeVisits) {
  const auto log = parse_visits(kHeader + kServed +
                                    "2026-11-24,absent,A,moving,4,09:01,09:30,09:31,,,\r\n"
                                    "2026-11-24,uncalled,A,moving,,16:59,,,,,1\n\n"
                                    "2026-11-25,served,B,tax,9,10:00,,10:00,10:01,10:09:59,0\n",
                                "v.csv");
  EXPECT_EQ(log.office.groups, (std::vector<std::string>{"A", "B"}));
  ASSERT_EQ(log.office.services.size(), 3U);
  EXPECT_EQ(log.office.services[2].group, 1);
  ASSERT_EQ(log.days.size(), 2U);
  EXPECT_EQ(log.days[0].date, *parse_day("2026-11-24"));
  EXPECT_EQ(log.days[0].day.kind.weekday, 2);
  const auto& visits = log.days[0].day.visits;
  ASSERT_EQ(visits.size(), 3U);
  EXPECT_EQ(visits[0].started, midnight_plus(std::chrono::seconds(9 * 3600 + 330)));
  EXPECT_EQ(visits[1].slot, midnight_plus(Minutes(570)));
  EXPECT_EQ(visits[1].started, kNever);
  EXPECT_EQ(visits[2].called, kNever);
  EXPECT_EQ(visits[2].reason, OrderReason::priority_head_start);
  EXPECT_FALSE(log.days[0].day.no_shows);
}

TEST(VisitCsv, OneNoShowSaysThatAllAreRecorded) {
  const auto log = parse_visits(kHeader + kServed +
                                    "2026-11-24,no_show,,,,,10:00,,,,\n"
                                    "2026-11-25,served,A,certificate,3,09:00,,09:05,09:05,09:12,\n",
                                "v.csv");
  EXPECT_EQ(log.days.at(0).day.no_shows, 1);
  EXPECT_EQ(log.days.at(1).day.no_shows, 0);
}

TEST(VisitCsv, WindowsAreOpenAsTheirRowsSay) {
  const auto log = parse_visits(kHeader + kServed +
                                    "2026-11-24,open,,,3,,,,13:00,17:15,\n"
                                    "2026-11-24,open,,,3,,,,08:30,11:00,\n"
                                    "2026-11-24,open,,,3,,,,10:00,12:00,\n",
                                "v.csv");
  const auto& open = log.days[0].day.windows.at(0).open;
  ASSERT_EQ(open.size(), 2U);
  EXPECT_EQ(open[0].from, midnight_plus(Minutes(510)));
  EXPECT_EQ(open[0].until, midnight_plus(Minutes(720)));
  EXPECT_EQ(open[1].until, midnight_plus(Minutes(1035)));
}

TEST(VisitCsv, AFreeWindowThatLetsPeopleWaitWasClosed) {
  const auto log = parse_visits(kHeader + kServed +
                                    "2026-11-24,served,A,certificate,3,09:30,,09:30,09:30,09:40,\n"
                                    "2026-11-24,served,A,certificate,3,09:35,,10:40,10:40,10:50,\n",
                                "v.csv");
  const auto& open = log.days[0].day.windows.at(0).open;
  ASSERT_EQ(open.size(), 2U);
  EXPECT_EQ(open[0].from, midnight_plus(Minutes(545)));
  EXPECT_EQ(open[0].until, midnight_plus(Minutes(580)));
  EXPECT_EQ(open[1].from, midnight_plus(Minutes(640)));
  EXPECT_EQ(open[1].until, midnight_plus(Minutes(645)));  // closing was due in the last service
}

TEST(VisitCsv, AFreeWindowIsOpenFromTheEndOfTheLastWait) {
  const auto log = parse_visits(
      kHeader + kServed + "2026-11-24,served,A,certificate,4,10:00,,10:00:20,10:01,10:09,\n",
      "v.csv");
  const auto& windows = log.days[0].day.windows;
  EXPECT_EQ(windows.at(0).open.front().from, midnight_plus(Minutes(545)));
  EXPECT_EQ(windows.at(1).id, "4");
  EXPECT_EQ(windows.at(1).open.front().from, midnight_plus(Minutes(545)));  // one waited until then
}

TEST(VisitCsv, FaultsNameTheLine) {
  EXPECT_EQ(fault_of_row("24.11.2026,served,A,x,3,09:00,,09:05,09:06,09:12,\n"),
            "v.csv:3: day \"24.11.2026\" is no date such as 2026-11-24");
  EXPECT_EQ(fault_of_row("2026-11-24,gone,A,x,3,09:00,,09:05,09:06,09:12,\n"),
            "v.csv:3: outcome \"gone\" is none of served, absent, uncalled, no_show, open");
  EXPECT_EQ(fault_of_row("2026-11-24,served,A,x,3,09:00,,09:61,09:06,09:12,\n"),
            "v.csv:3: called \"09:61\" is no time of day such as 09:05 or 09:05:30");
  for (const char* time : {"9:05", "24:00", "09:05:60", "09:05:-1", "09:05:1", "09:05+30"})
    EXPECT_NE(fault_of_row(std::string("2026-11-24,uncalled,A,x,,") + time + ",,,,,\n")
                  .find("v.csv:3: arrival"),
              std::string::npos)
        << time;
  EXPECT_EQ(fault_of_row("2026-11-24,served,A,x,3,09:00,,08:05,09:06,09:12,\n"),
            "v.csv:3: called is before arrival");
  EXPECT_EQ(fault_of_row("2026-11-24,served,A,x,3,09:00,,09:05,09:06,,\n"),
            "v.csv:3: finished is empty");
  EXPECT_EQ(fault_of_row("2026-11-24,served,A,,3,09:00,,09:05,09:06,09:12,\n"),
            "v.csv:3: service is empty");
  EXPECT_EQ(fault_of_row("2026-11-24,served,B,certificate,3,09:00,,09:05,09:06,09:12,\n"),
            "v.csv:3: service \"certificate\" was of another group before");
  EXPECT_EQ(fault_of_row("2026-11-24,served\n"), "v.csv:3: has not as many cells as the header");
  EXPECT_EQ(fault_of_row("2026-11-24,uncalled,A,x,,09:00,,,,,2\n"),
            "v.csv:3: priority is neither 0 nor 1");
  EXPECT_EQ(fault_of_row("2026-11-24,uncalled,A," + std::string(101, 'x') + ",,09:00,,,,,\n"),
            "v.csv:3: service is too long");
}

TEST(VisitCsv, FilesThatTellNothingAreRefused) {
  EXPECT_EQ(fault_of(""), "v.csv: column day is missing (see --help)");
  EXPECT_EQ(fault_of("day,outcome\n"), "v.csv: column group is missing (see --help)");
  EXPECT_EQ(fault_of(kHeader), "v.csv: nobody is called in it");
  EXPECT_EQ(fault_of(kHeader + "\xff\n"), "v.csv: is not UTF-8");
  std::string crowd = kHeader;
  for (int i = 0; i < 5001; ++i) crowd += "2026-11-24,uncalled,A,x,,09:00,,,,,\n";
  EXPECT_EQ(fault_of(crowd), "v.csv:5002: too many visits of one day");
  std::string ids = kHeader;
  for (int i = 0; i < 1001; ++i)
    ids += "2026-11-24,uncalled,A,x" + std::to_string(i) + ",,09:00,,,,,\n";
  EXPECT_EQ(fault_of(ids), "v.csv:1002: too many services");
}

// Strangers' bytes: a visit file with a byte or two changed is read, fitted and checked, or
// refused.
TEST(VisitCsv, AnyBytesAreReadOrRefused) {
  const std::string whole = kHeader + kServed +
                            "2026-11-24,open,,,3,,,,08:30,17:15,\n"
                            "2026-11-24,absent,A,moving,4,09:01,09:30,09:31,,,\n"
                            "2026-11-25,served,B,tax,9,10:00,10:15,10:00:30,10:01,10:09:59,1\n"
                            "2026-11-25,no_show,,,,,11:00,,,,\n";
  constexpr std::string_view kBytes = "0123456789012345,\n\"\xff";
  int read = 0;
  int refused = 0;
  for (std::uint64_t round = 0; round < 3000; ++round) {
    auto random = queue::stream(1, 0, round, queue::Purpose::arrival);
    std::string text = whole;
    for (int change = 0; change < 1 + static_cast<int>(round % 2); ++change)
      text[static_cast<std::size_t>(random.uniform() * static_cast<double>(text.size()))] =
          kBytes[static_cast<std::size_t>(random.uniform() * static_cast<double>(kBytes.size()))];
    try {
      const auto log = parse_visits(text, "v.csv");
      std::vector<queue::RecordedDay> days;
      for (const auto& day : log.days) days.push_back(day.day);
      if (days.size() > 1) queue::cross_check(log.office, days, {1, 1});
      ++read;
    } catch (const std::runtime_error&) {
      ++refused;
    }
  }
  EXPECT_GT(read, 100);
  EXPECT_GT(refused, 100);
}

}  // namespace
}  // namespace matanai::twin
