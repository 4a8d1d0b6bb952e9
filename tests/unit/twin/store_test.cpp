// A record that the twin made, written as a real office database and read back.
#include "server/twin/store.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <functional>
#include <tuple>

#include "server/db/connection.hpp"
#include "server/db/database.hpp"
#include "tests/unit/support/folder.hpp"
#include "tests/unit/support/recorded_office.hpp"

namespace matanai::twin {
namespace {

using queue::kNever;

// Writes what the product would have stored; SQL here alone, as the product writes by pressing
// keys.
class RecordWriter {
 public:
  explicit RecordWriter(db::Transaction& tx) : tx_(tx) {
    tx.run(
        "INSERT INTO directory_office VALUES ('north', 1, '1', 'N', 'N', '1', '1', '1', 0, 0, "
        "'1')");
    tx.run("INSERT INTO directory_group VALUES ('ward', 1, 'W', '', '1', 'w', 0)");
    for (const char* id : {"certificate", "moving", "my_number"})
      tx.run(
          "INSERT INTO directory_service VALUES "
          "(?1, 'ward', 1, ?1, '', '', '', '', 10, 15, 1, 0)",
          id);
    for (int number = 1; number <= 10; ++number) {
      tx.run("INSERT INTO directory_window VALUES ('north', ?1, 'A', '1', '')", number);
      tx.run("INSERT INTO directory_window_group VALUES ('north', ?1, 1, 'ward')", number);
    }
  }

  void write(LocalDay date, const queue::DayModel& model, const queue::DayRecord& record,
             int no_shows) {
    const std::string day = to_wire(date);
    const Instant midnight = instant_at(date, TimeOfDay(0));
    const auto at = [&](Instant time) -> std::optional<Instant> {
      if (time == kNever) return std::nullopt;
      return midnight + time.time_since_epoch();
    };
    for (const auto& visit : record.visits) write_visit(day, model, visit, at);
    for (std::size_t w = 0; w < model.windows.size(); ++w)
      for (const auto& open : model.windows[w].open) {
        Instant closes = open.until;
        for (const auto& visit : record.visits)
          if (visit.window == w && visit.called >= open.from && visit.finished != kNever &&
              visit.finished > closes &&
              (visit.called < open.until || closes == model.closing || open.until == model.closing))
            closes = visit.finished;
        write_event(day, *at(open.from), "window_opened", model.windows[w].id);
        write_event(day, *at(closes), "window_closed", model.windows[w].id);
      }
    for (int i = 0; i < no_shows; ++i)
      tx_.run(
          "INSERT INTO expected VALUES (?1, 'north', ?2, '1', '1', 'moving', 'ward', 0, "
          "'no_show', 'ja', '', 1)",
          fmt::format("{}-{}", day, i), day);
  }

 private:
  template <class At>
  void write_visit(const std::string& day, const queue::DayModel& model, const queue::Visit& visit,
                   const At& at) {
    const std::string id = fmt::format("t{}", ++tickets_);
    const bool is_priority = visit.ready_at < visit.arrival && visit.slot == kNever;
    tx_.run(
        "INSERT INTO ticket VALUES (?1, 'north', ?2, ?1, ?1, 'kiosk', ?1, 'ja', ?3, '', NULL, "
        "?4, 0, 0, ?5)",
        id, day, is_priority, at(visit.slot), at(visit.arrival));
    const bool was_there = visit.started != kNever;
    tx_.run(
        "INSERT INTO leg (ticket, office, day, number, grp, service, state, state_since, "
        "ready_at, order_reason, passed, window, times_called, first_called_at, called_at, "
        "started_at, finished_at, issued_at) VALUES (?1, 'north', ?2, ?1, 'ward', ?3, ?4, ?5, "
        "?5, 'ready_time', ?6, ?7, 1, ?8, ?8, ?9, ?10, ?5)",
        id, day, model.office.services[visit.service].id, was_there ? "finished" : "expired",
        at(visit.arrival), static_cast<int>(visit.passed), model.windows[visit.window].id,
        at(visit.called), at(visit.started), at(visit.finished));
  }
  void write_event(const std::string& day, Instant at, const char* kind,
                   const std::string& window) {
    tx_.run(
        "INSERT INTO floor_event (office, day, at, kind, actor, window) "
        "VALUES ('north', ?1, ?2, ?3, 'clerk', ?4)",
        day, at, kind, window);
  }

  db::Transaction& tx_;
  int tickets_ = 0;
};

class OfficeDatabase : public testing::Test {
 protected:
  // The days written, Monday 2026-06-01 first, what `change` does to them, and read back.
  OfficeLog read_back(const std::vector<queue::RecordedDay>& days,
                      const std::function<void(db::Transaction&)>& change = {}) {
    {
      db::Database database({.file = file_, .migration_sets = {"common", "office"}});
      const auto written = database.write_blocking<bool>([&](db::Transaction& tx) -> Result<bool> {
        RecordWriter writer(tx);
        LocalDay date = *parse_day("2026-06-01");
        for (const auto& day : days) {
          while (iso_weekday(date) > 5) date += std::chrono::days(1);
          writer.write(date, support::known_office(), {day.visits, Instant{}}, *day.no_shows);
          date += std::chrono::days(1);
        }
        if (change) change(tx);
        return true;
      });
      EXPECT_TRUE(written.has_value());
    }
    db::Connection connection(file_, db::Connection::Mode::read_only);
    db::Transaction tx(connection);
    EXPECT_EQ(offices_with_tickets(tx), std::vector<std::string>{"north"});
    return read_office_log(tx, "north");
  }

  tests::Folder folder_;
  std::filesystem::path file_ = folder_.file();
};

constexpr int kDays = 25;

TEST_F(OfficeDatabase, IsReadAsItWasWritten) {
  const auto days = support::recorded_days(support::known_office(), kDays, 12);
  const auto log = read_back(days);
  ASSERT_EQ(log.days.size(), kDays);
  EXPECT_EQ(log.office.groups, std::vector<std::string>{"ward"});
  EXPECT_EQ(log.office.services.size(), 3U);
  EXPECT_EQ(log.days[5].date, *parse_day("2026-06-08"));
  for (std::size_t i = 0; i < days.size(); ++i) {
    const auto& [recorded, read] = std::tie(days[i], log.days[i].day);
    EXPECT_EQ(read.kind.weekday, recorded.kind.weekday);
    ASSERT_EQ(read.visits.size(), recorded.visits.size());
    for (std::size_t v = 0; v < read.visits.size(); ++v) {
      const auto& [was, is] = std::tie(recorded.visits[v], read.visits[v]);
      EXPECT_EQ(
          std::tie(is.service, is.arrival, is.slot, is.called, is.started, is.finished, is.reason),
          std::tie(was.service, was.arrival, was.slot, was.called, was.started, was.finished,
                   was.reason));
    }
  }
}

// A clerk closes the window when the last one has gone; when closing was due is guessed.
TEST_F(OfficeDatabase, WindowsAreOpenAsLongAsTheyWere) {
  const auto model = support::known_office();
  const auto log = read_back(support::recorded_days(model, kDays, 12));
  double off = 0;
  double ends = 0;
  for (const auto& day : log.days) {
    ASSERT_EQ(day.day.windows.size(), model.windows.size());
    for (std::size_t w = 0; w < model.windows.size(); ++w) {
      const auto& [was, is] = std::tie(model.windows[w].open, day.day.windows[w].open);
      ASSERT_EQ(is.size(), was.size());
      for (std::size_t i = 0; i < is.size(); ++i) {
        EXPECT_EQ(is[i].from, was[i].from);
        off += static_cast<double>((is[i].until - was[i].until).count()) / 60000;
        ends += 1;
      }
    }
  }
  EXPECT_NEAR(off / ends, 0, 2);
}

TEST_F(OfficeDatabase, NoShowsAreThoseOfWholeDaysStillKeptWhoNeverCame) {
  const auto days = support::recorded_days(support::known_office(), 5, 12);
  const auto log = read_back(days, [](db::Transaction& tx) {
    tx.run("DELETE FROM expected WHERE day < '2026-06-02'");
    tx.run(
        "INSERT INTO expected SELECT 'left', office, day, '2', '2', 'moving', 'ward', 0, "
        "'no_show', 'ja', '', 1 FROM expected WHERE day = '2026-06-04' LIMIT 1");
    tx.run(
        "UPDATE ticket SET reservation = 'left' WHERE id = "
        "(SELECT MIN(id) FROM ticket WHERE day = '2026-06-04')");
  });
  ASSERT_EQ(log.days.size(), 5U);
  EXPECT_FALSE(log.days[0].day.no_shows);  // forgotten
  EXPECT_FALSE(log.days[1].day.no_shows);  // perhaps half forgotten
  for (std::size_t i = 2; i < 5; ++i) EXPECT_EQ(log.days[i].day.no_shows, days[i].no_shows) << i;
}

}  // namespace
}  // namespace matanai::twin
