#include "server/floor/clocks.hpp"

#include <algorithm>
#include <map>

namespace matanai::floor {
namespace {

struct Moment {
  LegState state = LegState::waiting;
  std::optional<Instant> first_called;
  std::optional<Instant> called;
  std::optional<Instant> started;
  std::optional<Instant> finished;
  std::optional<std::string> window;
};

struct History {
  TicketClocks clocks;
  Moment now;
  std::vector<Moment> before;  // one per step that can be undone
};

std::int64_t seconds_between(Instant from, Instant to) {
  return std::chrono::floor<std::chrono::seconds>(to - from).count();
}

void apply(History& history, const FloorEvent& event) {
  if (event.kind == EventKind::undone) {
    if (history.before.empty()) return;
    history.now = history.before.back();
    history.before.pop_back();
    return;
  }
  if (event.kind == EventKind::recalled) {
    history.now.called = event.at;
    return;
  }
  history.before.push_back(history.now);
  auto& now = history.now;
  switch (event.kind) {
    case EventKind::called:
      now.state = LegState::called;
      now.called = event.at;
      now.window = event.window;
      if (!now.first_called) now.first_called = event.at;
      break;
    case EventKind::started:
      now.state = LegState::serving;
      now.started = event.at;
      break;
    case EventKind::finished:
      now.state = LegState::finished;
      if (event.reason != "day_over") now.finished = event.at;  // else nobody pressed the key
      break;
    case EventKind::absent:
      now.state = LegState::absent;
      break;
    case EventKind::put_back:
    case EventKind::returned:
      now.state = LegState::waiting;
      break;
    case EventKind::on_hold:
      now.state = LegState::on_hold;
      break;
    case EventKind::expired:
      now.state = LegState::expired;
      break;
    default:
      break;
  }
}

TicketClocks settle(const History& history) {
  auto clocks = history.clocks;
  const auto& now = history.now;
  clocks.state = now.state;
  clocks.window = now.window;
  if (now.first_called) {
    clocks.wait_seconds = seconds_between(clocks.issued_at, *now.first_called);
    if (clocks.reserved_for) {
      clocks.reservation_delay_seconds =
          seconds_between(std::max(clocks.issued_at, *clocks.reserved_for), *now.first_called);
    }
  }
  if (now.called && now.started) clocks.way_seconds = seconds_between(*now.called, *now.started);
  if (now.started && now.finished)
    clocks.service_seconds = seconds_between(*now.started, *now.finished);
  return clocks;
}

}  // namespace

std::vector<TicketClocks> clocks_of(std::span<const FloorEvent> events,
                                    std::span<const TicketFacts> tickets) {
  std::map<std::string, TicketFacts> facts;
  for (const auto& ticket : tickets) facts.emplace(ticket.id, ticket);
  std::map<std::string, History> histories;
  std::vector<std::string> order;
  for (const auto& event : events) {
    if (!event.ticket) continue;
    const auto& id = event.ticket->value;
    if (event.kind == EventKind::issued || event.kind == EventKind::checked_in) {
      History history;
      history.clocks.number = event.number.value_or("");
      history.clocks.service = event.service.value_or(ServiceId());
      history.clocks.issued_at = event.at;
      if (const auto found = facts.find(id); found != facts.end()) {
        history.clocks.group = found->second.group;
        history.clocks.reserved_for = found->second.reserved_for;
      }
      if (histories.emplace(id, std::move(history)).second) order.push_back(id);
    } else if (const auto found = histories.find(id); found != histories.end()) {
      apply(found->second, event);
    }
  }
  std::vector<TicketClocks> out;
  out.reserve(order.size());
  for (const auto& id : order) out.push_back(settle(histories.at(id)));
  return out;
}

}  // namespace matanai::floor
