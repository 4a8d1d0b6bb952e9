#include "server/floor/waiting_lines.hpp"

#include <algorithm>

#include "server/floor/call_rules.hpp"

namespace matanai::floor {
namespace {

// The place of `id` in `ids`, which it joins when it is new.
template <class Id>
std::size_t place_of(std::vector<Id>& ids, const Id& id) {
  const auto found = std::ranges::find(ids, id);
  const auto place = static_cast<std::size_t>(found - ids.begin());
  if (found == ids.end()) ids.push_back(id);
  return place;
}

}  // namespace

queue::Person person_of(const WaitingRow& row, std::uint16_t service, Millis mean_service) {
  queue::Person person;
  person.id = row.leg;
  person.arrival = row.issued_at;
  person.ready_at = row.ready_at;
  person.slot = row.slot_at.value_or(queue::kNever);
  person.latest = row.told_latest.value_or(queue::kNever);
  person.mean_service = mean_service;
  person.service = service;
  person.passed = static_cast<std::uint16_t>(row.passed);
  person.reason = row.order_reason;
  return person;
}

WaitingLines::WaitingLines(std::span<const WaitingRow> rows, const directory::Directory& directory,
                           const OfficeId& office, LocalDay day) {
  for (const auto& row : rows) {
    const auto group = place_of(groups_, row.group);
    if (group == lines_.size()) {
      lines_.emplace_back();
      policies_.push_back(policy_of(directory, office, row.group, day));
    }
    const auto* service = directory.find_service(row.service);
    const auto index = static_cast<std::uint16_t>(place_of(services_, row.service));
    lines_[group].insert(person_of(row, index, service ? service->typical : Minutes(0)));
  }
}

bool WaitingLines::counts_calls() const {
  return std::ranges::any_of(policies_, [](const queue::CallPolicy& policy) {
    return policy.rules().rule == CallRule::ratio;
  });
}

std::optional<WaitingLines::Next> WaitingLines::next_for(std::span<const GroupId> groups,
                                                         Instant now, int reserved_in_row) const {
  std::vector<std::uint16_t> served;
  for (const auto& group : groups) {
    const auto found = std::ranges::find(groups_, group);
    if (found != groups_.end())
      served.push_back(static_cast<std::uint16_t>(found - groups_.begin()));
  }
  const auto chosen = queue::next_for_window(policies_, lines_, served, now, reserved_in_row);
  if (!chosen) return std::nullopt;
  const auto& choice = chosen->choice;
  return Next{lines_[chosen->group].people()[choice.index].id, choice.reason,
              choice.breaks_promise};
}

std::vector<std::int64_t> WaitingLines::in_order(Instant now) const {
  std::vector<std::int64_t> legs;
  for (std::size_t i = 0; i < lines_.size(); ++i)
    for (const std::size_t index : policies_[i].order(lines_[i], now))
      legs.push_back(lines_[i].people()[index].id);
  return legs;
}

std::vector<std::int64_t> WaitingLines::passed_by(const LegRow& called) const {
  const auto service = std::ranges::find(services_, ServiceId(called.service));
  if (service == services_.end()) return {};
  queue::Person person;
  person.id = called.id;
  person.ready_at = called.ready_at;
  person.service = static_cast<std::uint16_t>(service - services_.begin());
  std::vector<std::int64_t> legs;
  for (const auto& line : lines_)
    for (const auto& other : line.people())
      if (queue::is_passed_by(other, person)) legs.push_back(other.id);
  return legs;
}

}  // namespace matanai::floor
