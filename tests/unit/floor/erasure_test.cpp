// What the floor forgets some days after a visit: the reservation it expected, and the help wanted.
#include "floor_fixture.hpp"
#include "server/floor/sweep.hpp"

namespace matanai::floor {
namespace {

using namespace std::chrono_literals;
using std::chrono::days;

class Erasure : public FloorTest {
 protected:
  // Booked for `start`, with help wanted.
  void expect_with_help(const std::string& reservation, Instant start, std::uint32_t code) {
    const Expected visit{reservation,
                         kOffice,
                         make_reservation_code(code).value,
                         "hash-" + reservation,
                         ServiceId("move_in"),
                         GroupId("A"),
                         start,
                         "booked",
                         "ja",
                         {"wheelchair"},
                         1};
    ASSERT_TRUE(write<bool>([&](db::Transaction& tx) -> Result<bool> {
                  store::put_expected(tx, visit);
                  return true;
                }).has_value());
  }
  std::int64_t count(std::string_view sql) {
    return *write<std::int64_t>([&](db::Transaction& tx) {
      return Result<std::int64_t>(
          tx.first(sql, [](const db::Row& row) { return row.integer(0); }).value_or(-1));
    });
  }
  void keep_contacts_for(std::int64_t whole_days) {
    auto tables = directory::read_seed(MATANAI_SOURCE_DIR "/schema/seed/kitakyushu");
    for (auto& setting : tables.settings) {
      if (setting.name == directory::settings::kContactErasedDays) setting.value = whole_days;
    }
    directory_ = directory::Directory(std::move(tables));
  }
  std::int64_t expected() { return count("SELECT COUNT(*) FROM expected"); }
  std::int64_t helped() { return count("SELECT COUNT(*) FROM ticket WHERE help <> ''"); }
  bool sweeps(int limit = 100) {
    return *write<bool>([&](db::Transaction& tx) -> Result<bool> {
      const bool is_due = has_something_to_sweep(tx, context_, clock_.now());
      sweep(tx, context_, clock_.now(), limit);
      return is_due;
    });
  }
};

TEST_F(Erasure, SevenDaysAfterTheVisit) {
  const auto start = clock_.now();
  expect_with_help("res1", start, 1);
  ASSERT_TRUE(check_in_code(make_reservation_code(1).value).has_value());
  ASSERT_EQ(helped(), 1);
  clock_.set(start + days(7));
  sweeps();  // the person's leg of an earlier day
  EXPECT_FALSE(sweeps());
  EXPECT_EQ(expected(), 1);
  EXPECT_EQ(helped(), 1);
  clock_.advance(1ms);
  EXPECT_TRUE(sweeps());
  EXPECT_EQ(expected(), 0);
  EXPECT_EQ(helped(), 0);
  EXPECT_FALSE(sweeps());
  EXPECT_EQ(count("SELECT COUNT(*) FROM ticket"), 1) << "the visit itself is counted on";
}

TEST_F(Erasure, LeavesLaterVisitsAlone) {
  const auto start = clock_.now();
  expect_with_help("res1", start, 1);
  expect_with_help("res2", start + days(3), 2);
  clock_.set(start + days(7) + 1ms);
  while (sweeps()) {
  }
  EXPECT_EQ(expected(), 1);
  EXPECT_EQ(count("SELECT COUNT(*) FROM expected WHERE help = 'wheelchair'"), 1);
}

TEST_F(Erasure, IsBoundedInEachRun) {
  for (std::uint32_t i = 1; i <= 5; ++i)
    expect_with_help("res" + std::to_string(i), clock_.now(), i);
  clock_.advance(days(8));
  sweeps(2);
  EXPECT_EQ(expected(), 3);
  sweeps(2);
  EXPECT_EQ(expected(), 1);
  sweeps(2);
  EXPECT_EQ(expected(), 0);
}

TEST_F(Erasure, LeavesTodaysVisitsAloneEvenWhenNothingIsKept) {
  keep_contacts_for(0);
  expect_with_help("res1", clock_.now(), 1);
  clock_.advance(1min);
  EXPECT_FALSE(sweeps());
  ASSERT_TRUE(check_in_code(make_reservation_code(1).value).has_value());
  sweeps();
  EXPECT_EQ(expected(), 1);
  EXPECT_EQ(helped(), 1);
  clock_.set(instant_at(local_day(clock_.now()) + days(1), TimeOfDay(0min)));
  EXPECT_TRUE(sweeps());
  EXPECT_EQ(expected(), 0);
  EXPECT_EQ(helped(), 0);
}

TEST_F(Erasure, TheLogNeverHadTheHelp) {
  expect_with_help("res1", clock_.now(), 1);
  ASSERT_TRUE(check_in_code(make_reservation_code(1).value).has_value());
  EXPECT_EQ(count("SELECT COUNT(*) FROM floor_event WHERE kind = 'checked_in'"), 1);
  EXPECT_EQ(count("SELECT COUNT(*) FROM floor_event WHERE data LIKE '%wheelchair%'"), 0);
}

TEST_F(Erasure, TheLogOfAnOlderFileLosesTheHelpAndNothingElse) {
  open_older("0010");
  write<bool>([&](db::Transaction& tx) -> Result<bool> {
    EventRow event;
    event.kind = EventKind::checked_in;
    event.actor = "kiosk";
    event.data = R"({"issuer":"kiosk","help":"wheelchair","people_ahead":2})";
    store::append_event(tx, kOffice, local_day(clock_.now()), clock_.now(), event);
    return true;
  });
  reopen();
  EXPECT_EQ(count("SELECT COUNT(*) FROM floor_event "
                  "WHERE data = '{\"issuer\":\"kiosk\",\"people_ahead\":2}'"),
            1);
  EXPECT_THROW(count("UPDATE floor_event SET data = NULL RETURNING seq"), std::exception)
      << "the log is append-only again";
}

}  // namespace
}  // namespace matanai::floor
