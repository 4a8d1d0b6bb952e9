// matanai-twin simulate: the figures of one office over many days.
#include <fmt/format.h>

#include "schema/types/json.hpp"
#include "server/queue/day/days.hpp"
#include "server/twin/commands.hpp"
#include "server/twin/office_file.hpp"
#include "server/twin/options.hpp"
#include "server/twin/promises.hpp"
#include "server/twin/table.hpp"
#include "server/twin/threads.hpp"

namespace matanai::twin {
namespace {

struct WaitRow {
  std::string who;
  std::int64_t calls = 0;
  double mean = 0;  // minutes
  double p50 = 0;
  double p90 = 0;
  double within_5 = 0;  // percent
  double within_10 = 0;
  double within_30 = 0;
};
BOOST_DESCRIBE_STRUCT(WaitRow, (), (who, calls, mean, p50, p90, within_5, within_10, within_30))

struct Simulated {
  std::int64_t days = 0;
  double visitors = 0;    // a day
  double left = 0;        // percent of calls that nobody answered
  double uncalled = 0;    // a day, still waiting at the end
  double overtime = 0;    // minutes a day after closing
  double window_use = 0;  // percent of the open window time
  int most_passed = 0;
  double promise_breaking = 0;  // percent of calls
  double late = 0;              // percent of calls past their own "at the latest"
  std::vector<WaitRow> waits;
};
BOOST_DESCRIBE_STRUCT(Simulated, (),
                      (days, visitors, left, uncalled, overtime, window_use, most_passed,
                       promise_breaking, late, waits))

struct SimulateOptions {
  Options shared;
  OfficeChoice office;
  std::uint64_t days = 1000;
  double visitors = 300;
  double reserved_share = 40;
  bool is_flat = false;
  std::uint16_t windows = 7;
  int more_windows = 0;
  std::string rule = "slack";
  bool is_bare = false;
  Promises promises = Promises::plain;
};

WaitRow row_of(const std::string& who, const queue::Waits& waits) {
  return {who,
          waits.count(),
          waits.mean_minutes(),
          waits.quantile_minutes(0.5),
          waits.quantile_minutes(0.9),
          100 * waits.share_within(Minutes(5)),
          100 * waits.share_within(Minutes(10)),
          100 * waits.share_within(Minutes(30))};
}

double open_ms(const std::vector<queue::WindowModel>& windows) {
  double sum = 0;
  for (const auto& window : windows)
    for (const auto& open : window.open)
      sum += static_cast<double>((open.until - open.from).count());
  return sum;
}

Simulated simulated(const queue::DayModel& model, const queue::VisitFigures& figures) {
  const auto days = static_cast<double>(figures.days);
  const auto calls = static_cast<double>(std::max<std::int64_t>(1, figures.calls));
  Simulated out;
  out.days = figures.days;
  out.visitors = static_cast<double>(figures.visitors) / days;
  out.left = 100 * static_cast<double>(figures.left) / calls;
  out.uncalled = static_cast<double>(figures.uncalled) / days;
  out.overtime = static_cast<double>(figures.overtime_ms) / days / 60000;
  out.window_use = 100 * static_cast<double>(figures.busy_ms) / days / open_ms(model.windows);
  out.most_passed = figures.most_passed;
  out.promise_breaking = 100 * figures.share_promise_breaking();
  out.late = 100 * figures.share_late();
  out.waits = {row_of("all", figures.all), row_of("walk-in", figures.walk_ins),
               row_of("reserved", figures.reserved)};
  for (std::size_t hour = 0; hour < figures.by_hour.size(); ++hour)
    if (figures.by_hour[hour].count() > 0)
      out.waits.push_back(row_of(fmt::format("{:02}:00", hour), figures.by_hour[hour]));
  return out;
}

std::string text_of(const Simulated& figures) {
  Table table({"who", "calls", "mean", "p50", "p90", "≤ 5 %", "≤ 10 %", "≤ 30 %"});
  for (const auto& row : figures.waits)
    table.add({row.who, std::to_string(row.calls), shown(row.mean, 2), shown(row.p50, 1),
               shown(row.p90, 1), shown(row.within_5, 1), shown(row.within_10, 1),
               shown(row.within_30, 1)});
  return fmt::format(
      "{} days of {:.1f} visitors; minutes from ticket or check-in (reserved: from the "
      "slot)\n\n{}\n"
      "windows in use {:.1f} % of their time, {:.1f} min after closing a day, {:.2f} % of calls\n"
      "unanswered, {:.2f} people a day never called, nobody passed more than {} times,\n"
      "promises broken by {:.2f} % of calls, {:.1f} % past their own\n",
      figures.days, figures.visitors, table.text(), figures.window_use, figures.overtime,
      figures.left, figures.uncalled, figures.most_passed, figures.promise_breaking, figures.late);
}

int simulate_office(const SimulateOptions& options) {
  queue::WardOptions ward;
  ward.visitors = options.visitors;
  ward.reserved_share = options.reserved_share / 100;
  ward.is_shaped = !options.is_flat;
  ward.windows = options.windows;
  ward.more_windows = options.more_windows;
  auto model = model_or_ward(options.office.file, ward);
  for (auto& policy : model.office.policies) {
    auto rules = policy.rules();
    if (options.office.file.empty()) rules.rule = parse_call_rule(options.rule).value();
    if (options.is_bare) rules.has_guarantees = false;
    policy = queue::CallPolicy(rules);
  }
  const queue::Days days{
      options.shared.seed, 0, options.days, {options.office.weekday, options.office.month}};
  Progress progress("days", queue::jobs_of(days));
  const auto figures =
      simulated(model, queue::simulate(model, days, workers(options.shared.threads, &progress),
                                       promise_by(options.promises, model.office, days.seed)));
  show(figures, options.shared, text_of);
  return kDone;
}

}  // namespace

void add_simulate(CLI::App& app, Run& run) {
  static SimulateOptions options;
  auto* command =
      add_command(app, run, "simulate", "Waits of one office over many days",
                  "Without --office: the ward day, 300 visitors in 61.25 window-hours.\n"
                  "Examples:\n"
                  "  matanai-twin simulate --flat --reserved 0      the same hours, not shaped\n"
                  "  matanai-twin simulate --flat --windows 3 --visitors 120 --reserved 0\n"
                  "  matanai-twin simulate --office kokura.json --weekday 1 --month 4 --json",
                  [] { return simulate_office(options); });
  add_options(*command, options.shared);
  const auto option = [&](const char* name, auto& value, const char* about) {
    return command->add_option(name, value, about)->capture_default_str();
  };
  option("--days", options.days, "Days")->check(CLI::Range(1, 1'000'000));
  add_office(*command, options.office);
  option("--visitors", options.visitors, "Ward day: visitors expected")->check(CLI::Range(0., 5e3));
  option("--reserved", options.reserved_share, "Ward day: per cent with a reservation")
      ->check(CLI::Range(0., 100.));
  command->add_flag("--flat", options.is_flat, "Ward day: the same windows all day");
  option("--windows", options.windows, "Ward day, --flat: windows")->check(CLI::Range(1, 200));
  option("--more-windows", options.more_windows, "Ward day: windows added to each hour")
      ->check(CLI::Range(0, 100));
  option("--rule", options.rule, "Ward day: call rule")->check([](const std::string& name) {
    return parse_call_rule(name) ? std::string() : "no call rule " + name;
  });
  add_promises(*command, options.promises);
  command->add_flag("--bare", options.is_bare, "Without the two guarantees");
}

}  // namespace matanai::twin
