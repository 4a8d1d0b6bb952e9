#include "server/twin/store.hpp"

#include <algorithm>
#include <map>
#include <optional>
#include <unordered_map>

namespace matanai::twin {
namespace {

using db::Row;
using queue::kNever;

constexpr std::string_view kOffices = "SELECT DISTINCT office FROM leg ORDER BY office";
constexpr std::string_view kGroups =
    "SELECT id FROM directory_group WHERE is_reservations = 0 ORDER BY position";
constexpr std::string_view kServices =
    "SELECT id, group_id, typical_minutes FROM directory_service ORDER BY position, id";
constexpr std::string_view kWindowGroups =
    "SELECT number, group_id FROM directory_window_group WHERE office_id = ?1 "
    "ORDER BY number, position";
constexpr std::string_view kLegs =
    "SELECT leg.day, leg.ticket, leg.service, leg.grp, leg.window, ticket.issued_at, "
    "ticket.reserved_for, ticket.priority, leg.ready_at, leg.passed, leg.first_called_at, "
    "leg.started_at, leg.finished_at "
    "FROM leg JOIN ticket ON ticket.id = leg.ticket "
    "WHERE leg.office = ?1 "
    "ORDER BY leg.day, ticket.issued_at, leg.ticket, leg.id";
constexpr std::string_view kWindowEvents =
    "SELECT day, at, kind, window FROM floor_event "
    "WHERE office = ?1 AND kind IN "
    "('window_opened', 'window_closed', 'window_paused', 'window_resumed') "
    "ORDER BY day, seq";
// Who checked in and left without being served is a no-show there too, but came.
constexpr std::string_view kNoShows =
    "SELECT day, SUM(state = 'no_show' AND NOT EXISTS "
    "(SELECT 1 FROM ticket WHERE ticket.reservation = expected.reservation)) "
    "FROM expected WHERE office = ?1 GROUP BY day ORDER BY day";

constexpr Minutes kEndsWith{2};  // a window that closes so soon after a service was due before

class Reader {
 public:
  Reader(db::Transaction& tx, std::string office) : tx_(tx), office_(std::move(office)) {}

  OfficeLog read() {
    read_directory();
    read_legs();
    read_windows();
    read_no_shows();
    log_.days = days_with_calls(std::move(days_));
    return std::move(log_);
  }

 private:
  // Reservations are forgotten some days after the visit, hour by hour: the first day that still
  // has some may have lost others.
  void read_no_shows() {
    bool is_first = true;
    tx_.each(
        kNoShows,
        [&](const Row& row) {
          const auto day = days_.find(parse_day(row.text(0)).value());
          if (!is_first && day != days_.end())
            day->second.day.no_shows = static_cast<int>(row.integer(1));
          is_first = false;
        },
        office_);
  }

  void read_directory() {
    auto& office = log_.office;
    office.groups = tx_.all(kGroups, [](const Row& row) { return row.text(0); });
    office.policies.resize(office.groups.size());
    tx_.each(kServices, [&](const Row& row) {
      add_service(row.text(0), row.text(1), static_cast<double>(row.integer(2)));
    });
    tx_.each(
        kWindowGroups,
        [&](const Row& row) {
          window_groups_[std::to_string(row.integer(0))].push_back(group_index(row.text(1)));
        },
        office_);
  }
  std::uint16_t group_index(const std::string& id) {
    auto& groups = log_.office.groups;
    const auto found = std::ranges::find(groups, id);
    if (found != groups.end()) return static_cast<std::uint16_t>(found - groups.begin());
    groups.push_back(id);
    log_.office.policies.emplace_back();
    return static_cast<std::uint16_t>(groups.size() - 1);
  }
  std::uint16_t add_service(const std::string& id, const std::string& group, double typical) {
    const auto index = static_cast<std::uint16_t>(log_.office.services.size());
    log_.office.services.push_back({id, group_index(group), unmeasured(typical)});
    return services_[id] = index;
  }
  // A service that the directory no longer has keeps its id and group.
  std::uint16_t service_index(const std::string& id, const std::string& group) {
    const auto found = services_.find(id);
    return found != services_.end() ? found->second : add_service(id, group, 10);
  }
  LoggedDay& day_of(const std::string& text) { return day_on(days_, parse_day(text).value()); }
  static Instant since_midnight(const LoggedDay& day, Instant at) {
    return queue::midnight_plus(at - instant_at(day.date, TimeOfDay(0)));
  }

  void read_legs() {
    std::string ticket;
    queue::Visit before;
    tx_.each(
        kLegs,
        [&](const Row& row) {
          LoggedDay& day = day_of(row.text(0));
          const auto time = [&](int column) {
            const auto at = row.optional_instant(column);
            return at ? since_midnight(day, *at) : kNever;
          };
          const bool is_first = row.text(1) != ticket;
          ticket = row.text(1);
          queue::Visit visit;
          visit.number = is_first ? ++visitors_ : visitors_;
          visit.stop = is_first ? 0 : static_cast<std::uint16_t>(before.stop + 1);
          visit.service = service_index(row.text(2), row.text(3));
          visit.arrival = is_first || before.finished == kNever ? time(5) : before.finished;
          if (is_first) visit.slot = time(6);
          if (row.boolean(7)) visit.reason = OrderReason::priority_head_start;
          visit.ready_at = time(8);
          visit.passed = static_cast<std::uint16_t>(row.integer(9));
          visit.called = time(10);
          visit.started = time(11);
          visit.finished = time(12);
          if (const auto window = row.optional_text(4))
            note_service(day, *window, log_.office.services[visit.service].group, visit);
          day.day.visits.push_back(visit);
          before = visit;
        },
        office_);
  }
  void note_service(const LoggedDay& day, const std::string& window, std::uint16_t group,
                    const queue::Visit& visit) {
    if (visit.finished != kNever)
      services_at_[{to_wire(day.date), window}].push_back({visit.called, visit.finished});
    auto& groups = called_groups_[window];
    if (std::ranges::find(groups, group) == groups.end()) groups.push_back(group);
  }

  void read_windows() {
    std::map<std::pair<std::string, std::string>, std::optional<Instant>> opened;
    tx_.each(
        kWindowEvents,
        [&](const Row& row) {
          LoggedDay& day = day_of(row.text(0));
          const Instant at = since_midnight(day, row.instant(1));
          const std::string window = row.text(3);
          auto& since = opened[{row.text(0), window}];
          const std::string kind = row.text(2);
          if (kind == "window_opened" || kind == "window_resumed") {
            if (!since) since = at;
          } else if (since) {
            add_interval(day, window, *since, at);
            since.reset();
          }
        },
        office_);
    for (const auto& [key, since] : opened)  // never closed: to the last service there
      if (since)
        for (const auto& service : services_at_[key])
          if (service.until == last_finish(key))
            add_interval(day_of(key.first), key.second, *since, service.until);
  }
  Instant last_finish(const std::pair<std::string, std::string>& key) {
    Instant last{};
    for (const auto& service : services_at_[key]) last = std::max(last, service.until);
    return last;
  }
  void add_interval(LoggedDay& day, const std::string& window, Instant from, Instant until) {
    for (const auto& service : services_at_[{to_wire(day.date), window}])
      if (service.until <= until && until - service.until < kEndsWith && service.from >= from)
        until = service.from + (service.until - service.from) / 2;
    if (from >= until) return;
    auto& windows = day.day.windows;
    auto found = std::ranges::find(windows, window, &queue::WindowModel::id);
    if (found == windows.end()) {
      const auto known = window_groups_.find(window);
      windows.push_back(
          {window, known != window_groups_.end() ? known->second : called_groups_[window], {}, 0});
      if (windows.back().groups.empty()) {
        windows.pop_back();
        return;
      }
      found = windows.end() - 1;
    }
    found->open.push_back({from, until});
  }

  db::Transaction& tx_;
  std::string office_;
  OfficeLog log_;
  LoggedDays days_;
  std::unordered_map<std::string, std::uint16_t> services_;
  std::unordered_map<std::string, std::vector<std::uint16_t>> window_groups_;
  std::unordered_map<std::string, std::vector<std::uint16_t>> called_groups_;
  std::map<std::pair<std::string, std::string>, std::vector<queue::Interval>> services_at_;
  std::uint64_t visitors_ = 0;
};

}  // namespace

std::vector<std::string> offices_with_tickets(db::Transaction& tx) {
  return tx.all(kOffices, [](const Row& row) { return row.text(0); });
}

OfficeLog read_office_log(db::Transaction& tx, const std::string& office) {
  return Reader(tx, office).read();
}

}  // namespace matanai::twin
