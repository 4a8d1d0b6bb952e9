#include "server/twin/office_file.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <fstream>
#include <sstream>
#include <stdexcept>

#include "schema/types/json.hpp"

namespace matanai::twin {
namespace {

[[noreturn]] void fail(const std::string& what) {
  throw std::runtime_error("office file: " + what);
}

Instant time_of(const std::string& text) {
  const auto time = parse_time_of_day(text);
  if (!time) fail(fmt::format("\"{}\" is no time of day such as 09:00", text));
  return queue::midnight_plus(*time);
}
std::string text_of(Instant time) {
  return to_wire(std::chrono::duration_cast<TimeOfDay>(time.time_since_epoch()));
}

template <class List, class Name>
std::uint16_t index_in(const List& list, const std::string& id, const Name& name,
                       const char* what) {
  const auto found = std::ranges::find(list, id, name);
  if (found == list.end()) fail(fmt::format("there is no {} \"{}\"", what, id));
  return static_cast<std::uint16_t>(found - list.begin());
}

double checked(double value, double low, double high, const char* what) {
  if (!(value >= low && value <= high))
    fail(fmt::format("{} is {}, not in {}…{}", what, value, low, high));
  return value;
}

queue::Quarters quarters_of(const std::vector<QuarterEntry>& entries, const char* what) {
  queue::Quarters quarters{};
  for (const auto& entry : entries)
    quarters[queue::quarter_of(time_of(entry.at))] += checked(entry.people, 0, 10000, what);
  return quarters;
}
std::vector<QuarterEntry> entries_of(const queue::Quarters& quarters, double scale) {
  std::vector<QuarterEntry> entries;
  for (std::size_t q = 0; q < queue::kQuarters; ++q)
    if (quarters[q] > 0)
      entries.push_back({text_of(queue::midnight_plus(queue::kQuarter * static_cast<int>(q))),
                         quarters[q] * scale});
  return entries;
}

template <std::size_t N>
void set_factors(const std::optional<std::vector<double>>& from, std::array<double, N>& to,
                 const char* what) {
  if (!from) return;
  if (from->size() != N) fail(fmt::format("{} needs {} factors", what, N));
  std::ranges::transform(*from, to.begin(), [&](double f) { return checked(f, 0, 100, what); });
}

queue::CallRules rules_of(const RuleEntry& entry) {
  queue::CallRules rules;
  rules.rule = entry.rule;
  rules.max_passed = static_cast<int>(checked(entry.max_passed, 1, 1000, "max_passed"));
  rules.slack = Millis(std::llround(checked(entry.slack_minutes, 0, 600, "slack_minutes") * 60000));
  rules.has_guarantees = entry.has_guarantees;
  rules.calls_before_ready = entry.calls_before_ready;
  return rules;
}
RuleEntry entry_of_rules(const queue::CallRules& rules) {
  return {rules.rule, rules.max_passed, static_cast<double>(rules.slack.count()) / 60000,
          rules.has_guarantees, rules.calls_before_ready};
}

queue::WindowModel window_of(const WindowEntry& entry, const std::vector<std::string>& groups) {
  queue::WindowModel window;
  window.id = entry.id;
  window.pool = entry.pool.value_or(0);
  if (entry.groups.empty()) fail(fmt::format("window \"{}\" serves no group", entry.id));
  for (const auto& group : entry.groups)
    window.groups.push_back(index_in(groups, group, std::identity(), "group"));
  for (const auto& open : entry.open) {
    const queue::Interval interval{time_of(open.from), time_of(open.until)};
    if (interval.from >= interval.until ||
        (!window.open.empty() && interval.from < window.open.back().until))
      fail(fmt::format("window \"{}\": intervals must be in order", entry.id));
    window.open.push_back(interval);
  }
  return window;
}

void set_demand(const OfficeFile& file, queue::DemandModel& demand) {
  demand.profile = quarters_of(file.walk_ins, "walk_ins");
  for (const double people : demand.profile) demand.walk_ins += people;
  if (file.booked) demand.booked = quarters_of(*file.booked, "booked");
  set_factors(file.weekday, demand.weekday, "weekday");
  set_factors(file.month, demand.month, "month");
  const auto set = [](const std::optional<double>& from, double& to, double low, double high,
                      const char* what) {
    if (from) to = checked(*from, low, high, what);
  };
  set(file.day_cv, demand.day_cv, 0, 3, "day_cv");
  set(file.no_show, demand.no_show, 0, 1, "no_show");
  set(file.punctuality_mean, demand.punctuality_mean, -120, 120, "punctuality_mean");
  set(file.punctuality_sd, demand.punctuality_sd, 0, 120, "punctuality_sd");
  set(file.priority, demand.priority, 0, 1, "priority");
  set(file.patience_mean, demand.patience_mean, 0, 10000, "patience_mean");
  set(file.way_cv, demand.way_cv, 0, 5, "way_cv");
}

}  // namespace

queue::DayModel model_of(const OfficeFile& file) {
  queue::DayModel model;
  auto& office = model.office;
  if (file.groups.empty() || file.services.empty() || file.windows.empty())
    fail("it needs groups, services and windows");
  office.groups = file.groups;
  office.policies.assign(file.groups.size(),
                         queue::CallPolicy(rules_of(file.rule.value_or(RuleEntry{}))));
  for (const auto& service : file.services) {
    office.services.push_back({service.id,
                               index_in(file.groups, service.group, std::identity(), "group"),
                               {checked(service.mean_minutes, 0.01, 1000, "mean_minutes"),
                                checked(service.cv, 0, 5, "cv")}});
    model.demand.mix.push_back(checked(service.share, 0, 1e9, "share"));
  }
  office.way = Millis(std::llround(checked(file.way.value_or(0.5), 0, 60, "way") * 60000));
  set_demand(file, model.demand);
  for (const auto& transfer : file.transfers.value_or(std::vector<TransferEntry>{})) {
    const auto service = [&](const std::string& id) {
      return index_in(file.services, id, &ServiceEntry::id, "service");
    };
    model.demand.transfers.push_back({service(transfer.from), service(transfer.to),
                                      checked(transfer.probability, 0, 1, "probability")});
  }
  for (const auto& window : file.windows) {
    model.windows.push_back(window_of(window, file.groups));
    if (!model.windows.back().open.empty())
      model.closing = std::max(model.closing, model.windows.back().open.back().until);
  }
  return model;
}

OfficeFile file_of(const std::string& name, const queue::DayModel& model) {
  const auto& office = model.office;
  const auto& demand = model.demand;
  OfficeFile file;
  file.name = name;
  file.groups = office.groups;
  for (std::size_t s = 0; s < office.services.size(); ++s) {
    const auto& service = office.services[s];
    file.services.push_back({service.id, office.groups[service.group], service.time.mean_minutes,
                             service.time.cv, demand.mix[s]});
  }
  for (const auto& window : model.windows) {
    WindowEntry entry{window.id, {}, {}, {}};
    for (const auto group : window.groups) entry.groups.push_back(office.groups[group]);
    for (const auto& open : window.open)
      entry.open.push_back({text_of(open.from), text_of(open.until)});
    if (window.pool != 0) entry.pool = window.pool;
    file.windows.push_back(std::move(entry));
  }
  double shares = 0;
  for (const double share : demand.profile) shares += share;
  file.walk_ins = entries_of(demand.profile, shares > 0 ? demand.walk_ins / shares : 0);
  file.booked = entries_of(demand.booked, 1);
  file.weekday.emplace(demand.weekday.begin(), demand.weekday.end());
  file.month.emplace(demand.month.begin(), demand.month.end());
  file.day_cv = demand.day_cv;
  file.no_show = demand.no_show;
  file.punctuality_mean = demand.punctuality_mean;
  file.punctuality_sd = demand.punctuality_sd;
  file.priority = demand.priority;
  file.patience_mean = demand.patience_mean;
  file.way = static_cast<double>(office.way.count()) / 60000;
  file.way_cv = demand.way_cv;
  file.transfers.emplace();
  for (const auto& transfer : demand.transfers)
    file.transfers->push_back(
        {office.services[transfer.from].id, office.services[transfer.to].id, transfer.probability});
  file.rule = entry_of_rules(office.policies.front().rules());
  return file;
}

OfficeFile read_office_file(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  std::ostringstream text;
  text << in.rdbuf();
  if (!in) throw std::runtime_error(path + ": cannot be read");
  const auto file = read_json<OfficeFile>(text.str());
  if (file.has_value()) return *file;
  std::string wrong;
  for (const auto& field : file.error().fields)
    wrong += fmt::format(" {} {};", field.pointer, field.code);
  throw std::runtime_error(path + ": " + (wrong.empty() ? "is no JSON" : "wrong fields:" + wrong));
}

void write_office_file(const std::string& path, const OfficeFile& file) {
  std::ofstream out(path, std::ios::binary | std::ios::trunc);
  out << write_json(file) << '\n';
  if (!out.flush()) throw std::runtime_error(path + ": cannot be written");
}

queue::DayModel model_or_ward(const std::string& path, const queue::WardOptions& ward) {
  return path.empty() ? queue::ward_day(ward) : model_of(read_office_file(path));
}

}  // namespace matanai::twin
