// Records that the twin made with known parameters, fitted and held beside the twin.
#include "server/queue/plan/calibration.hpp"

#include <gtest/gtest.h>

#include "server/queue/plan/record_check.hpp"
#include "tests/unit/support/recorded_office.hpp"

namespace matanai::queue {
namespace {

using support::known_office;
using support::recorded_days;
using support::unmeasured_office;

constexpr int kYear = 260;  // working days
constexpr int kQuarterYear = 65;
constexpr CheckEffort kEffort{4, 1};

TEST(Calibration, FindsTheParametersThatMadeTheRecord) {
  const auto truth = known_office();
  const auto fit = calibrate(unmeasured_office(), recorded_days(truth, kYear, 12));
  double shares = 0;
  for (const double share : fit.demand.mix) shares += share;
  for (std::size_t s = 0; s < 3; ++s) {
    const auto& service = truth.office.services[s];
    const auto& found = fit.office.services[s];
    EXPECT_NEAR(found.time.mean_minutes / service.time.mean_minutes, 1, 0.02) << service.id;
    EXPECT_NEAR(found.time.cv, service.time.cv, 0.02) << service.id;
    EXPECT_NEAR(fit.demand.mix[s] / shares, truth.demand.mix[s], 0.01) << service.id;
  }
  EXPECT_NEAR(fit.demand.walk_ins * fit.demand.weekday[2] / truth.demand.walk_ins, 1, 0.04);
  EXPECT_NEAR(fit.demand.weekday[0] / fit.demand.weekday[1], 1.15, 0.05);
  EXPECT_NEAR(fit.demand.day_cv, 0.06, 0.02);
  EXPECT_NEAR(fit.demand.no_show, 0.1, 0.01);
  EXPECT_NEAR(fit.demand.punctuality_mean, -6, 0.2);
  EXPECT_NEAR(fit.demand.punctuality_sd, 5, 0.2);
  EXPECT_NEAR(fit.demand.patience_mean / 150, 1, 0.2);
  EXPECT_NEAR(fit.demand.priority, 0.06, 0.006);
  EXPECT_NEAR(static_cast<double>(fit.office.way.count()), 40000, 500);
  EXPECT_NEAR(fit.demand.way_cv, 0.4, 0.02);
  for (std::size_t q = 36; q < 64; ++q)
    EXPECT_NEAR(fit.demand.booked[q], truth.demand.booked[q], 0.3) << q;
}

TEST(Calibration, NoShowsAreOfTheDaysOnWhichTheyAreKnown) {
  auto days = recorded_days(known_office(), 60, 12);
  for (std::size_t i = 0; i < 40; ++i) days[i].no_shows.reset();
  EXPECT_NEAR(calibrate(unmeasured_office(), days).demand.no_show, 0.1, 0.02);
  for (auto& day : days) day.no_shows.reset();
  EXPECT_EQ(calibrate(unmeasured_office(), days).demand.no_show, DemandModel{}.no_show);
}

TEST(CrossCheck, TheTwinMeetsAYearsRecordInEveryHour) {
  const auto days = recorded_days(known_office(), kYear, 12);
  const auto hours = cross_check(unmeasured_office(), days, kEffort);
  EXPECT_EQ(hours.size(), 9U);
  for (const auto& hour : hours)
    EXPECT_TRUE(hour.is_close()) << hour.hour << " h: p50 " << hour.p50.recorded << " twin "
                                 << hour.p50.twin << ", p90 " << hour.p90.recorded << " twin "
                                 << hour.p90.twin;
}

bool is_seen(const std::vector<HourFit>& hours) {
  return std::ranges::any_of(hours, [](const HourFit& hour) {
    return (!hour.p50.is_close() && !hour.p50.may_be_chance()) ||
           (!hour.p90.is_close() && !hour.p90.may_be_chance());
  });
}

TEST(CrossCheck, WindowsThatTheRecordDoesNotKnowAreSeen) {
  auto days = recorded_days(known_office(), kQuarterYear, 12);
  for (auto& day : days) day.windows.resize(day.windows.size() - 2);
  EXPECT_TRUE(is_seen(cross_check(unmeasured_office(), days, kEffort)));
}

// People who come and are served at that hour, the only one in which a window is open.
RecordedDay day_at(int weekday, int hour, int people) {
  RecordedDay day;
  day.kind.weekday = weekday;
  const Instant from = midnight_plus(Minutes(60 * hour));
  day.windows = {{"1", {0}, {{from, from + Minutes(60)}}, 0}};
  for (int i = 0; i < people; ++i) {
    Visit visit;
    visit.arrival = visit.called = visit.started = from + Millis(Minutes(60)) * i / people;
    visit.finished = visit.started + Millis(20000);
    day.visits.push_back(visit);
  }
  return day;
}

// A model of Monday alone sends everybody at nine to Tuesday's window, which opens at two. Were
// Monday beside its own model, most would meet an open window.
TEST(CrossCheck, EachDayIsCheckedByAModelThatHasNotSeenIt) {
  const std::vector<RecordedDay> days{day_at(1, 9, 100), day_at(2, 14, 40)};
  const auto hours = cross_check(unmeasured_office(), days, kEffort);
  ASSERT_EQ(hours.size(), 2U);
  EXPECT_EQ(hours[0].hour, 9);
  EXPECT_EQ(hours[0].p50.recorded, 0);
  EXPECT_GT(hours[0].p50.twin, 240);
}

TEST(CompareWithRecord, AWrongModelIsSeen) {
  const auto days = recorded_days(known_office(), kQuarterYear, 12);
  auto fit = calibrate(unmeasured_office(), days);
  for (auto& service : fit.office.services) service.time.mean_minutes *= 1.15;
  EXPECT_TRUE(is_seen(compare_with_record(fit, days, kEffort)));
}

// One window, one visitor at nine who waits as long as the day's number says: the median of days.
std::vector<RecordedDay> days_of_waits(std::initializer_list<int> minutes, int people) {
  const auto office = unmeasured_office();
  std::vector<RecordedDay> days;
  for (const int wait : minutes) {
    RecordedDay day;
    day.windows = {{"1", {0}, {{midnight_plus(Minutes(540)), midnight_plus(Minutes(600))}}, 0}};
    for (int i = 0; i < people; ++i) {
      Visit visit;
      visit.arrival = midnight_plus(Minutes(540));
      visit.called = visit.arrival + Minutes(wait);
      day.visits.push_back(visit);
    }
    days.push_back(std::move(day));
  }
  return days;
}

TEST(CompareWithRecord, TheRecordsRangeTakesDaysForOneAndNotPeople) {
  const DayModel model = calibrate(unmeasured_office(), days_of_waits({1}, 1));
  const auto few =
      compare_with_record(model, days_of_waits({1, 2, 3, 4, 5, 6, 7, 8, 9}, 10), {1, 1});
  const auto crowded =
      compare_with_record(model, days_of_waits({1, 2, 3, 4, 5, 6, 7, 8, 9}, 1000), {1, 1});
  ASSERT_EQ(few.size(), 1U);
  EXPECT_EQ(few[0].p50.recorded, 5);
  // Share up to the median 5/9, its standard error sqrt(5/9 · 4/9 / 8) = 0.176: 0.5 ± 0.344.
  EXPECT_EQ(few[0].p50.low, 2);
  EXPECT_EQ(few[0].p50.high, 8);
  EXPECT_EQ(crowded[0].p50.low, few[0].p50.low);
  EXPECT_EQ(crowded[0].p50.high, few[0].p50.high);
}

TEST(QuantileFit, ChanceIsWhatTheRecordsRangeReaches) {
  EXPECT_TRUE((QuantileFit{10, 9, 11, 11.5}.is_close()));
  EXPECT_TRUE((QuantileFit{30, 29, 31, 33}.is_close()));
  EXPECT_FALSE((QuantileFit{10, 9, 11, 12}.is_close()));
  EXPECT_TRUE((QuantileFit{10, 9, 11, 12}.may_be_chance()));
  EXPECT_FALSE((QuantileFit{10, 9, 11, 13}.may_be_chance()));
  EXPECT_FALSE((QuantileFit{10, 9, 11, 10}.may_be_chance()));
}

}  // namespace
}  // namespace matanai::queue
