#include "server/queue/estimate/refinement.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <vector>

#include "server/queue/estimate/accuracy.hpp"
#include "server/queue/score/estimate_trial.hpp"

namespace matanai::queue {
namespace {

double minutes_of(Millis time) { return static_cast<double>(time.count()) / 60000; }

// A ward of three windows as it is: after each visitor the clerk writes for a while, in which the
// window looks free. The physics knows only how long visitors are served.
class BusyOffice {
 public:
  static constexpr std::uint64_t kSeed = 5;
  static constexpr int kFutures = 100;  // a quarter of the product's, for speed

  explicit BusyOffice(double writing_share, double visitors)
      : served_share_(1 - writing_share),
        known_(trial_day({"ward", visitors, 3})),
        real_(known_),
        futures_(known_.office, 1, kFutures) {
    for (auto& service : real_.office.services) service.time.mean_minutes /= served_share_;
  }

  struct Told {
    RecordedWait recorded;
    RefinedWait refined;
    Instant called;
  };
  // One day on which everybody who comes is told by `refinement`, by call.
  std::vector<Told> day(int number, const Refinement& refinement) {
    told_.clear();
    refinement_ = &refinement;
    OfficeDay day(real_.office, real_.demand, real_.rules,
                  [this](const FloorNow& floor, std::uint16_t, const Person& newcomer) {
                    tell(floor, newcomer);
                    return kNever;
                  });
    const auto of_day = static_cast<std::uint64_t>(number);
    day.arrivals().draw(kSeed, of_day, {}, people_);
    const auto& record = day.run(real_.windows, people_, kSeed, of_day);
    std::vector<Told> told;
    for (const auto& [visit, one] : told_) {
      told.push_back(one);
      told.back().recorded.day = number;
      told.back().called = record.visits[visit].called;
      told.back().recorded.wait =
          minutes_of(record.visits[visit].called - record.visits[visit].arrival);
    }
    std::ranges::sort(told, {}, &Told::called);
    return told;
  }

 private:
  void tell(const FloorNow& floor, const Person& newcomer) {
    FloorNow seen = floor;
    for (auto& window : seen.windows) {
      if (!window.is_busy) continue;
      const auto whole = people_[static_cast<std::size_t>(window.person)].duration;
      if (minutes_of(floor.now - window.since) >= served_share_ * minutes_of(whole))
        window.is_busy = false;
    }
    const auto physics = futures_.look(seen).newcomers[newcomer.service].wait;
    if (!physics.q10 || !physics.q50 || !physics.q90) return;
    const auto refined = refinement_->refine(physics, false);
    RecordedWait recorded;
    recorded.kind = kind_of(is_soon(physics), false);
    recorded.q10 = minutes_of(*physics.q10);
    recorded.q50 = minutes_of(*physics.q50);
    recorded.q90 = minutes_of(*physics.q90);
    if (refined.model != kPhysicsModel)
      recorded.steered = Range{minutes_of(*refined.wait.q10), minutes_of(*refined.wait.q90)};
    told_.emplace_back(static_cast<std::size_t>(newcomer.id), Told{recorded, refined, {}});
  }

  double served_share_;
  DayModel known_, real_;
  Futures futures_;
  const Refinement* refinement_ = nullptr;
  std::vector<Visitor> people_;
  std::vector<std::pair<std::size_t, Told>> told_;
};

// Told day by day, each night learning from the four weeks before.
struct Walk {
  Accuracy physics, ours;  // of those in line, once the record is enough
  std::size_t cases = 0;
  int corrected_nights = 0;

  Walk(BusyOffice office, int days) {
    AccuracySum physics_sum, our_sum;
    std::vector<RecordedWait> record;
    for (int day = 0; day < days; ++day) {
      std::erase_if(record, [&](const RecordedWait& one) {
        return one.day < day - static_cast<int>(Refinement::kRecord.count());
      });
      const Refinement refinement{record};
      corrected_nights += refinement.is_corrected();
      for (const auto& [one, refined, called] : office.day(day, refinement)) {
        record.push_back(one);
        if (one.kind != WaitKind::in_line || refined.model == kPhysicsModel) continue;
        physics_sum.add(one.q50, {one.q10, one.q90}, one.wait);
        our_sum.add(minutes_of(*refined.wait.q50), *one.steered, one.wait);
      }
    }
    physics = physics_sum.result();
    ours = our_sum.result();
    cases = our_sum.count();
  }
};

TEST(Refinement, CorrectsAnOfficeWhoseClerksWriteAQuarterOfTheTime) {
  const Walk walk(BusyOffice(0.25, 100), 40);
  EXPECT_GT(walk.cases, 2000U);
  EXPECT_GT(walk.corrected_nights, 30);
  EXPECT_LT(walk.ours.mae, 0.7 * walk.physics.mae);
  EXPECT_LT(walk.physics.coverage80.value(), 0.5);
  EXPECT_GT(walk.ours.coverage80.value(), 0.77);
  EXPECT_LT(walk.ours.coverage80.value(), 0.83);
}

TEST(Refinement, LeavesARightPhysicsAlone) {
  const Walk walk(BusyOffice(0, 110), 40);
  EXPECT_GT(walk.cases, 2000U);
  EXPECT_LT(walk.corrected_nights, 8);
  EXPECT_LT(walk.ours.mae, 1.02 * walk.physics.mae);
  EXPECT_GT(walk.ours.coverage80.value(), 0.77);
  EXPECT_LT(walk.ours.coverage80.value(), 0.83);
}

WaitForecast forecast(double q10, double q50, double q90, double share_soon = 0) {
  const auto millis = [](double minutes) {
    return Millis(static_cast<std::int64_t>(minutes * 60000));
  };
  return {millis(q10), millis(q50), millis(q90), {}, share_soon};
}

// Forecasts of 10–20–30 and waits spread evenly over 10…30, `factor` times as long; 25 a day.
std::vector<RecordedWait> record(int cases, double factor, WaitKind kind = WaitKind::in_line) {
  std::vector<RecordedWait> record;
  for (int i = 0; i < cases; ++i)
    record.push_back({i / 25, kind, 10, 20, 30, {}, factor * (10 + 20 * (i * 7 % 25) / 24.0)});
  return record;
}

TEST(Refinement, AThinRecordLeavesThePhysicsAlone) {
  const auto thin = record(static_cast<int>(Refinement::kEnough) - 1, 1.5);
  for (const auto& told : {Refinement().refine(forecast(10, 20, 30), false),
                           Refinement(thin).refine(forecast(10, 20, 30), false)}) {
    EXPECT_EQ(told.model, kPhysicsModel);
    EXPECT_EQ(told.wait.q10, Minutes(10));
    EXPECT_EQ(told.wait.q50, Minutes(20));
    EXPECT_EQ(told.wait.q90, Minutes(30));
  }
}
TEST(Refinement, ARecordTooThinForACorrectionFitsTheRange) {
  const auto told = Refinement(record(150, 1.5)).refine(forecast(10, 20, 30), false);
  EXPECT_EQ(told.model, kRangedModel);
  EXPECT_EQ(told.wait.q50, Minutes(20));
  EXPECT_NEAR(minutes_of(*told.wait.q90), 1.5 * 28, 1);
}
TEST(Refinement, AReservationIsNotToldByTheCurveOfTheLine) {
  auto mixed = record(400, 1.5);
  for (const auto& one : record(200, 1, WaitKind::with_slot)) mixed.push_back(one);
  const Refinement refinement(mixed);
  EXPECT_EQ(refinement.refine(forecast(10, 20, 30), false).model, kCorrectedModel);
  EXPECT_NEAR(minutes_of(*refinement.refine(forecast(10, 20, 30), false).wait.q50), 30, 1);
  EXPECT_EQ(refinement.refine(forecast(10, 20, 30), true).model, kRangedModel);
  EXPECT_EQ(refinement.refine(forecast(10, 20, 30), true).wait.q50, Minutes(20));
}
TEST(Refinement, WhomThePhysicsCallsLaterIsToldNoEarlier) {
  const Refinement refinement(record(400, 1.5));
  auto before = refinement.refine(forecast(0, 0, 0), false).wait;
  for (double physics = 0.5; physics < 120; physics += 0.5) {
    const auto told = refinement.refine(forecast(physics / 2, physics, physics * 1.5), false).wait;
    EXPECT_GE(told.q10, before.q10) << physics;
    EXPECT_GE(told.q50, before.q50) << physics;
    EXPECT_GE(told.q90, before.q90) << physics;
    EXPECT_LE(told.q10, told.q50) << physics;
    EXPECT_LE(told.q50, told.q90) << physics;
    before = told;
  }
}
TEST(Refinement, MissesOfTheDayWidenTheirEndOfTheRange) {
  Refinement refinement(record(400, 1));
  const auto before = refinement.refine(forecast(10, 20, 30), false).wait;
  auto today = record(20, 2);
  for (auto& one : today) one.steered = Range{12, 28};
  refinement.see_today(today);
  const auto after = refinement.refine(forecast(10, 20, 30), false).wait;
  EXPECT_GT(after.q90, before.q90);
  EXPECT_GE(after.q10, before.q10);
  // The record of the day is replayed, not added.
  refinement.see_today(today);
  EXPECT_EQ(refinement.refine(forecast(10, 20, 30), false).wait.q90, after.q90);
  refinement.see_today({});
  EXPECT_EQ(refinement.refine(forecast(10, 20, 30), false).wait.q90, before.q90);
}
// Whose windows look free because their clerks went away without saying so.
TEST(Refinement, NowIsToldWhileItIsTrueOftenEnough) {
  std::vector<RecordedWait> soon;
  for (int i = 0; i < 200; ++i)
    soon.push_back({i / 20, WaitKind::soon, 0, 0, 1, {}, i % 10 == 0 ? 12.0 : 1.0});
  const auto now = forecast(0, 0, 1, 0.95);
  EXPECT_EQ(Refinement(soon).refine(now, false).wait.share_soon, 0.95);
  for (int i = 0; i < 200; i += 3) soon[static_cast<std::size_t>(i)].wait = 12;
  const auto told = Refinement(soon).refine(now, false);
  EXPECT_LT(told.wait.share_soon, 0.7);
  EXPECT_NEAR(minutes_of(*told.wait.q90), 12, 1);
  EXPECT_EQ(told.model, kRangedModel);
}

}  // namespace
}  // namespace matanai::queue
