// matanai-twin score: how good estimates were, on a log that they have not seen.
#include "server/twin/score.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <boost/json.hpp>
#include <cstdint>
#include <iterator>
#include <stdexcept>
#include <string>

#include "schema/types/time.hpp"
#include "server/queue/score/estimate_trial.hpp"
#include "server/queue/score/snapshot_score.hpp"
#include "server/twin/commands.hpp"
#include "server/twin/text_file.hpp"
#include "server/twin/threads.hpp"
#include "server/twin/ticket_log.hpp"

namespace matanai::twin {
namespace {

struct ScoreOptions {
  std::string snapshots;
  std::string test_from;
  std::string log;
  bool is_twin = false;
  int days = 10;
  int learned_days = 20;
  std::uint64_t seed = 1;
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

int score_snapshots(const ScoreOptions& options) {
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

void tell_kept(const queue::KeptPromises& kept) {
  fmt::print("\nPromises of the last {} days, {} told and called: ",
             queue::KeptPromises::kRecord.count(), kept.told());
  const auto in_range = kept.in_range(), by_latest = kept.by_latest();
  if (!in_range || !by_latest) {
    fmt::print("too few for a share (under {})\n", queue::KeptPromises::kEnough);
    return;
  }
  fmt::print("{:.1f} % within the printed range, {:.1f} % by the printed latest time\n",
             *in_range * 100, *by_latest * 100);
}

int score_log(const ScoreOptions& options) {
  const auto tickets = read_tickets(options.log);
  const auto score = queue::score_tickets(tickets);
  if (score.n == 0)
    throw std::runtime_error(options.log + " has no ticket that was told a wait and called");
  if (!options.is_json) fmt::print("{} tickets were told a wait and called\n\n", score.n);
  print_score(score, options.is_json);
  if (!options.is_json) tell_kept(queue::kept_promises(tickets));
  return kDone;
}

double ratio(const queue::TrialResult& result, const char* name, const char* to) {
  return result.of(name).rmse / std::max(1e-9, result.of(to).rmse);
}

std::vector<queue::TrialRules> trial_rules() {
  return {queue::bare_first_come(), queue::product_default()};
}

void add_trial(const queue::TrialWard& ward, const queue::TrialRules& rules,
               const queue::TrialResult& result, boost::json::array& wards, std::string& text) {
  const double ours = ratio(result, "ours", "limit"), learned = ratio(result, "learned", "limit"),
               product = ratio(result, "ours", "product");
  auto object = json_of(result.score);
  object["ward"] = ward.name;
  object["rules"] = rules.name;
  object["ours_to_limit"] = ours;
  object["learned_to_limit"] = learned;
  object["ours_to_product"] = product;
  wards.push_back(std::move(object));
  text += fmt::format(
      "{}; {}: {} who had to wait\n\n{}\nRMSE against the limit: ours {:.3f}, learned {:.3f}; ours "
      "against the product formula {:.3f}\n\n",
      ward.name, rules.name, result.score.n, table_of(result.score), ours, learned, product);
}

int score_twin(const ScoreOptions& options) {
  Progress progress("days", trial_rules().size() * std::size(queue::kTrialWards) *
                                static_cast<std::size_t>(options.days));
  boost::json::array wards;
  std::string text;
  for (const auto& rules : trial_rules())
    for (const auto& ward : queue::kTrialWards) {
      const auto result = queue::try_estimates(
          queue::trial_day(ward, rules),
          {.days = options.days, .learned_days = options.learned_days, .seed = options.seed},
          [&](int) { progress.step(); });
      add_trial(ward, rules, result, wards, text);
    }
  fmt::print("{}", options.is_json ? boost::json::serialize(wards) + "\n" : text);
  return kDone;
}

int score(const ScoreOptions& options) {
  if (!options.log.empty()) return score_log(options);
  if (options.is_twin) return score_twin(options);
  if (!options.snapshots.empty()) return score_snapshots(options);
  throw std::runtime_error("score needs --snapshots FILE, --log DATABASE or --twin (see --help)");
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
      "  matanai-twin score --log office.db           what our own tickets were told\n"
      "  matanai-twin score --twin --days 60          against the physical limit",
      [] { return score(options); });
  auto* snapshots = command->add_option(
      "--snapshots", options.snapshots,
      "CSV (or .csv.xz) of office,queue,date,minute_of_day,waiting,open_windows,service_minutes,"
      "last_called");
  auto* from = command->add_option("--test-from", options.test_from,
                                   "First date that is tested: 2020-01-09");
  auto* log = command->add_option("--log", options.log, "An office's database; it is only read");
  auto* twin =
      command->add_flag("--twin", options.is_twin, "Simulated wards, where the limit is known");
  snapshots->needs(from)->excludes(log)->excludes(twin);
  from->needs(snapshots);
  log->excludes(twin);
  command->add_option("--days", options.days, "Days of --twin")
      ->check(CLI::Range(1, 10000))
      ->capture_default_str();
  command->add_option("--learned-days", options.learned_days, "Days of record before them")
      ->check(CLI::Range(1, 1000))
      ->capture_default_str();
  command->add_option("--seed", options.seed, "Of --twin: the same seed gives the same days")
      ->capture_default_str();
  command->add_flag("--json", options.is_json, "JSON instead of a table");
}

}  // namespace matanai::twin
