#include "server/queue/day/arrivals.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "server/queue/day/ward_day.hpp"

namespace matanai::queue {
namespace {

constexpr int kDays = 800;

struct Count {
  double mean = 0;
  double variance = 0;
};
template <class Of>
Count count_of(const DayModel& model, const DayKind& kind, const Of& of) {
  Arrivals arrivals(model.office, model.demand);
  std::vector<Visitor> visitors;
  double sum = 0;
  double squares = 0;
  for (std::uint64_t day = 0; day < kDays; ++day) {
    arrivals.draw(2, day, kind, visitors);
    const auto count = static_cast<double>(std::ranges::count_if(visitors, of));
    sum += count;
    squares += count * count;
  }
  return {sum / kDays, squares / kDays - sum / kDays * sum / kDays};
}
const auto kEverybody = [](const Visitor&) { return true; };

DayModel walk_ins(double day_cv) {
  WardOptions options;
  options.reserved_share = 0;
  auto model = ward_day(options);
  model.demand.day_cv = day_cv;
  return model;
}

TEST(Arrivals, ArePoissonWithoutADayFactor) {
  const auto count = count_of(walk_ins(0), {}, kEverybody);
  EXPECT_NEAR(count.mean, 300, 2.5);
  EXPECT_NEAR(count.variance, 300, 60);
}
TEST(Arrivals, TheDayFactorAddsItsVariance) {
  const auto count = count_of(walk_ins(0.2), {}, kEverybody);
  EXPECT_NEAR(count.mean, 300, 8);
  EXPECT_NEAR(count.variance, 300 + 60 * 60, 700);
}
TEST(Arrivals, WeekdayAndMonthMultiply) {
  auto model = walk_ins(0);
  model.demand.weekday[0] = 1.3;
  model.demand.month[2] = 1.5;
  EXPECT_NEAR(count_of(model, {.weekday = 1, .month = 3}, kEverybody).mean, 585, 3);
  EXPECT_NEAR(count_of(model, {.weekday = 2, .month = 4}, kEverybody).mean, 300, 2.5);
}
TEST(Arrivals, FollowTheProfileAndTheDoors) {
  const auto model = walk_ins(0);
  const auto hour = [](int wanted) {
    return [wanted](const Visitor& v) {
      return v.arrival.time_since_epoch() / std::chrono::hours(1) == wanted;
    };
  };
  EXPECT_NEAR(count_of(model, {}, hour(10)).mean, 300 * 16.3 / 100.1, 0.9);
  EXPECT_NEAR(count_of(model, {}, hour(8)).mean, 300 * 4.0 / 100.1, 0.5);
  EXPECT_EQ(count_of(model, {}, hour(17)).mean, 0);
}
TEST(Arrivals, ReservationsComeAsBookedLessNoShows) {
  const auto model = ward_day({});
  const auto reserved = count_of(model, {}, [](const Visitor& v) { return v.slot != kNever; });
  EXPECT_NEAR(reserved.mean, 120, 0.8);
  EXPECT_LT(reserved.variance, 25);  // slots are filled, not drawn
  auto by_weight = model;
  by_weight.demand.books_by_weight = true;
  EXPECT_NEAR(count_of(by_weight, {}, [](const Visitor& v) { return v.slot != kNever; }).mean, 120,
              0.8);
}
TEST(Arrivals, NobodyChecksInBeforeTheCheckInOpens) {
  const auto model = ward_day({});
  EXPECT_EQ(count_of(model, {},
                     [](const Visitor& v) {
                       return v.slot != kNever && v.arrival < v.slot - Minutes(15);
                     })
                .mean,
            0);
}
TEST(Arrivals, MixAndMeanServiceAreTheModels) {
  const auto model = walk_ins(0);
  EXPECT_NEAR(Arrivals(model.office, model.demand).mean_service(), 10.25, 0.001);
  EXPECT_NEAR(count_of(model, {}, [](const Visitor& v) { return v.service == 1; }).mean, 75, 1.2);
}

TEST(WardDay, HasTheWindowHoursOfItsTable) {
  EXPECT_DOUBLE_EQ(window_hours(ward_counts({})), 61.25);
  EXPECT_DOUBLE_EQ(window_hours(ward_counts({.is_shaped = false, .rules = {}})), 61.25);
}
TEST(WindowsOf, TheLowerWindowStaysOpenWhenTheHigherCloses) {
  WindowCounts counts{};
  counts[40] = 2;
  counts[41] = 1;
  counts[43] = 1;
  const auto windows = windows_of(counts, {0});
  ASSERT_EQ(windows.size(), 2U);
  EXPECT_EQ(windows[0].open.size(), 2U);
  EXPECT_EQ(windows[0].open[0].until - windows[0].open[0].from, Minutes(30));
  EXPECT_EQ(windows[1].open.size(), 1U);
}
TEST(BookSpareCapacity, FollowsWhatTheWalkInsLeave) {
  WindowCounts counts{};
  counts[40] = 4;
  counts[41] = 4;
  Quarters walk_ins{};
  walk_ins[40] = 3;
  walk_ins[41] = 6;
  const auto booked = book_spare_capacity(counts, walk_ins, 10, 9);
  EXPECT_NEAR(booked[40], 9 * 30.0 / 30, 1e-9);
  EXPECT_NEAR(booked[41], 0, 1e-9);
}

}  // namespace
}  // namespace matanai::queue
