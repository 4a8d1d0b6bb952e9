// matanai-twin calibrate: an office's model from its record, beside days it has not seen.
#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <iterator>
#include <tuple>
#include <utility>

#include "schema/types/json.hpp"
#include "server/queue/plan/record_check.hpp"
#include "server/twin/commands.hpp"
#include "server/twin/office_file.hpp"
#include "server/twin/options.hpp"
#include "server/twin/store.hpp"
#include "server/twin/table.hpp"
#include "server/twin/threads.hpp"
#include "server/twin/visit_csv.hpp"

namespace matanai::twin {
namespace {

struct HourRow {
  std::string at;
  std::int64_t recorded = 0;
  double recorded_p50 = 0;      // minutes
  double recorded_p50_low = 0;  // 95 % range
  double recorded_p50_high = 0;
  double twin_p50 = 0;
  double recorded_p90 = 0;
  double recorded_p90_low = 0;
  double recorded_p90_high = 0;
  double twin_p90 = 0;
  bool is_close = false;       // both within 10 % or 1.5 min
  bool may_be_chance = false;  // not close, but the record is not sure enough to tell
};
BOOST_DESCRIBE_STRUCT(HourRow, (),
                      (at, recorded, recorded_p50, recorded_p50_low, recorded_p50_high, twin_p50,
                       recorded_p90, recorded_p90_low, recorded_p90_high, twin_p90, is_close,
                       may_be_chance))

struct Calibrated {
  std::string office;
  std::string fitted_from;
  std::string fitted_until;
  std::int64_t fitted_days = 0;
  std::string checked_from;
  std::string checked_until;
  std::int64_t checked_days = 0;
  bool is_cross_check = false;    // each fifth beside a model of the others; else one split
  std::int64_t no_show_days = 0;  // on which it is known who did not come
  OfficeFile model;
  std::vector<HourRow> hours;
  bool is_close = false;
};
BOOST_DESCRIBE_STRUCT(Calibrated, (),
                      (office, fitted_from, fitted_until, fitted_days, checked_from, checked_until,
                       checked_days, is_cross_check, no_show_days, model, hours, is_close))

struct CalibrateOptions {
  Options shared;
  std::string database;
  std::string csv;
  std::string office;
  std::string test_from;
  std::string out;
  std::uint64_t rounds = 40;
};

// The named office, or the only one there is.
std::string office_of(const std::vector<std::string>& offices, const std::string& wanted) {
  if (offices.empty()) throw std::runtime_error("no office has tickets in this database");
  if (wanted.empty() && offices.size() == 1) return offices.front();
  if (std::ranges::find(offices, wanted) != offices.end()) return wanted;
  throw std::runtime_error(fmt::format("--office: one of {}", fmt::join(offices, ", ")));
}

// How many days are before `test_from`.
std::size_t split_of(const std::vector<LoggedDay>& days, const std::string& test_from) {
  const auto from = parse_day(test_from);
  if (!from) throw std::runtime_error("--test-from: a date such as 2026-11-24");
  const auto split = static_cast<std::size_t>(
      std::ranges::count_if(days, [&](const LoggedDay& day) { return day.date < *from; }));
  if (split == 0 || split == days.size())
    throw std::runtime_error(
        fmt::format("--test-from: {} days before it, {} from it on; there must be some of both",
                    split, days.size() - split));
  return split;
}

std::string range_of(double low, double high) { return fmt::format("{:.1f}–{:.1f}", low, high); }

std::string hours_of(const Calibrated& result) {
  Table hours({"hour", "people", "p50 record", "95 %", "twin", "p90 record", "95 %", "twin", ""});
  for (const auto& row : result.hours)
    hours.add({row.at, std::to_string(row.recorded), shown(row.recorded_p50, 1),
               range_of(row.recorded_p50_low, row.recorded_p50_high), shown(row.twin_p50, 1),
               shown(row.recorded_p90, 1), range_of(row.recorded_p90_low, row.recorded_p90_high),
               shown(row.twin_p90, 1),
               row.is_close        ? "ok"
               : row.may_be_chance ? "OFF, or chance"
                                   : "OFF"});
  return hours.text() +
         "OFF: more than 10 % and 1.5 min apart. Or chance: some value of the record's 95 % range "
         "is\nnear enough; more days would tell.\n";
}

std::string text_of(const Calibrated& result) {
  Table services({"service", "share %", "minutes", "cv"});
  double shares = 0;
  for (const auto& service : result.model.services) shares += service.share;
  for (const auto& service : result.model.services)
    if (service.share > 0)
      services.add({service.id, shown(100 * service.share / shares, 1),
                    shown(service.mean_minutes, 2), shown(service.cv, 2)});
  double walk_ins = 0;
  for (const auto& quarter : result.model.walk_ins) walk_ins += quarter.people;
  double booked = 0;
  for (const auto& quarter : *result.model.booked) booked += quarter.people;
  const std::string checked =
      result.is_cross_check
          ? fmt::format(
                "fitted on {} days ({} to {}); checked on all of them, each fifth beside a "
                "model of the others",
                result.fitted_days, result.fitted_from, result.fitted_until)
          : fmt::format("fitted on {} days ({} to {}), checked on {} others ({} to {})",
                        result.fitted_days, result.fitted_from, result.fitted_until,
                        result.checked_days, result.checked_from, result.checked_until);
  const std::string no_shows =
      result.no_show_days > 0
          ? fmt::format("no-shows {:.1f} % (of {} days whose reservations are still kept)",
                        100 * *result.model.no_show, result.no_show_days)
          : fmt::format("no-shows not recorded: {:.1f} % assumed", 100 * *result.model.no_show);
  return fmt::format(
      "{}: {}\n\n{}\n"
      "{:.1f} walk-ins a day (day factor cv {:.2f}), {:.1f} booked, {},\n"
      "punctuality {:+.1f} ± {:.1f} min, way {:.2f} min\n\n"
      "Waits in minutes, the twin with the windows of those days:\n{}",
      result.office, checked, services.text(), walk_ins, *result.model.day_cv, booked, no_shows,
      *result.model.punctuality_mean, *result.model.punctuality_sd, *result.model.way,
      hours_of(result));
}

HourRow row_of(const queue::HourFit& hour) {
  const auto& [p50, p90] = std::tie(hour.p50, hour.p90);
  return {fmt::format("{:02}:00", hour.hour),
          hour.recorded,
          p50.recorded,
          p50.low,
          p50.high,
          p50.twin,
          p90.recorded,
          p90.low,
          p90.high,
          p90.twin,
          hour.is_close(),
          !hour.is_close() && (p50.is_close() || p50.may_be_chance()) &&
              (p90.is_close() || p90.may_be_chance())};
}

Calibrated calibrated(const OfficeLog& log, const CalibrateOptions& options) {
  if (log.days.size() < 2)
    throw std::runtime_error(fmt::format(
        "{} days with calls: there must be some to fit and some to check", log.days.size()));
  std::vector<queue::RecordedDay> days;
  for (const auto& day : log.days) days.push_back(day.day);
  const std::span<const queue::RecordedDay> all(days);
  const bool is_split = !options.test_from.empty();
  const std::size_t split = is_split ? split_of(log.days, options.test_from) : days.size();
  const std::size_t first = is_split ? split : 0;
  const auto model = queue::calibrate(log.office, all.first(split));
  Progress progress("days", days.size() - first);
  const auto lent = workers(options.shared.threads, &progress);
  const queue::CheckEffort effort{options.rounds, options.shared.seed};
  const auto hours = is_split ? queue::compare_with_record(model, all.subspan(split), effort, lent)
                              : queue::cross_check(log.office, all, effort, lent);
  Calibrated result;
  result.fitted_from = to_wire(log.days.front().date);
  result.fitted_until = to_wire(log.days[split - 1].date);
  result.fitted_days = static_cast<std::int64_t>(split);
  result.checked_from = to_wire(log.days[first].date);
  result.checked_until = to_wire(log.days.back().date);
  result.checked_days = static_cast<std::int64_t>(days.size() - first);
  result.is_cross_check = !is_split;
  result.no_show_days = std::ranges::count_if(
      all.first(split), [](const auto& day) { return day.no_shows.has_value(); });
  std::ranges::transform(hours, std::back_inserter(result.hours), row_of);
  result.is_close = std::ranges::all_of(hours, &queue::HourFit::is_close);
  result.model = file_of("", model);
  return result;
}

// The office's id or the file's name, and its record.
std::pair<std::string, OfficeLog> record_of(const CalibrateOptions& options) {
  if (!options.csv.empty())
    return {std::filesystem::path(options.csv).stem().string(), read_visits(options.csv)};
  if (options.database.empty())
    throw std::runtime_error("calibrate needs an office's database or --csv FILE (see --help)");
  const auto office =
      office_of(read_database(options.database, offices_with_tickets), options.office);
  return {office, read_database(options.database,
                                [&](db::Transaction& tx) { return read_office_log(tx, office); })};
}

int calibrate_office(const CalibrateOptions& options) {
  const auto [name, log] = record_of(options);
  auto result = calibrated(log, options);
  result.office = result.model.name = name;
  if (!options.out.empty()) write_office_file(options.out, result.model);
  show(result, options.shared, text_of);
  return result.is_close ? kDone : kMissed;
}

}  // namespace

void add_calibrate(CLI::App& app, Run& run) {
  static CalibrateOptions options;
  auto* command = add_command(
      app, run, "calibrate", "An office's model from its event log",
      std::string(
          "Fits arrivals, reservations, service times, way and patience, then shows the twin "
          "beside\n"
          "the record: each fifth of it beside a model that has not seen it, or with --test-from\n"
          "the later days beside a model of the earlier ones. The database may be in use; it is\n"
          "only read.\n"
          "Examples:\n"
          "  matanai-twin calibrate /var/lib/matanai/office.db\n"
          "  matanai-twin calibrate office.db --office kokura-kita --out kokura.json\n"
          "  matanai-twin calibrate --csv visits.csv --test-from 2026-10-01\n"
          "  matanai-twin simulate --office kokura.json\n\n") +
          kVisitColumns,
      [] { return calibrate_office(options); });
  add_options(*command, options.shared);
  auto* database = command->add_option("database", options.database, "The office's SQLite file")
                       ->check(CLI::ExistingFile);
  auto* csv = command->add_option("--csv", options.csv, "Its record as CSV or .csv.xz, see below")
                  ->check(CLI::ExistingFile)
                  ->excludes(database);
  command->add_option("--office", options.office, "Its id, when the file has several")
      ->excludes(csv);
  command->add_option("--test-from", options.test_from,
                      "First day that is checked, not fitted; without it: each fifth in turn");
  command->add_option("--out", options.out, "Writes the model as an office file");
  command->add_option("--rounds", options.rounds, "Simulated days for each that is checked")
      ->check(CLI::Range(1, 10'000))
      ->capture_default_str();
}

}  // namespace matanai::twin
