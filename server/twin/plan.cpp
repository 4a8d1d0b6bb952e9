// matanai-twin plan: windows, shifts and slots of one office day.
#include <fmt/format.h>

#include <numeric>

#include "schema/types/json.hpp"
#include "server/queue/planner.hpp"
#include "server/twin/commands.hpp"
#include "server/twin/office_file.hpp"
#include "server/twin/options.hpp"
#include "server/twin/table.hpp"
#include "server/twin/threads.hpp"

namespace matanai::twin {
namespace {

struct PlanQuarter {
  std::string at;
  int windows = 0;
  double booked = 0;  // reservations expected in this slot
  int slots = 0;      // to offer
};
BOOST_DESCRIBE_STRUCT(PlanQuarter, (), (at, windows, booked, slots))

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
};
BOOST_DESCRIBE_STRUCT(PlanShift, (), (person, from, until))

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
  std::vector<PlanQuarter> quarters;
  std::vector<PlanShift> shifts;
};
BOOST_DESCRIBE_STRUCT(Planned, (),
                      (is_met, window_hours, start_window_hours, staff, worst_hour_in_time,
                       worst_hour_standard_error, all_in_time, checked_days, tried, hours, quarters,
                       shifts))

struct PlanOptions {
  Options shared;
  OfficeChoice office;
  double visitors = 300;
  double reserved_share = 0;
  double share = 80;
  int within = 10;
  int staff = 0;
  std::uint64_t search_days = queue::PlanRequest{}.search_days;
  std::uint64_t check_days = queue::PlanRequest{}.check_days;
};

std::string at_quarter(std::size_t quarter) {
  return to_wire(TimeOfDay(queue::kQuarter * static_cast<int>(quarter)));
}

std::size_t quarter_from(Instant time) {
  return static_cast<std::size_t>(time.time_since_epoch() / queue::kQuarter);
}

// The windows of a plan are one pool: all serve every group, in the office's order.
queue::PlanRequest request_of(const PlanOptions& options) {
  queue::WardOptions ward;
  ward.visitors = options.visitors;
  ward.reserved_share = options.reserved_share / 100;
  const auto model = model_or_ward(options.office.file, ward);
  queue::PlanRequest request;
  request.office = model.office;
  request.demand = model.demand;
  request.rules = model.rules;
  request.kind = {options.office.weekday, options.office.month};
  request.groups.resize(model.office.groups.size());
  std::iota(request.groups.begin(), request.groups.end(), std::uint16_t{0});
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
  request.search_days = options.search_days;
  request.check_days = options.check_days;
  return request;
}

Planned planned(const queue::Plan& plan, const queue::PlanRequest& request) {
  Planned out;
  out.is_met = plan.is_met;
  out.window_hours = plan.window_hours;
  out.start_window_hours = plan.start_window_hours;
  out.staff = plan.roster.staff;
  out.worst_hour_in_time = 100 * plan.worst.share;
  out.worst_hour_standard_error = 100 * plan.worst.standard_error;
  out.all_in_time = 100 * plan.all_within;
  out.checked_days = request.check_days;
  out.tried = plan.tries;
  for (const auto& hour : plan.hours)
    out.hours.push_back({at_quarter(static_cast<std::size_t>(hour.hour) * 4), hour.visitors,
                         100 * hour.share, 100 * hour.standard_error});
  for (std::size_t q = request.opens; q < request.closes; ++q)
    out.quarters.push_back(
        {at_quarter(q), plan.windows[q], plan.booked[q], static_cast<int>(plan.slots[q])});
  for (const auto& shift : plan.roster.shifts)
    out.shifts.push_back({shift.person + 1, at_quarter(shift.from), at_quarter(shift.until)});
  return out;
}

std::string text_of(const Planned& plan, const PlanOptions& options) {
  Table hours({"hour", "windows by quarter", "slots to offer", "visitors", "in time %", "±"});
  for (const auto& hour : plan.hours) {
    std::string windows;
    std::string slots;
    for (const auto& quarter : plan.quarters) {
      if (quarter.at.substr(0, 2) != hour.at.substr(0, 2)) continue;
      windows += fmt::format("{:>3}", quarter.windows);
      slots += fmt::format("{:>3}", quarter.slots);
    }
    hours.add({hour.at, windows + " ", slots + " ", shown(hour.visitors, 1), shown(hour.in_time, 1),
               shown(hour.standard_error, 1)});
  }
  std::string shifts;
  int person = 0;
  for (const auto& shift : plan.shifts) {
    shifts += shift.person == person ? ", " : fmt::format("\n  {:>2}  ", shift.person);
    shifts += shift.from + "–" + shift.until;
    person = shift.person;
  }
  const double low = plan.worst_hour_in_time - 1.96 * plan.worst_hour_standard_error;
  const double high = plan.worst_hour_in_time + 1.96 * plan.worst_hour_standard_error;
  return fmt::format(
      "{} {:.0f} % called within {} min in every hour, by {:.2f} window-hours (offered load and\n"
      "Erlang C alone: {:.2f}) and {} people. {} variants tried.\n\n{}\n"
      "Worst hour on {} days the search has not seen: {:.1f} % (95 % range {:.1f}–{:.1f});\n"
      "everybody: {:.1f} %. ± is one standard error.\n\nShifts at the windows, by person:{}\n",
      plan.is_met ? "Met:" : "NOT MET:", options.share, options.within, plan.window_hours,
      plan.start_window_hours, plan.staff, plan.tried, hours.text(), plan.checked_days,
      plan.worst_hour_in_time, low, high, plan.all_in_time, shifts);
}

int plan_office(const PlanOptions& options) {
  const auto request = request_of(options);
  constexpr std::size_t kUsualTries = 160;
  Progress progress("plan", kUsualTries * (request.reservations > 0 ? 2 : 1));
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
      "the search has not seen. Without --office: the ward day.\n"
      "Examples:\n"
      "  matanai-twin plan\n"
      "  matanai-twin plan --reserved 40 --staff 12\n"
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
  option("--share", options.share, "Per cent of each hour's visitors to call in time")
      ->check(CLI::Range(1., 99.9));
  option("--within", options.within, "In time: minutes")->check(CLI::Range(1, 120));
  option("--staff", options.staff, "People there are; 0: as many as are needed")
      ->check(CLI::Range(0, 200));
  option("--search-days", options.search_days, "Days of each variant that is tried")
      ->check(CLI::Range(50, 100'000));
  option("--check-days", options.check_days, "Days of the check")->check(CLI::Range(100, 100'000));
}

}  // namespace matanai::twin
