#include "server/twin/score.hpp"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "server/queue/score/snapshot_score.hpp"
#include "server/twin/text_file.hpp"

namespace matanai::twin {
namespace {

using queue::Score;

TEST(ScoreJson, LeavesCoverageOutWhereThereIsNoRange) {
  const Score score{3, {{"ours", {1, 2, 3, 0.8, 30.0}}, {"les", {4, 5, 6, {}, {}}}}};
  const auto object = json_of(score);
  EXPECT_EQ(object.at("n"), 3);
  EXPECT_EQ(object.at("ours").at("coverage80"), 0.8);
  EXPECT_EQ(object.at("ours").at("width80"), 30.0);
  EXPECT_EQ(object.at("les").at("rmse"), 5.0);
  EXPECT_FALSE(object.at("les").as_object().contains("width80"));
}

TEST(TextFile, SaysWhichFileCannotBeRead) {
  EXPECT_THROW(read_text_file("/nowhere/x.csv"), std::runtime_error);
  EXPECT_THROW(read_text_file("/tmp"), std::runtime_error);
}
TEST(TextFile, DamagedXzIsRefused) {
  const auto path = std::filesystem::path(testing::TempDir()) / "damaged.xz";
  std::ofstream(path) << "no xz at all";
  EXPECT_THROW(read_text_file(path), std::runtime_error);
  std::filesystem::remove(path);
}

// The bars of issue 4 on days not seen, of real ward offices (shared/data/README.md).
TEST(Score, WarsawOffices) {
  const auto file = std::filesystem::path(MATANAI_SOURCE_DIR).parent_path() / "shared" / "data" /
                    "warsaw_offices_2020-01.csv.xz";
  if (!std::filesystem::exists(file)) GTEST_SKIP() << "no " << file << ": real data is not here";
  const auto log = queue::parse_snapshots(read_text_file(file)).value();
  const auto result = queue::score_snapshots(log, "2020-01-09");
  EXPECT_EQ(result.tested_days, 5U);
  EXPECT_GT(result.score.n, 15000U);
  const auto& ours = result.score.estimators[0].accuracy;
  EXPECT_LE(ours.mae, 12.0);
  EXPECT_LE(ours.rmse, 22);
  EXPECT_GE(ours.coverage80.value(), 0.77);
  EXPECT_LE(ours.coverage80.value(), 0.83);
  EXPECT_LE(ours.width80.value(), 32);
  for (std::size_t i = 1; i < result.score.estimators.size(); ++i)
    EXPECT_LT(ours.mae, result.score.estimators[i].accuracy.mae) << result.score.estimators[i].name;
}

}  // namespace
}  // namespace matanai::twin
