#include "server/queue/day/office_day.hpp"

#include <algorithm>

namespace matanai::queue {
namespace {

constexpr std::uint16_t kMostStops = 8;  // transfers in a circle end

Instant first_opening(std::span<const WindowModel> windows) {
  Instant first = kNever;
  for (const auto& window : windows)
    if (!window.open.empty()) first = std::min(first, window.open.front().from);
  return first == kNever ? Instant(Millis(0)) : first;
}

// Windows open at the last closing stay until the end of all things; nobody new comes then.
void keep_last_open(std::vector<WindowModel>& windows) {
  Instant last{Millis(0)};
  for (const auto& window : windows)
    if (!window.open.empty()) last = std::max(last, window.open.back().until);
  for (auto& window : windows)
    if (!window.open.empty() && window.open.back().until == last) window.open.back().until = kNever;
}

}  // namespace

OfficeDay::OfficeDay(const OfficeModel& office, const DemandModel& demand, DayRules rules,
                     Promise promise)
    : office_(&office),
      arrivals_(office, demand),
      rules_(rules),
      promise_(std::move(promise)),
      run_(office) {}

const DayRecord& OfficeDay::run(std::span<const WindowModel> windows, std::uint64_t seed,
                                std::uint64_t day, const DayKind& kind) {
  arrivals_.draw(seed, day, kind, drawn_);
  return run(windows, drawn_, seed, day);
}

const DayRecord& OfficeDay::run(std::span<const WindowModel> windows,
                                std::span<const Visitor> visitors, std::uint64_t seed,
                                std::uint64_t day) {
  seed_ = seed;
  day_ = day;
  visitors_ = visitors;
  next_ = 0;
  record_.visits.clear();
  visitor_of_.clear();
  windows_.assign(windows.begin(), windows.end());
  if (rules_.serves_all) keep_last_open(windows_);
  visit_at_.assign(windows_.size(), 0);
  Instant from = first_opening(windows_);
  if (!visitors.empty()) from = std::min(from, visitors.front().arrival);
  record_.last_finished = from;
  run_.begin(windows_, from);
  if (promise_) run_.floor().reservations = arrivals_.booked();
  run_.run(*this);
  return record_;
}

Instant OfficeDay::next_arrival() const {
  return next_ < visitors_.size() ? visitors_[next_].arrival : kNever;
}

void OfficeDay::arrive(FloorRun&) {
  const Visitor& visitor = visitors_[next_++];
  const bool is_reserved = visitor.slot != kNever;
  const bool has_slot =
      is_reserved && visitor.arrival <= visitor.slot + arrivals_.demand().check_in_after;
  if (promise_ && is_reserved) {
    auto& coming = run_.floor().reservations;
    const auto same = std::ranges::find(coming, static_cast<std::int64_t>(visitor.number),
                                        &ReservationToCome::id);
    if (same != coming.end()) coming.erase(same);
  }
  Visit visit;
  visit.number = visitor.number;
  visit.arrival = visitor.arrival;
  visit.slot = visitor.slot;
  if (visitor.patience < kNever.time_since_epoch())
    visit.left =
        std::max(visitor.arrival, has_slot ? visitor.slot : visitor.arrival) + visitor.patience;
  visitor_of_.push_back(next_ - 1);
  join(visitor.service, visitor, visit, has_slot);
}

void OfficeDay::join(std::uint16_t service, const Visitor& visitor, Visit visit, bool has_slot) {
  const std::uint16_t group = office_->services[service].group;
  const auto slot = has_slot ? std::optional(visitor.slot) : std::nullopt;
  const auto readiness = ready_time(visit.arrival, slot, visitor.has_priority, rules_.head_starts);
  Person person;
  person.id = static_cast<std::int64_t>(record_.visits.size());
  person.arrival = visit.arrival;
  person.ready_at = readiness.ready_at;
  person.reason = readiness.reason;
  if (has_slot) person.slot = visitor.slot;
  person.service = service;
  person.mean_service =
      Millis(static_cast<std::int64_t>(office_->services[service].time.mean_minutes * 60000));
  if (promise_) person.latest = promise_(floor_as_seen(), group, person);
  visit.service = service;
  visit.ready_at = person.ready_at;
  visit.latest = person.latest;
  record_.visits.push_back(visit);
  run_.join(*this, group, person);
}

const FloorNow& OfficeDay::floor_as_seen() {
  FloorNow& floor = run_.floor();
  for (std::size_t w = 0; w < floor.windows.size(); ++w) {
    WindowNow& at = floor.windows[w];
    if (!at.is_busy) continue;
    const Visit& visit = record_.visits[visit_at_[w]];
    at.is_started = visit.started != kNever && visit.started <= floor.now;
    at.since = at.is_started ? visit.started : visit.called;
  }
  return floor;
}

Millis OfficeDay::called(const Person& person, const WindowChoice& choice, std::size_t window,
                         Instant now) {
  const auto index = static_cast<std::size_t>(person.id);
  Visit& visit = record_.visits[index];
  visit_at_[window] = index;
  visit.called = now;
  visit.window = static_cast<std::uint16_t>(window);
  visit.passed = person.passed;
  visit.reason = choice.choice.reason;
  visit.breaks_promise = choice.choice.breaks_promise;
  if (visit.left <= now) return rules_.absent_after;
  visit.left = kNever;
  const Visitor& visitor = visitors_[visitor_of_[index]];
  Millis duration = visitor.duration;
  if (visit.stop > 0) {
    auto random = stream(seed_, day_, visitor.number + (std::uint64_t{visit.stop} << 32U),
                         Purpose::service_time);
    duration = arrivals_.duration(visit.service, random.uniform());
  }
  visit.started = now + visitor.way;
  visit.finished = visit.started + duration;
  return visit.finished - now;
}

void OfficeDay::finished(FloorRun& run, std::size_t window) {
  const std::size_t index = visit_at_[window];
  const Visit& done = record_.visits[index];
  if (done.finished == kNever) return;  // was not there
  record_.last_finished = std::max(record_.last_finished, done.finished);
  const auto& transfers = arrivals_.demand().transfers;
  if (transfers.empty() || done.stop + 1 >= kMostStops) return;
  double u = stream(seed_, day_, done.number + (std::uint64_t{done.stop} << 32U), Purpose::transfer)
                 .uniform();
  for (const Transfer& transfer : transfers) {
    if (transfer.from != done.service || (u -= transfer.probability) >= 0) continue;
    Visit next;
    next.number = done.number;
    next.stop = static_cast<std::uint16_t>(done.stop + 1);
    next.arrival = run.floor().now;
    visitor_of_.push_back(visitor_of_[index]);
    join(transfer.to, visitors_[visitor_of_.back()], next, false);
    return;
  }
}

}  // namespace matanai::queue
