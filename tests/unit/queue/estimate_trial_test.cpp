#include "server/queue/score/estimate_trial.hpp"

#include <gtest/gtest.h>

namespace matanai::queue {
namespace {

// A few days; bench_estimate measures many.
TEST(EstimateTrial, StandsAtThePhysicalLimit) {
  TrialOptions options;
  options.days = 3;
  options.learned_days = 8;
  options.limit_futures = 1200;
  options.every = 2;
  const auto result = try_estimates(trial_day(kTrialWards[1], bare_first_come()), options);
  ASSERT_GT(result.score.n, 100U);
  EXPECT_LE(result.of("ours").rmse, 1.05 * result.of("limit").rmse);
  EXPECT_LE(result.of("learned").rmse, 1.15 * result.of("limit").rmse);
  EXPECT_LT(result.of("ours").rmse, result.of("product").rmse);
  EXPECT_LT(result.of("product").rmse, result.of("les").rmse);
  EXPECT_NEAR(result.ours.all.share(), 0.8, 0.08);
}
TEST(EstimateTrial, UnderTheDefaultRuleReservationsAndWalkInsAreToldAlike) {
  const auto result =
      try_estimates(trial_day(kTrialWards[1], product_default()),
                    {.days = 2, .learned_days = 2, .limit_futures = 400, .every = 4});
  EXPECT_GT(result.ours.all.people(), 3.0 * static_cast<double>(result.score.n));
  for (const auto& kind : result.ours.by_kind) {
    EXPECT_GT(kind.people(), 20);
    EXPECT_NEAR(kind.share(), 0.8, 0.15);
  }
}
TEST(EstimateTrial, UnknownNamesAreRefused) {
  EXPECT_THROW(TrialResult().of("ours"), std::out_of_range);
}

}  // namespace
}  // namespace matanai::queue
