// matanai-twin calibrate: an office's model from its event log, beside the record it has not seen.
#include <fmt/format.h>

#include <filesystem>

#include "schema/types/json.hpp"
#include "server/db/connection.hpp"
#include "server/twin/commands.hpp"
#include "server/twin/office_file.hpp"
#include "server/twin/options.hpp"
#include "server/twin/store.hpp"
#include "server/twin/table.hpp"
#include "server/twin/threads.hpp"

namespace matanai::twin {
namespace {

struct HourRow {
  std::string at;
  std::int64_t recorded = 0;
  double recorded_p50 = 0;  // minutes
  double twin_p50 = 0;
  double recorded_p90 = 0;
  double twin_p90 = 0;
  bool is_close = false;  // both within 10 % or 1.5 min
};
BOOST_DESCRIBE_STRUCT(HourRow, (),
                      (at, recorded, recorded_p50, twin_p50, recorded_p90, twin_p90, is_close))

struct Calibrated {
  std::string office;
  std::string fitted_from;
  std::string fitted_until;
  std::int64_t fitted_days = 0;
  std::string checked_from;
  std::string checked_until;
  std::int64_t checked_days = 0;
  OfficeFile model;
  std::vector<HourRow> hours;
  bool is_close = false;
};
BOOST_DESCRIBE_STRUCT(Calibrated, (),
                      (office, fitted_from, fitted_until, fitted_days, checked_from, checked_until,
                       checked_days, model, hours, is_close))

struct CalibrateOptions {
  Options shared;
  std::string database;
  std::string office;
  std::string test_from;
  std::string out;
  std::uint64_t rounds = 40;
};

// The named office, or the only one there is.
std::string office_of(db::Transaction& tx, const std::string& wanted) {
  const auto offices = offices_with_tickets(tx);
  if (wanted.empty() && offices.size() == 1) return offices.front();
  if (std::ranges::find(offices, wanted) != offices.end()) return wanted;
  throw std::runtime_error(fmt::format("--office: one of {}", fmt::join(offices, ", ")));
}

// Fitted on the days before `test_from`, without one on the first two thirds.
std::size_t split_of(const std::vector<LoggedDay>& days, const std::string& test_from) {
  std::size_t split = days.size() * 2 / 3;
  if (!test_from.empty()) {
    const auto from = parse_day(test_from);
    if (!from) throw std::runtime_error("--test-from: a date such as 2026-11-24");
    split = static_cast<std::size_t>(
        std::ranges::count_if(days, [&](const LoggedDay& day) { return day.date < *from; }));
  }
  if (split == 0 || split == days.size())
    throw std::runtime_error(fmt::format(
        "{} days with calls: there must be some to fit and some to check", days.size()));
  return split;
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
  Table hours({"hour", "people", "p50 record", "p50 twin", "p90 record", "p90 twin", ""});
  for (const auto& row : result.hours)
    hours.add({row.at, std::to_string(row.recorded), shown(row.recorded_p50, 1),
               shown(row.twin_p50, 1), shown(row.recorded_p90, 1), shown(row.twin_p90, 1),
               row.is_close ? "ok" : "OFF"});
  return fmt::format(
      "{}: fitted on {} days ({} to {}), checked on {} others ({} to {})\n\n{}\n"
      "{:.1f} walk-ins a day (day factor cv {:.2f}), {:.1f} booked, no-shows {:.1f} %, "
      "punctuality {:+.1f} ± {:.1f} min,\nway {:.2f} min\n\n"
      "Waits in minutes, the twin with the windows of those days:\n{}",
      result.office, result.fitted_days, result.fitted_from, result.fitted_until,
      result.checked_days, result.checked_from, result.checked_until, services.text(), walk_ins,
      *result.model.day_cv, booked, 100 * *result.model.no_show, *result.model.punctuality_mean,
      *result.model.punctuality_sd, *result.model.way, hours.text());
}

Calibrated calibrated(const OfficeLog& log, const CalibrateOptions& options) {
  const std::size_t split = split_of(log.days, options.test_from);
  std::vector<queue::RecordedDay> days;
  for (const auto& day : log.days) days.push_back(day.day);
  const std::span<const queue::RecordedDay> all(days);
  const auto model = queue::calibrate(log.office, all.first(split));
  Progress progress("days", days.size() - split);
  const auto hours =
      queue::compare_with_record(model, all.subspan(split), options.rounds, options.shared.seed,
                                 workers(options.shared.threads, &progress));
  Calibrated result;
  result.fitted_from = to_wire(log.days.front().date);
  result.fitted_until = to_wire(log.days[split - 1].date);
  result.fitted_days = static_cast<std::int64_t>(split);
  result.checked_from = to_wire(log.days[split].date);
  result.checked_until = to_wire(log.days.back().date);
  result.checked_days = static_cast<std::int64_t>(days.size() - split);
  for (const auto& hour : hours)
    result.hours.push_back({fmt::format("{:02}:00", hour.hour), hour.recorded, hour.recorded_p50,
                            hour.twin_p50, hour.recorded_p90, hour.twin_p90, hour.is_close});
  result.is_close = std::ranges::all_of(hours, &queue::HourFit::is_close);
  result.model = file_of("", model);
  return result;
}

int calibrate_office(const CalibrateOptions& options) {
  db::Connection connection(options.database, db::Connection::Mode::read_only);
  db::Transaction tx(connection);
  const std::string office = office_of(tx, options.office);
  auto result = calibrated(read_office_log(tx, office), options);
  result.office = result.model.name = office;
  if (!options.out.empty()) write_office_file(options.out, result.model);
  if (options.shared.is_json) {
    fmt::print("{}\n", write_json(result));
  } else {
    fmt::print("{}", text_of(result));
  }
  return result.is_close ? kDone : kMissed;
}

}  // namespace

void add_calibrate(CLI::App& app, Run& run) {
  static CalibrateOptions options;
  auto* command = add_command(
      app, run, "calibrate", "An office's model from its event log",
      "Fits arrivals, reservations, service times, way and patience on the earlier days, then\n"
      "shows the twin beside the record on the later ones. The database may be in use; it is only\n"
      "read.\n"
      "Examples:\n"
      "  matanai-twin calibrate /var/lib/matanai/office.db\n"
      "  matanai-twin calibrate office.db --office kokura-kita --out kokura.json\n"
      "  matanai-twin simulate --office kokura.json",
      [] { return calibrate_office(options); });
  add_options(*command, options.shared);
  command->add_option("database", options.database, "The office's SQLite file")
      ->required()
      ->check(CLI::ExistingFile);
  command->add_option("--office", options.office, "Its id, when the file has several");
  command->add_option("--test-from", options.test_from,
                      "First day that is checked, not fitted; without it: the last third");
  command->add_option("--out", options.out, "Writes the model as an office file");
  command->add_option("--rounds", options.rounds, "Simulated days for each that is checked")
      ->check(CLI::Range(1, 10'000))
      ->capture_default_str();
}

}  // namespace matanai::twin
