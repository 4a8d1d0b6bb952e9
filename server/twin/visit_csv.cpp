#include "server/twin/visit_csv.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <boost/describe.hpp>
#include <boost/describe/enum_from_string.hpp>
#include <stdexcept>
#include <utility>

#include "schema/types/text.hpp"
#include "server/queue/score/csv.hpp"
#include "server/twin/text_file.hpp"

namespace matanai::twin {
namespace {

using queue::Interval;
using queue::kNever;

enum Column {
  day,
  outcome,
  group,
  service,
  window,
  arrival,
  slot,
  called,
  started,
  finished,
  priority,
  kColumns
};
constexpr std::array<std::string_view, kColumns> kNames = {
    "day",  "outcome", "group",   "service",  "window",  "arrival",
    "slot", "called",  "started", "finished", "priority"};

enum class Outcome { served, absent, uncalled, no_show, open };
BOOST_DESCRIBE_ENUM(Outcome, served, absent, uncalled, no_show, open)

constexpr std::size_t kLongestId = 100;
constexpr std::size_t kMostIds = 1000;     // groups, services, windows: more is no real office
constexpr std::size_t kMostVisits = 5000;  // of a day
constexpr Millis kPress{60000};            // a clerk may take so long to call who could be called
constexpr double kTypicalMinutes = 10;     // of a service before anything is known

class Reader {
 public:
  Reader(std::string_view csv, std::string name) : rows_(csv, kNames), name_(std::move(name)) {
    if (rows_.missing())
      throw std::runtime_error(
          fmt::format("{}: column {} is missing (see --help)", name_, *rows_.missing()));
    if (!is_valid_utf8(csv)) throw std::runtime_error(name_ + ": is not UTF-8");
  }

  OfficeLog read() {
    while (rows_.next()) {
      if (!rows_.is_whole()) fail("has not as many cells as the header");
      read_row();
    }
    for (auto& [date, logged] : days_) {
      if (no_shows_known_) logged.day.no_shows = logged.day.no_shows.value_or(0);
      set_windows(date, logged.day);
    }
    log_.days = days_with_calls(std::move(days_));
    if (log_.days.empty()) throw std::runtime_error(name_ + ": nobody is called in it");
    return std::move(log_);
  }

 private:
  // ---- Cells

  [[noreturn]] void fail(const std::string& what) const {
    throw std::runtime_error(fmt::format("{}:{}: {}", name_, rows_.line(), what));
  }
  std::string cell(Column column) const { return std::string(rows_[column]); }

  LocalDay date() const {
    const auto parsed = parse_day(rows_[day]);
    if (!parsed) fail(fmt::format("day \"{}\" is no date such as 2026-11-24", cell(day)));
    return *parsed;
  }
  Instant optional_time(Column column) const {
    const auto text = rows_[column];
    if (text.empty()) return kNever;
    const bool has_seconds = text.size() == 8 && text[5] == ':' && text[6] >= '0';
    const auto minute = parse_time_of_day(text.substr(0, 5));
    const auto second = has_seconds ? queue::number_in<int>(text.substr(6)) : std::optional(0);
    if (!minute || *minute >= std::chrono::hours(24) || !(has_seconds || text.size() == 5) ||
        !second || *second > 59)
      fail(fmt::format("{} \"{}\" is no time of day such as 09:05 or 09:05:30", kNames[column],
                       text));
    return queue::midnight_plus(*minute + std::chrono::seconds(*second));
  }
  // There, and not before `earliest` of the column `before`.
  Instant time(Column column, Instant earliest, Column before) const {
    const Instant at = optional_time(column);
    if (at == kNever) fail(fmt::format("{} is empty", kNames[column]));
    if (at < earliest) fail(fmt::format("{} is before {}", kNames[column], kNames[before]));
    return at;
  }
  std::string id(Column column) const {
    const auto text = rows_[column];
    if (text.empty()) fail(fmt::format("{} is empty", kNames[column]));
    if (text.size() > kLongestId) fail(fmt::format("{} is too long", kNames[column]));
    return std::string(text);
  }
  // The place of `name` in `known`, where it is added when it is new.
  std::uint16_t index_of(std::map<std::string, std::uint16_t>& known, const std::string& name,
                         Column column) {
    const auto [at, is_new] = known.try_emplace(name, static_cast<std::uint16_t>(known.size()));
    if (is_new && known.size() > kMostIds) fail(fmt::format("too many {}s", kNames[column]));
    return at->second;
  }

  // ---- Rows

  void read_row() {
    Outcome what{};
    const auto text = cell(outcome);
    if (!boost::describe::enum_from_string(text.c_str(), what))
      fail(fmt::format("outcome \"{}\" is none of served, absent, uncalled, no_show, open", text));
    auto& logged = day_on(days_, date()).day;
    if (what == Outcome::open) return read_open();
    if (what == Outcome::no_show) {
      time(slot, Instant{}, slot);
      logged.no_shows = logged.no_shows.value_or(0) + 1;
      no_shows_known_ = true;
      return;
    }
    if (logged.visits.size() == kMostVisits) fail("too many visits of one day");
    logged.visits.push_back(visit(what));
  }

  void read_open() {
    const Instant from = time(started, Instant{}, started);
    const Instant until = time(finished, from, started);
    if (from < until) open_[{date(), id(window)}].push_back({from, until});
  }

  queue::Visit visit(Outcome what) {
    queue::Visit visit;
    visit.number = ++visits_;
    visit.service = service_of_row();
    visit.arrival = visit.ready_at = time(arrival, Instant{}, arrival);
    visit.slot = optional_time(slot);
    const auto has_priority = rows_[priority];
    if (!has_priority.empty() && has_priority != "0" && has_priority != "1")
      fail("priority is neither 0 nor 1");
    if (has_priority == "1") visit.reason = OrderReason::priority_head_start;
    if (what == Outcome::uncalled) return visit;
    visit.called = time(called, visit.arrival, arrival);
    if (what == Outcome::served) {
      visit.started = time(started, visit.called, called);
      visit.finished = time(finished, visit.started, started);
    }
    const auto at = id(window);
    visit.window = index_of(windows_, at, window);
    auto& groups = groups_of_[at];
    const auto line = log_.office.services[visit.service].group;
    if (std::ranges::find(groups, line) == groups.end()) groups.push_back(line);
    return visit;
  }

  std::uint16_t service_of_row() {
    auto& office = log_.office;
    const auto line_id = rows_[group].empty() ? "all" : id(group);
    const auto line = index_of(groups_, line_id, group);
    if (line == office.groups.size()) {
      office.groups.push_back(line_id);
      office.policies.emplace_back();
    }
    const auto index = index_of(services_, id(service), service);
    if (index == office.services.size())
      office.services.push_back({id(service), line, unmeasured(kTypicalMinutes)});
    if (office.services[index].group != line)
      fail(fmt::format("service \"{}\" was of another group before", id(service)));
    return index;
  }

  // ---- Windows

  void set_windows(LocalDay date, queue::RecordedDay& logged) {
    for (const auto& [name, index] : windows_) {
      const auto told = open_.find({date, name});
      auto open = told != open_.end() ? joined(told->second)
                                      : worked(logged.visits, index, groups_of_[name]);
      if (!open.empty()) logged.windows.push_back({name, groups_of_[name], std::move(open), 0});
    }
  }

  static std::vector<Interval> joined(std::vector<Interval> open) {
    std::ranges::sort(open, {}, &Interval::from);
    std::vector<Interval> result;
    for (const auto& interval : open) {
      if (!result.empty() && interval.from <= result.back().until) {
        result.back().until = std::max(result.back().until, interval.until);
      } else {
        result.push_back(interval);
      }
    }
    return result;
  }

  // From the day's first arrival into its last service, without the time in which it was free and
  // somebody waited for it in vain.
  std::vector<Interval> worked(const std::vector<queue::Visit>& visits, std::uint16_t index,
                               const std::vector<std::uint16_t>& groups) const {
    std::vector<Interval> busy;
    Instant cursor = kNever;
    for (const auto& visit : visits) {
      cursor = std::min(cursor, visit.arrival);
      if (visit.called != kNever && visit.window == index)
        busy.push_back({visit.called, visit.finished == kNever ? visit.called : visit.finished});
    }
    std::ranges::sort(busy, {}, &Interval::from);
    std::vector<Interval> open;
    for (const auto& stay : busy) {
      const Instant from = open_again(visits, groups, {cursor, stay.from});
      if (open.empty() || from > cursor) open.push_back({from, from});
      cursor = open.back().until = std::max(cursor, stay.until);
    }
    if (!busy.empty() && busy.back().until > busy.back().from)
      open.back().until = busy.back().from + (busy.back().until - busy.back().from) / 2;
    std::erase_if(open, [](const Interval& interval) { return interval.from >= interval.until; });
    return open;
  }

  // The end of the last wait in `gap`; its start when nobody waited.
  Instant open_again(const std::vector<queue::Visit>& visits,
                     const std::vector<std::uint16_t>& groups, const Interval& gap) const {
    Instant from = gap.from;
    for (const auto& visit : visits) {
      if (visit.called == kNever ||
          std::ranges::count(groups, log_.office.services[visit.service].group) == 0)
        continue;
      const Instant ready =
          visit.slot == kNever ? visit.arrival : std::max(visit.arrival, visit.slot);
      const Instant until = std::min(visit.called, gap.until);
      if (until - std::max(ready, gap.from) > kPress) from = std::max(from, until);
    }
    return from;
  }

  queue::CsvRows rows_;
  std::string name_;
  OfficeLog log_;
  LoggedDays days_;
  std::map<std::string, std::uint16_t> groups_, services_, windows_;
  std::map<std::string, std::vector<std::uint16_t>> groups_of_;  // by window
  std::map<std::pair<LocalDay, std::string>, std::vector<Interval>> open_;
  std::uint64_t visits_ = 0;
  bool no_shows_known_ = false;
};

}  // namespace

OfficeLog parse_visits(std::string_view csv, const std::string& name) {
  return Reader(csv, name).read();
}

OfficeLog read_visits(const std::string& path) { return parse_visits(read_text_file(path), path); }

}  // namespace matanai::twin
