// matanai-twin score: how good estimates were, on a log that they have not seen.
#include "server/twin/score.hpp"

#include <fmt/format.h>

#include <cstdio>
#include <filesystem>
#include <stdexcept>
#include <string>

#include "schema/types/time.hpp"
#include "server/queue/snapshot_score.hpp"
#include "server/twin/commands.hpp"
#include "server/twin/text_file.hpp"

namespace matanai::twin {
namespace {

struct ScoreOptions {
  std::string snapshots;
  std::string test_from;
  bool is_json = false;
};

void tell_cleaning(const queue::SnapshotScore& result) {
  const auto& cleaning = result.cleaning;
  fmt::print(
      "{} rows; left out: {} broken, {} of a wrong clock, {} seen before; {} days of a queue with "
      "broken numbers; {} waits above {:.0f} minutes\n"
      "learned {} days, tested {}: {} virtual customers\n\n",
      cleaning.rows, cleaning.broken, cleaning.wrong_clock, cleaning.duplicates,
      cleaning.broken_days, cleaning.too_long, queue::kLongestWait, result.learned_days,
      result.tested_days, result.score.n);
}

int score_file(const ScoreOptions& options) {
  if (!parse_day(options.test_from))
    throw std::runtime_error("--test-from \"" + options.test_from +
                             "\" is no date like 2020-01-09");
  const auto log = queue::parse_snapshots(read_text_file(options.snapshots));
  if (!log)
    throw std::runtime_error(
        options.snapshots +
        " lacks a column; needed: office,queue,date,minute_of_day,waiting,open_windows,"
        "service_minutes,last_called");
  const auto result = queue::score_snapshots(*log, options.test_from);
  if (result.score.n == 0)
    throw std::runtime_error("nobody to test on from " + options.test_from + " on");
  if (result.learned_days == 0)
    throw std::runtime_error("nothing to learn from before " + options.test_from);
  if (!options.is_json) tell_cleaning(result);
  print_score(result.score, options.is_json);
  return kDone;
}

}  // namespace

void add_score(CLI::App& app, Run& run) {
  static ScoreOptions options;
  auto* command = add_command(
      app, run, "score", "How good estimates were, beside the usual formulas on the same cases",
      "MAE, RMSE, bias (told − happened) and range width in minutes; coverage of the 80 % range.\n"
      "Each day is told with what was known before it, and teaches the next.\n\n"
      "Examples:\n"
      "  matanai-twin score --snapshots warsaw.csv.xz --test-from 2020-01-09\n"
      "  matanai-twin score --snapshots log.csv --test-from 2026-04-01 --json",
      [] { return score_file(options); });
  command
      ->add_option("--snapshots", options.snapshots,
                   "CSV (or .csv.xz) of office,queue,date,minute_of_day,waiting,open_windows,"
                   "service_minutes,last_called")
      ->required();
  command->add_option("--test-from", options.test_from, "First date that is tested: 2020-01-09")
      ->required();
  command->add_flag("--json", options.is_json, "JSON instead of a table");
}

}  // namespace matanai::twin
