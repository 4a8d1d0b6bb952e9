// A record that the twin made with known parameters, written as a real office database, read back
// and fitted.
#include <fmt/format.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <map>

#include "server/db/connection.hpp"
#include "server/db/database.hpp"
#include "server/twin/store.hpp"

namespace matanai::twin {
namespace {

using queue::kNever;

constexpr int kDays = 260;
constexpr int kFitted = 80;

// The ward day with a window more and everything that calibration fits.
queue::DayModel true_model() {
  queue::WardOptions options;
  options.visitors = 275;
  options.more_windows = 1;
  options.reserved_share = 0.3;
  auto model = queue::ward_day(options);
  for (auto& window : model.windows) window.pool = 0;
  model.office.way = Millis(40000);
  model.demand.way_cv = 0.4;
  model.demand.day_cv = 0.06;
  model.demand.weekday[0] = 1.15;
  model.demand.priority = 0.06;
  model.demand.patience_mean = 150;
  return model;
}

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

class Calibration : public testing::Test {
 protected:
  static void SetUpTestSuite() {
    file_ =
        std::filesystem::temp_directory_path() / fmt::format("matanai-calibrate-{}.db", ::getpid());
    {
      db::Database database({.file = file_, .migration_sets = {"common", "office"}});
      const auto written = database.write_blocking<bool>([](db::Transaction& tx) -> Result<bool> {
        write_record(tx);
        return true;
      });
      ASSERT_TRUE(written.has_value());
    }
    db::Connection connection(file_, db::Connection::Mode::read_only);
    db::Transaction tx(connection);
    ASSERT_EQ(offices_with_tickets(tx), std::vector<std::string>{"north"});
    log_ = read_office_log(tx, "north");
    for (const auto& day : log_.days) days_.push_back(day.day);
  }
  static void TearDownTestSuite() {
    for (const char* suffix : {"", "-wal", "-shm", ".lock", "-lock"})
      std::filesystem::remove(file_.string() + suffix);
    log_ = {};
    days_.clear();
  }

  static void write_record(db::Transaction& tx) {
    const auto model = true_model();
    RecordWriter writer(tx);
    queue::OfficeDay office_day(model.office, model.demand, model.rules);
    LocalDay date = *parse_day("2026-06-01");  // a Monday
    for (std::uint64_t day = 0; day < kDays; ++day, date += std::chrono::days(1)) {
      while (iso_weekday(date) > 5) date += std::chrono::days(1);
      const auto& record = office_day.run(model.windows, 12, day, {iso_weekday(date), 6});
      const auto came = std::ranges::count_if(
          record.visits, [](const queue::Visit& visit) { return visit.slot != kNever; });
      writer.write(
          date, model, record,
          static_cast<int>(office_day.arrivals().booked().size()) - static_cast<int>(came));
      visits_ += static_cast<std::int64_t>(record.visits.size());
    }
  }

  inline static std::filesystem::path file_;
  inline static OfficeLog log_;
  inline static std::vector<queue::RecordedDay> days_;
  inline static std::int64_t visits_ = 0;
};

TEST_F(Calibration, TheDatabaseIsReadAsItWasWritten) {
  ASSERT_EQ(days_.size(), kDays);
  EXPECT_EQ(log_.office.groups, std::vector<std::string>{"ward"});
  EXPECT_EQ(log_.office.services.size(), 3U);
  std::int64_t visits = 0;
  for (const auto& day : days_) {
    visits += static_cast<std::int64_t>(day.visits.size());
    EXPECT_EQ(day.windows.size(), true_model().windows.size());
  }
  EXPECT_EQ(visits, visits_);
  EXPECT_EQ(log_.days[5].date, *parse_day("2026-06-08"));
  EXPECT_EQ(days_[5].kind.weekday, 1);
  const auto& window = days_[0].windows[0];
  EXPECT_EQ(window.open.front().from, true_model().windows[0].open.front().from);
}

TEST_F(Calibration, FindsTheParametersThatMadeTheRecord) {
  const auto truth = true_model();
  const auto fit = queue::calibrate(log_.office, days_);
  for (std::size_t s = 0; s < 3; ++s) {
    const auto& service = truth.office.services[s];
    const auto& found = fit.office.services[s];
    EXPECT_NEAR(found.time.mean_minutes / service.time.mean_minutes, 1, 0.06) << service.id;
    EXPECT_NEAR(found.time.cv, service.time.cv, 0.06) << service.id;
    const double shares = fit.demand.mix[0] + fit.demand.mix[1] + fit.demand.mix[2];
    EXPECT_NEAR(fit.demand.mix[s] / shares, truth.demand.mix[s], 0.02) << service.id;
  }
  EXPECT_NEAR(fit.demand.walk_ins / truth.demand.walk_ins, 1, 0.1);
  EXPECT_NEAR(fit.demand.weekday[0] / fit.demand.weekday[1], 1.15, 0.12);
  EXPECT_NEAR(fit.demand.day_cv, 0.06, 0.02);
  EXPECT_NEAR(fit.demand.no_show, 0.1, 0.015);
  EXPECT_NEAR(fit.demand.punctuality_mean, -6, 0.4);
  EXPECT_NEAR(fit.demand.punctuality_sd, 5, 0.4);
  EXPECT_NEAR(fit.demand.patience_mean / 150, 1, 0.35);
  EXPECT_NEAR(fit.demand.priority, 0.06, 0.012);
  EXPECT_NEAR(static_cast<double>(fit.office.way.count()), 40000, 1500);
  EXPECT_NEAR(fit.demand.way_cv, 0.4, 0.05);
  for (std::size_t q = 36; q < 64; ++q)
    EXPECT_NEAR(fit.demand.booked[q], truth.demand.booked[q], 0.5) << q;
}

// 180 days: an hour's p90 of the record has a standard error of about half a minute here; records
// of other seeds miss in one hour now and then.
TEST_F(Calibration, TheTwinMeetsTheRecordOfDaysItHasNotSeen) {
  const std::span<const queue::RecordedDay> days(days_);
  const auto fit = queue::calibrate(log_.office, days.first(kFitted));
  const auto hours = queue::compare_with_record(fit, days.subspan(kFitted), 10, 1);
  EXPECT_EQ(hours.size(), 9U);
  for (const auto& hour : hours)
    EXPECT_TRUE(hour.is_close) << hour.hour << " h: p50 " << hour.recorded_p50 << " twin "
                               << hour.twin_p50 << ", p90 " << hour.recorded_p90 << " twin "
                               << hour.twin_p90;
}

TEST_F(Calibration, AWrongModelIsSeen) {
  const std::span<const queue::RecordedDay> days(days_);
  auto fit = queue::calibrate(log_.office, days.first(kFitted));
  for (auto& service : fit.office.services) service.time.mean_minutes *= 1.15;
  const auto hours = queue::compare_with_record(fit, days.subspan(kFitted), 5, 1);
  EXPECT_TRUE(std::ranges::any_of(hours, [](const auto& hour) { return !hour.is_close; }));
}

}  // namespace
}  // namespace matanai::twin
