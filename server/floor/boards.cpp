#include "server/floor/boards.hpp"

#include <algorithm>
#include <map>

#include "schema/types/json.hpp"
#include "server/directory/rules.hpp"
#include "server/floor/store.hpp"
#include "server/floor/store_calls.hpp"
#include "server/floor/store_kiosks.hpp"
#include "server/floor/waiting_lines.hpp"

namespace matanai::floor {
namespace {

using Tickets = std::map<std::string, TicketRow, std::less<>>;

constexpr int kBoardCalls = 12;
constexpr Minutes kCallStaysListed{15};
constexpr Minutes kCallStaysTold{10};

Tickets tickets_by_id(db::Transaction& tx, const OfficeId& office) {
  Tickets tickets;
  for (auto& ticket : store::tickets_of_open_legs(tx, office)) {
    auto id = ticket.id.value;
    tickets.emplace(std::move(id), std::move(ticket));
  }
  return tickets;
}

const TicketRow& ticket_of(const Tickets& tickets, const LegRow& leg) {
  const auto found = tickets.find(leg.ticket);
  if (found == tickets.end()) throw std::logic_error("leg without ticket " + leg.number);
  return found->second;
}

// What a called and a waiting ticket are both told with.
template <class AnyTicket>
AnyTicket ticket_with(const LegRow& leg, const TicketRow& ticket) {
  AnyTicket out;
  out.id = ticket.id;
  out.number = leg.number;
  out.group = GroupId(leg.grp);
  out.service = ServiceId(leg.service);
  out.issued_at = ticket.issued_at;
  out.reserved_for = ticket.reserved_for;
  out.priority = ticket.priority;
  out.help = ticket.help;
  out.locale = ticket.locale;
  out.order_reason = leg.order_reason;
  out.passed = leg.passed;
  out.told_latest = leg.told_latest;
  return out;
}

WindowTicket window_ticket(const LegRow& leg, const TicketRow& ticket) {
  auto out = ticket_with<WindowTicket>(leg, ticket);
  out.state = leg.state;
  out.first_called_at = leg.first_called_at.value_or(leg.state_since);
  out.since = leg.state_since;
  out.called_at = leg.called_at.value_or(leg.state_since);
  out.started_at = leg.started_at;
  out.times_called = leg.times_called;
  out.wait_seconds =
      std::chrono::floor<std::chrono::seconds>(out.first_called_at - ticket.issued_at).count();
  return out;
}

WindowStateName state_name(const WindowRow& row, const LegRow* leg) {
  if (leg)
    return leg->state == LegState::called ? WindowStateName::called : WindowStateName::serving;
  if (row.mode == WindowMode::paused) return WindowStateName::paused;
  return row.mode == WindowMode::open ? WindowStateName::free : WindowStateName::closed;
}

WindowState window_state(const directory::Window& place, const WindowRow& row, const LegRow* leg,
                         const TicketRow* ticket, const store::WindowFigures* figures,
                         Instant now) {
  WindowState out;
  out.window = place.id;
  out.zone = place.zone;
  out.section = place.section.in(Locale::ja);
  out.state = state_name(row, leg);
  out.groups = row.groups.empty() ? place.groups : row.groups;
  out.staff = row.staff;
  out.staff_name = row.staff_name;
  if (leg && ticket) out.ticket = window_ticket(*leg, *ticket);
  out.pause_reason = row.pause_reason;
  out.paused_at = row.paused_at;
  if (row.undo && row.undo_until && now < *row.undo_until) {
    if (const auto record = read_json<UndoRecord>(*row.undo); record.has_value()) {
      out.undo = UndoOffer{record->command, record->number, *row.undo_until};
    }
  }
  if (figures) {
    out.served_today = figures->served;
    out.mean_service_seconds = figures->mean_service_ms / 1000;
  }
  return out;
}

template <class Rows>
auto find_window(const Rows& rows, const std::string& window) {
  return std::ranges::find_if(rows, [&](const auto& row) { return row.window == window; });
}

std::vector<WindowState> window_states(db::Transaction& tx, const Context& context,
                                       const OfficeId& office, const std::vector<LegRow>& legs,
                                       const Tickets& tickets, Instant now) {
  const auto rows = store::windows(tx, office);
  const auto figures = store::window_figures(tx, office, local_day(now));
  std::vector<WindowState> out;
  for (const auto* place : context.directory.windows_of(office)) {
    const auto row =
        std::ranges::find_if(rows, [&](const auto& r) { return r.window == place->id; });
    const auto leg = std::ranges::find_if(legs, [&](const LegRow& l) {
      return l.window == place->id.value &&
             (l.state == LegState::called || l.state == LegState::serving);
    });
    const auto figure = find_window(figures, place->id.value);
    const bool has_leg = leg != legs.end();
    out.push_back(window_state(*place, row == rows.end() ? WindowRow{} : *row,
                               has_leg ? &*leg : nullptr,
                               has_leg ? &ticket_of(tickets, *leg) : nullptr,
                               figure == figures.end() ? nullptr : &*figure, now));
  }
  return out;
}

WaitingTicket waiting_ticket(const LegRow& leg, const TicketRow& ticket) {
  auto out = ticket_with<WaitingTicket>(leg, ticket);
  out.ready_at = leg.ready_at;
  return out;
}

template <class Key, class Value>
std::optional<Value> found_in(const std::map<Key, Value>& values, const Key& key) {
  const auto found = values.find(key);
  return found == values.end() ? std::nullopt : std::optional(found->second);
}

std::vector<WaitingTicket> waiting_in_order(const Context& context, const OfficeId& office,
                                            const std::vector<LegRow>& legs, const Tickets& tickets,
                                            Instant now) {
  std::vector<WaitingRow> rows;
  std::map<std::int64_t, const LegRow*> waiting;
  for (const auto& leg : legs) {
    if (leg.state != LegState::waiting) continue;
    waiting.emplace(leg.id, &leg);
    rows.push_back({leg.id, GroupId(leg.grp), ServiceId(leg.service), leg.issued_at, leg.ready_at,
                    leg.order_reason, leg.passed, leg.slot_at, leg.told_latest});
  }
  std::vector<WaitingTicket> out;
  const auto estimate = context.estimates.latest(office);
  const WaitingLines lines(rows, context.directory, office, local_day(now));
  for (const auto id : lines.in_order(now)) {
    const auto& leg = *waiting.at(id);
    auto& ticket = out.emplace_back(waiting_ticket(leg, ticket_of(tickets, leg)));
    if (estimate) ticket.estimate = found_in(estimate->waiting, id);
  }
  return out;
}

DayFigures day_figures(db::Transaction& tx, const OfficeId& office, const std::vector<LegRow>& legs,
                       const Tickets& tickets, Instant now) {
  const auto counts = store::day_counts(tx, office, local_day(now));
  DayFigures out{counts.issued, counts.called, counts.finished, counts.within_10_min, {}, {}};
  for (const auto& leg : legs) {
    if (leg.state != LegState::waiting || leg.first_called_at) continue;
    const auto waited =
        std::chrono::floor<std::chrono::seconds>(now - ticket_of(tickets, leg).issued_at).count();
    if (out.longest_wait_seconds && *out.longest_wait_seconds >= waited) continue;
    out.longest_wait_seconds = waited;
    out.longest_wait_number = leg.number;
  }
  return out;
}

void add_expected(db::Transaction& tx, const OfficeId& office, Instant now, Floor& floor) {
  for (const auto& expected : store::expected_of_day(tx, office, local_day(now))) {
    floor.expected.push_back({to_wire(local_time_of_day(expected.start)), expected.start,
                              expected.group, expected.service, expected.help, expected.locale});
  }
}

BoardCall board_call(const directory::Directory& directory, const OfficeId& office,
                     const LegRow& leg, const std::string& locale) {
  const auto* place = directory.find_window(office, WindowId(leg.window.value_or("")));
  return {leg.call_seq.value_or(0),
          leg.number,
          leg.window.value_or(""),
          place ? place->zone : "",
          leg.called_at.value_or(leg.state_since),
          leg.times_called,
          locale,
          leg.state == LegState::called};
}

}  // namespace

Board read_board(db::Transaction& tx, const Context& context, const OfficeId& office, Instant now) {
  const auto& directory = context.directory;
  const auto* place = directory.find_office(office);
  if (!place) throw std::logic_error("unknown office " + office.value);
  const auto plan = directory::day_plan(directory, office, local_day(now));
  Board board;
  board.office = office;
  board.office_name = place->name.in(Locale::ja);
  board.office_name_en = place->name.in(Locale::en);
  board.as_of = now;
  board.is_open = plan.is_open_at(local_time_of_day(now));
  if (plan.is_open) {
    board.opens = to_wire(plan.opens);
    board.closes = to_wire(plan.closes);
  }
  for (const auto& leg :
       store::recent_calls(tx, office, local_day(now), now - kCallStaysListed, kBoardCalls)) {
    const auto ticket = store::ticket_by_id(tx, leg.ticket);
    board.calls.push_back(board_call(directory, office, leg, ticket ? ticket->locale : "ja"));
  }
  std::map<std::string, int> waiting;
  for (const auto& leg : store::open_legs(tx, office)) {
    if (leg.state == LegState::waiting) ++waiting[leg.grp];
    if (leg.state == LegState::absent) board.absent.push_back(leg.number);
  }
  const auto latest = store::latest_called(tx, office, local_day(now));
  const auto estimate = context.estimates.latest(office);
  for (const auto* group : directory.groups_of(office)) {
    BoardGroup row{
        group->id, group->name.in(Locale::ja), group->name.in(Locale::en), group->zone, 0, {}, {}};
    row.waiting = waiting[group->id.value];
    if (estimate) row.estimate = found_in(estimate->groups, group->id);
    for (const auto& [letter, number] : latest) {
      if (letter == group->id.value) row.latest = number;
    }
    board.waiting.push_back(std::move(row));
  }
  board.answered_calls = store::calls_answered_since(tx, office, now - kCallStaysTold);
  board.dropped_calls = store::calls_dropped_since(tx, office, now - kCallStaysTold);
  return board;
}

Floor read_floor(db::Transaction& tx, const Context& context, const OfficeId& office, Instant now) {
  const auto& directory = context.directory;
  const auto* place = directory.find_office(office);
  if (!place) throw std::logic_error("unknown office " + office.value);
  const auto plan = directory::day_plan(directory, office, local_day(now));
  const auto legs = store::open_legs(tx, office);
  const auto tickets = tickets_by_id(tx, office);
  Floor floor;
  floor.office = office;
  floor.office_name = place->name.in(Locale::ja);
  floor.as_of = now;
  floor.is_open = plan.is_open_at(local_time_of_day(now));
  if (plan.is_open) floor.closes = to_wire(plan.closes);
  floor.windows = window_states(tx, context, office, legs, tickets, now);
  floor.waiting = waiting_in_order(context, office, legs, tickets, now);
  add_expected(tx, office, now, floor);
  for (const auto& leg : legs) {
    if (leg.state != LegState::absent && leg.state != LegState::on_hold) continue;
    floor.aside.push_back({TicketId(leg.ticket), leg.number, GroupId(leg.grp),
                           ServiceId(leg.service), leg.state, leg.state_since, leg.times_called,
                           leg.window});
  }
  for (auto& row : store::open_calls(tx, office)) floor.staff_calls.push_back(std::move(row.call));
  for (auto& row : store::kiosks(tx, office))
    floor.kiosks.push_back({row.kiosk, std::move(row.printer), row.alone_since});
  for (const auto* service : directory.services_of(office)) {
    const auto limit = directory.setting(directory::settings::kPassedLimit, office, service->group,
                                         local_day(now));
    floor.services.push_back({service->id, service->group, service->name.in(Locale::ja),
                              service->name.in(Locale::en), service->typical.count(),
                              static_cast<int>(limit)});
  }
  floor.today = day_figures(tx, office, legs, tickets, now);
  return floor;
}

WindowState read_window(db::Transaction& tx, const Context& context, const OfficeId& office,
                        const WindowId& window, Instant now) {
  const auto* place = context.directory.find_window(office, window);
  if (!place) throw std::logic_error("unknown window " + window.value);
  const auto row = store::window(tx, office, window).value_or(WindowRow{});
  const auto leg = store::leg_at_window(tx, office, window);
  const auto ticket = leg ? store::ticket_by_id(tx, leg->ticket) : std::nullopt;
  const auto figures = store::figures_of_window(tx, office, local_day(now), window);
  return window_state(*place, row, leg ? &*leg : nullptr, ticket ? &*ticket : nullptr,
                      figures ? &*figures : nullptr, now);
}

}  // namespace matanai::floor
