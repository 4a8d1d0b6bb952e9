#include "server/floor/waiting_lines.hpp"

#include <algorithm>

namespace matanai::floor {

WaitingLines::WaitingLines(std::span<const WaitingRow> rows, const queue::CallPolicy& policy) {
  for (const auto& row : rows) {
    queue::Person person;
    person.id = row.leg;
    person.arrival = row.ready_at;
    person.ready_at = row.ready_at;
    person.service = index_of_service(row.service.value);
    person.passed = static_cast<std::uint16_t>(row.passed);
    person.reason = row.order_reason;
    line_of(row.group).insert(person);
  }
  policies_.assign(lines_.size(), policy);
}

std::uint16_t WaitingLines::index_of_service(const std::string& service) {
  const auto found = std::ranges::find(services_, service);
  const auto index = static_cast<std::uint16_t>(found - services_.begin());
  if (found == services_.end()) services_.push_back(service);
  return index;
}

queue::Line& WaitingLines::line_of(const GroupId& group) {
  const auto found = std::ranges::find(groups_, group);
  const auto index = static_cast<std::size_t>(found - groups_.begin());
  if (found != groups_.end()) return lines_[index];
  groups_.push_back(group);
  return lines_.emplace_back();
}

std::optional<WaitingLines::Next> WaitingLines::next_for(std::span<const GroupId> groups,
                                                         Instant now) const {
  std::vector<std::uint16_t> served;
  for (const auto& group : groups) {
    const auto found = std::ranges::find(groups_, group);
    if (found != groups_.end())
      served.push_back(static_cast<std::uint16_t>(found - groups_.begin()));
  }
  const auto chosen = queue::next_for_window(policies_, lines_, served, now);
  if (!chosen) return std::nullopt;
  return Next{lines_[chosen->group].people()[chosen->choice.index].id, chosen->choice.reason};
}

std::vector<std::int64_t> WaitingLines::in_order(Instant now) const {
  std::vector<std::int64_t> legs;
  for (std::size_t i = 0; i < lines_.size(); ++i)
    for (const std::size_t index : policies_[i].order(lines_[i], now))
      legs.push_back(lines_[i].people()[index].id);
  return legs;
}

std::vector<std::int64_t> WaitingLines::passed_by(const LegRow& called) const {
  queue::Person person;
  person.id = called.id;
  person.ready_at = called.ready_at;
  const auto service = std::ranges::find(services_, called.service);
  if (service == services_.end()) return {};
  person.service = static_cast<std::uint16_t>(service - services_.begin());
  std::vector<std::int64_t> legs;
  for (const auto& line : lines_)
    for (const auto& other : line.people())
      if (queue::is_passed_by(other, person)) legs.push_back(other.id);
  return legs;
}

}  // namespace matanai::floor
