// matanai-twin plan: windows, shifts and slots of one office day.
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <numeric>

#include "schema/types/json.hpp"
#include "server/queue/plan/planner.hpp"
#include "server/twin/commands.hpp"
#include "server/twin/office_file.hpp"
#include "server/twin/options.hpp"
#include "server/twin/plan_forecast.hpp"
#include "server/twin/table.hpp"
#include "server/twin/threads.hpp"

namespace matanai::twin {
namespace {

// More kinds are more variants: fewer days each, so that the answer still comes within seconds.
constexpr std::size_t kManyKinds = 3;
constexpr std::uint64_t kDaysOfMany = 150;

struct PlanQuarter {
  std::string at;
  int windows = 0;
  std::vector<int> by_kind;  // the same, as `kinds` has them
  double booked = 0;         // reservations expected in this slot
  int slots = 0;             // to offer
};
BOOST_DESCRIBE_STRUCT(PlanQuarter, (), (at, windows, by_kind, booked, slots))

// Windows that serve the same groups.
struct PlanKind {
  std::vector<std::string> groups;  // in order of preference
  double window_hours = 0;
  int staff = 0;
};
BOOST_DESCRIBE_STRUCT(PlanKind, (), (groups, window_hours, staff))

struct PlanGroup {
  std::string group;
  double visitors = 0;
  double in_time = 0;         // percent
  double standard_error = 0;  // percent
};
BOOST_DESCRIBE_STRUCT(PlanGroup, (), (group, visitors, in_time, standard_error))

struct PlanHour {
  std::string at;
  double visitors = 0;
  double in_time = 0;         // percent
  double standard_error = 0;  // percent
};
BOOST_DESCRIBE_STRUCT(PlanHour, (), (at, visitors, in_time, standard_error))

struct PlanShift {
  int person = 0;
  std::string from;
  std::string until;
  int kind = 0;  // of window: place in `kinds`
};
BOOST_DESCRIBE_STRUCT(PlanShift, (), (person, from, until, kind))

struct Planned {
  bool is_met = false;
  double window_hours = 0;
  double start_window_hours = 0;
  int staff = 0;
  double worst_hour_in_time = 0;  // percent
  double worst_hour_standard_error = 0;
  double all_in_time = 0;
  std::uint64_t checked_days = 0;
  int tried = 0;
  std::vector<PlanHour> hours;
  std::vector<PlanGroup> groups;
  std::vector<PlanKind> kinds;
  std::vector<PlanQuarter> quarters;
  std::vector<PlanShift> shifts;
};
BOOST_DESCRIBE_STRUCT(Planned, (),
                      (is_met, window_hours, start_window_hours, staff, worst_hour_in_time,
                       worst_hour_standard_error, all_in_time, checked_days, tried, hours, groups,
                       kinds, quarters, shifts))

struct PlanOptions {
  Options shared;
  OfficeChoice office;
  double visitors = 300;
  double reserved_share = 0;
  double share = 80;
  int within = 10;
  int staff = 0;
  std::uint64_t search_days = 0;
  std::uint64_t check_days = queue::PlanRequest{}.check_days;
  bool is_forecast_only = false;
};

std::string at_quarter(std::size_t quarter) {
  return to_wire(TimeOfDay(queue::kQuarter * static_cast<int>(quarter)));
}

std::size_t quarter_from(Instant time) {
  return static_cast<std::size_t>(time.time_since_epoch() / queue::kQuarter);
}

queue::WardOptions ward_of(const PlanOptions& options) {
  queue::WardOptions ward;
  ward.visitors = options.visitors;
  ward.reserved_share = options.reserved_share / 100;
  return ward;
}

queue::PlanRequest request_of(const PlanOptions& options) {
  const auto model = model_or_ward(options.office.file, ward_of(options));
  queue::PlanRequest request;
  request.office = model.office;
  request.demand = model.demand;
  request.rules = model.rules;
  request.kind = {options.office.weekday, options.office.month};
  request.kinds = queue::kinds_of(model.windows);
  Instant opens = model.closing;
  for (const auto& window : model.windows)
    if (!window.open.empty()) opens = std::min(opens, window.open.front().from);
  request.opens = quarter_from(opens);
  request.closes = quarter_from(model.closing + queue::kQuarter - Millis(1));
  request.last_slot = request.closes - 4;
  request.first_slot = request.opens;
  if (options.office.file.empty() && options.reserved_share > 0) {
    request.reservations =
        std::accumulate(model.demand.booked.begin(), model.demand.booked.end(), 0.0);
    request.demand.booked = {};
  }
  request.share = options.share / 100;
  request.within = Minutes(options.within);
  request.shifts.staff = options.staff;
  request.seed = options.shared.seed;
  if (options.search_days > 0) {
    request.search_days = options.search_days;
  } else if (request.kinds.size() >= kManyKinds) {
    request.search_days = kDaysOfMany;
  }
  request.check_days = options.check_days;
  return request;
}

void add_kinds(Planned& out, const queue::Plan& plan, const queue::PlanRequest& request) {
  int before = 0;  // people of the kinds so far
  for (std::size_t k = 0; k < plan.kinds.size(); ++k) {
    const auto& kind = plan.kinds[k];
    PlanKind entry{{}, queue::window_hours(kind.windows), kind.roster.staff};
    for (const auto group : request.kinds[k].groups)
      entry.groups.push_back(request.office.groups[group]);
    out.kinds.push_back(std::move(entry));
    for (const auto& shift : kind.roster.shifts)
      out.shifts.push_back({before + shift.person + 1, at_quarter(shift.from),
                            at_quarter(shift.until), static_cast<int>(k)});
    before += kind.roster.staff;
  }
}

Planned planned(const queue::Plan& plan, const queue::PlanRequest& request) {
  Planned out;
  out.is_met = plan.is_met;
  out.window_hours = plan.window_hours;
  out.start_window_hours = plan.start_window_hours;
  out.staff = plan.staff;
  out.worst_hour_in_time = 100 * plan.worst.share;
  out.worst_hour_standard_error = 100 * plan.worst.standard_error;
  out.all_in_time = 100 * plan.all_within;
  out.checked_days = request.check_days;
  out.tried = plan.tries;
  for (const auto& hour : plan.hours)
    out.hours.push_back({at_quarter(static_cast<std::size_t>(hour.of) * 4), hour.visitors,
                         100 * hour.share, 100 * hour.standard_error});
  for (const auto& group : plan.groups)
    out.groups.push_back({request.office.groups[static_cast<std::size_t>(group.of)], group.visitors,
                          100 * group.share, 100 * group.standard_error});
  add_kinds(out, plan, request);
  for (std::size_t q = request.opens; q < request.closes; ++q) {
    PlanQuarter quarter{
        at_quarter(q), plan.windows[q], {}, plan.booked[q], static_cast<int>(plan.slots[q])};
    for (const auto& kind : plan.kinds) quarter.by_kind.push_back(kind.windows[q]);
    out.quarters.push_back(std::move(quarter));
  }
  return out;
}

// The quarters of an hour side by side.
template <class Number>
std::string by_quarter(const Planned& plan, const std::string& hour, const Number& number) {
  std::string text;
  for (const auto& quarter : plan.quarters)
    if (quarter.at.substr(0, 2) == hour.substr(0, 2)) text += fmt::format("{:>3}", number(quarter));
  return text + " ";
}

// Which windows: nothing when all of them serve the same groups.
std::string kinds_text(const Planned& plan) {
  if (plan.kinds.size() < 2) return "";
  std::vector<std::string> head{"hour"};
  for (const auto& kind : plan.kinds)
    head.push_back(fmt::format("{}", fmt::join(kind.groups, " ")));
  Table windows(head);
  for (const auto& hour : plan.hours) {
    std::vector<std::string> row{hour.at};
    for (std::size_t k = 0; k < plan.kinds.size(); ++k)
      row.push_back(by_quarter(plan, hour.at, [&](const PlanQuarter& q) { return q.by_kind[k]; }));
    windows.add(row);
  }
  Table groups({"group", "visitors", "in time %", "±"});
  for (const auto& group : plan.groups)
    groups.add({group.group, shown(group.visitors, 1), shown(group.in_time, 1),
                shown(group.standard_error, 1)});
  return fmt::format("Windows by whom they serve:\n{}\n{}\n", windows.text(), groups.text());
}

std::string shifts_text(const Planned& plan) {
  std::string text;
  int person = 0;
  for (const auto& shift : plan.shifts) {
    if (shift.person == person) {
      text += ", ";
    } else {
      const auto& groups = plan.kinds[static_cast<std::size_t>(shift.kind)].groups;
      const bool has_kinds = plan.kinds.size() > 1;
      text += fmt::format("\n  {:>2}  {}", shift.person,
                          has_kinds ? fmt::format("{}: ", fmt::join(groups, " ")) : "");
    }
    text += shift.from + "–" + shift.until;
    person = shift.person;
  }
  return text;
}

std::string text_of(const Planned& plan, const PlanOptions& options) {
  Table hours({"hour", "windows by quarter", "slots to offer", "visitors", "in time %", "±"});
  for (const auto& hour : plan.hours)
    hours.add({hour.at, by_quarter(plan, hour.at, [](const auto& q) { return q.windows; }),
               by_quarter(plan, hour.at, [](const auto& q) { return q.slots; }),
               shown(hour.visitors, 1), shown(hour.in_time, 1), shown(hour.standard_error, 1)});
  const double low = plan.worst_hour_in_time - 1.96 * plan.worst_hour_standard_error;
  const double high = plan.worst_hour_in_time + 1.96 * plan.worst_hour_standard_error;
  return fmt::format(
      "{} {:.0f} % called within {} min in every hour, by {:.2f} window-hours (offered load and\n"
      "Erlang C alone: {:.2f}) and {} people. {} variants tried.\n\n{}\n{}"
      "Worst hour on {} days the search has not seen: {:.1f} % (95 % range {:.1f}–{:.1f});\n"
      "everybody: {:.1f} %. ± is one standard error.\n\nShifts at the windows, by person:{}\n",
      plan.is_met ? "Met:" : "NOT MET:", options.share, options.within, plan.window_hours,
      plan.start_window_hours, plan.staff, plan.tried, hours.text(), kinds_text(plan),
      plan.checked_days, plan.worst_hour_in_time, low, high, plan.all_in_time, shifts_text(plan));
}

int forecast_office(const PlanOptions& options) {
  const auto model = model_or_ward(options.office.file, ward_of(options));
  const queue::DayKind kind{options.office.weekday, options.office.month};
  show(forecast_of(model.demand, kind), options.shared,
       [](const ArrivalForecast& forecast) { return text_of(forecast); });
  return kDone;
}

int plan_office(const PlanOptions& options) {
  if (options.is_forecast_only) return forecast_office(options);
  const auto request = request_of(options);
  constexpr std::size_t kUsualTries = 160;
  Progress progress("plan",
                    kUsualTries * request.kinds.size() * (request.reservations > 0 ? 2 : 1));
  const auto plan =
      queue::plan_day(request, workers(options.shared.threads), [&] { progress.step(); });
  if (!plan) throw std::runtime_error("too few people for a single window with breaks and lunch");
  const auto out = planned(*plan, request);
  show(out, options.shared, [&](const Planned& plan) { return text_of(plan, options); });
  return out.is_met ? kDone : kMissed;
}

}  // namespace

void add_plan(CLI::App& app, Run& run) {
  static PlanOptions options;
  auto* command = add_command(
      app, run, "plan", "Windows, shifts and slots of one office day",
      "Starts from modified offered load, searches on the twin, and checks the plan on days that\n"
      "the search has not seen. Windows of the office file that serve the same groups in the same\n"
      "order are one kind: each kind gets numbers and clerks of its own. Without --office: the "
      "ward\n"
      "day, whose windows serve everybody.\n"
      "Examples:\n"
      "  matanai-twin plan\n"
      "  matanai-twin plan --reserved 40 --staff 12\n"
      "  matanai-twin calibrate office.db --out kokura.json   the office's own record\n"
      "  matanai-twin plan --office kokura.json --weekday 1 --month 4 --forecast-only\n"
      "  matanai-twin plan --office kokura.json --weekday 1 --month 4 --json",
      [] { return plan_office(options); });
  add_options(*command, options.shared);
  const auto option = [&](const char* name, auto& value, const char* about) {
    return command->add_option(name, value, about)->capture_default_str();
  };
  add_office(*command, options.office);
  option("--visitors", options.visitors, "Ward day: visitors expected")->check(CLI::Range(1., 3e3));
  option("--reserved", options.reserved_share,
         "Ward day: per cent with a reservation, whose slots are planned too")
      ->check(CLI::Range(0., 100.));
  option("--share", options.share,
         "Per cent of the visitors of each hour, and of each group, to call in time")
      ->check(CLI::Range(1., 99.9));
  option("--within", options.within, "In time: minutes")->check(CLI::Range(1, 120));
  option("--staff", options.staff, "People there are; 0: as many as are needed")
      ->check(CLI::Range(0, 200));
  command->add_flag("--forecast-only", options.is_forecast_only,
                    "Only how many come, by hour, and the range of 80 % of such days");
  command
      ->add_option("--search-days", options.search_days,
                   fmt::format("Days of each variant that is tried; without it {}, or {} with {} "
                               "kinds of windows and more",
                               queue::PlanRequest{}.search_days, kDaysOfMany, kManyKinds))
      ->check(CLI::Range(50, 100'000));
  option("--check-days", options.check_days, "Days of the check")->check(CLI::Range(100, 100'000));
}

}  // namespace matanai::twin
