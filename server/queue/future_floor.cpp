#include "server/queue/future_floor.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

#include "server/queue/call_by_ready.hpp"

namespace matanai::queue {
namespace {

constexpr Millis kLookAgain{15000};         // for rules that refuse people now and take them later
constexpr std::size_t kNormalCells = 1024;  // of the time at which people come
constexpr double kMillisPerHour = 3'600'000;

Millis scaled(Millis time, double by) {  // not below 0
  return Millis(static_cast<std::int64_t>(static_cast<double>(time.count()) * by + 0.5));
}

// What a future asks of a line, for both kinds of them.
std::size_t id_at(const Line& line, std::size_t place) {
  return static_cast<std::size_t>(line.people()[place].id);
}
std::uint16_t service_at(const Line& line, std::size_t place) {
  return line.people()[place].service;
}
bool has_slot_at(const Line& line, std::size_t place) { return line.people()[place].has_slot(); }
std::optional<Choice> choose(const CallPolicy& policy, const Line& line, Instant now, int in_row) {
  return policy.choose(line, now, in_row);
}
std::size_t id_at(const FlatLine& line, std::size_t place) { return line.id_at(place); }
std::uint16_t service_at(const FlatLine& line, std::size_t place) { return line.service_at(place); }
bool has_slot_at(const FlatLine& line, std::size_t place) { return line.has_slot_at(place); }
std::optional<Choice> choose(const CallPolicy& policy, const FlatLine& line, Instant now, int) {
  if (line.empty()) return std::nullopt;
  if (line.has_returned()) return Choice{line.first_returned(), OrderReason::returned};
  return choose_by_ready(policy.rules(), line, now);
}

Stream luck_of(std::uint64_t seed, std::uint64_t kind, std::int64_t id, Purpose purpose) {
  return stream(seed, kind, static_cast<std::uint64_t>(id), purpose);
}

}  // namespace

FutureFloor::FutureFloor(OfficeModel model, std::uint64_t seed, const Punctuality& punctuality)
    : model_(std::move(model)), seed_(seed), punctuality_(punctuality) {
  for (const auto& service : model_.services) tables_.emplace_back(service.time);
  for (std::size_t i = 0; i < kNormalCells; ++i)
    normal_.push_back(normal_quantile((static_cast<double>(i) + 0.5) / double{kNormalCells}));
}

void FutureFloor::prepare(const FloorNow& floor) {
  floor_ = &floor;
  lucks_.clear();
  services_.clear();
  start_.resize(model_.groups.size());
  // Ids become the subjects' numbers, which keeps the order of each line.
  const auto add = [&](Person person, std::uint64_t kind, std::size_t group) {
    lucks_.push_back(luck_of(seed_, kind, person.id, Purpose::service_time));
    services_.push_back(person.service);
    person.id = static_cast<std::int64_t>(lucks_.size() - 1);
    start_[group].insert(person);
  };
  for (auto& line : start_) line.clear();
  for (std::size_t group = 0; group < floor.lines.size(); ++group)
    for (const auto& person : floor.lines[group].people()) add(person, 0, group);
  waiting_ = lucks_.size();
  for (std::size_t i = 0; i < model_.services.size(); ++i) {
    Person newcomer;
    newcomer.id = static_cast<std::int64_t>(i);
    newcomer.arrival = newcomer.ready_at = floor.now;
    newcomer.service = static_cast<std::uint16_t>(i);
    newcomer.mean_service = tables_[i].mean();
    add(newcomer, 1, model_.services[i].group);
  }
  prepare_to_come();
  prepare_flat();
}

void FutureFloor::prepare_flat() {
  is_flat_ = std::ranges::all_of(model_.policies, &CallPolicy::goes_by_ready);
  if (!is_flat_) return;
  flat_start_.clear();
  for (std::size_t group = 0; group < start_.size(); ++group) {
    const auto& rules = model_.policies[group].rules();
    flat_start_.emplace_back(floor_->now, rules.has_guarantees ? rules.max_passed : 0);
    for (const auto& person : start_[group].people()) flat_start_[group].insert(person);
  }
}

// Whoever is still to come has not come before now, which tells something about whether they will.
void FutureFloor::prepare_to_come() {
  to_come_.clear();
  for (const auto& reservation : floor_->reservations) {
    const double late = static_cast<double>((floor_->now - reservation.slot).count()) / 60000;
    const double already =
        normal_cdf((late - punctuality_.mean_minutes) / punctuality_.deviation_minutes);
    const double shows = reservation.show_probability * (1 - already);
    const double share = shows / (shows + 1 - reservation.show_probability + 1e-12);
    to_come_.push_back({reservation, share, already, lucks_.size(),
                        luck_of(seed_, 0, reservation.id, Purpose::no_show),
                        luck_of(seed_, 0, reservation.id, Purpose::punctuality)});
    lucks_.push_back(luck_of(seed_, 0, reservation.id, Purpose::service_time));
    services_.push_back(reservation.service);
  }
  walk_ins_per_ms_ = 0;
  for (const double rate : floor_->walk_ins_per_hour) walk_ins_per_ms_ += rate / kMillisPerHour;
}

void FutureFloor::play(int future, std::span<std::int32_t> calls) {
  future_ = static_cast<std::uint64_t>(future);
  reserved_in_row_ = floor_->reserved_in_row;
  open_subjects_ = subjects();
  std::ranges::fill(calls, kNotCalled);
  start_windows();
  draw_durations();
  draw_reservations();
  walk_in_luck_ = stream(seed_, future_, 0, Purpose::arrival);
  walk_in_.at = floor_->now;
  walk_ins_ = 0;
  draw_walk_in();
  if (is_flat_) {
    flat_lines_ = flat_start_;
    play_on(flat_lines_, calls);
  } else {
    lines_ = start_;
    play_on(lines_, calls);
  }
}

template <class AnyLine>
void FutureFloor::play_on(std::vector<AnyLine>& lines, std::span<std::int32_t> calls) {
  for (std::size_t i = 0; i < windows_.size(); ++i)
    if (due_[i] <= floor_->now) call_for(i, lines, floor_->now, calls);
  while (open_subjects_ > 0) {
    const auto due = std::ranges::min_element(due_);
    const Instant next = due == due_.end() ? kNever : *due;
    const Instant arrival = std::min(
        next_arrival_ < arrivals_.size() ? arrivals_[next_arrival_].at : kNever, walk_in_.at);
    if (next <= arrival) {
      if (next == kNever) return;
      call_for(static_cast<std::size_t>(due - due_.begin()), lines, next, calls);
    } else {
      if (next == kNever && idle_ == 0) return;  // everything has closed
      admit(lines, arrival);
      for (std::size_t i = 0; i < windows_.size() && idle_ > 0; ++i)
        if (windows_[i].is_idle) call_for(i, lines, arrival, calls);
    }
  }
}

Instant FutureFloor::opening(std::size_t window, Instant from) {
  auto& place = windows_[window].interval;
  const auto& hours = *windows_[window].open;
  while (place < hours.size() && hours[place].until <= from) ++place;
  return place < hours.size() ? std::max(from, hours[place].from) : kNever;
}

// When a window that has somebody was to close, one of its pool that is free closes in its place
// (WindowModel::pool): they exchange their hours.
void FutureFloor::close_in_place_of(std::size_t window, Instant now) {
  const int pool = windows_[window].pool;
  if (pool == 0) return;
  for (std::size_t i = 0; i < windows_.size(); ++i) {
    Window& other = windows_[i];
    if (!other.is_busy || other.pool != pool) continue;
    if (other.interval >= other.open->size() || (*other.open)[other.interval].until > now) continue;
    Window& own = windows_[window];
    std::swap(own.open, other.open);
    std::swap(own.interval, other.interval);
    if (opening(window, now) > now) return;
  }
}

void FutureFloor::start_windows() {
  windows_.resize(floor_->windows.size());
  due_.resize(windows_.size());
  idle_ = 0;
  for (std::size_t i = 0; i < windows_.size(); ++i) {
    const auto& window = floor_->windows[i];
    windows_[i].open = &window.window.open;
    windows_[i].groups = window.window.groups;
    windows_[i].pool = window.window.pool;
    windows_[i].interval = 0;
    windows_[i].is_busy = window.is_busy;
    windows_[i].is_idle = false;
    Instant free = floor_->now;
    if (window.is_busy) {
      const auto& table = tables_[window.service];
      // Keyed as the person's own service time was, when known: the luck of somebody who was called
      // does not change by it.
      const auto id = window.person != 0 ? window.person : -1 - static_cast<std::int64_t>(i);
      const double u = luck_of(seed_, 0, id, Purpose::service_time).uniform_after(future_);
      const Millis elapsed = std::max(Millis(0), floor_->now - window.since);
      if (window.is_started) {
        const Millis usual = scaled(elapsed, 1 / floor_->pace);
        free += scaled(table.rest(usual, table.share_below(usual), u), floor_->pace);
      } else {
        free += std::max(Millis(0), model_.way - elapsed) + scaled(table.at(u), floor_->pace);
      }
    }
    due_[i] = window.is_busy ? free : opening(i, free);
  }
}

void FutureFloor::draw_reservations() {
  arrivals_.clear();
  next_arrival_ = 0;
  for (const auto& coming : to_come_) {
    if (coming.show.uniform_after(future_) >= coming.share) continue;
    const double u =
        coming.already + (1 - coming.already) * coming.punctuality.uniform_after(future_);
    const double minutes =
        punctuality_.mean_minutes + punctuality_.deviation_minutes *
                                        normal_[static_cast<std::size_t>(u * double{kNormalCells})];
    const auto& slot = coming.reservation.slot;
    Arrival arrival;
    arrival.at = std::max(
        {floor_->now, slot - punctuality_.opens, slot + Millis(std::llround(minutes * 60000))});
    Person& person = arrival.person;
    person.id = static_cast<std::int64_t>(coming.subject);
    person.arrival = person.ready_at = arrival.at;
    person.service = coming.reservation.service;
    person.mean_service = tables_[person.service].mean();
    if (arrival.at <= slot + punctuality_.late) {
      person.slot = slot;
      const auto readiness = ready_time(arrival.at, slot, false, {});
      person.ready_at = readiness.ready_at;
      person.reason = readiness.reason;
    }
    arrivals_.push_back(arrival);
  }
  std::ranges::sort(arrivals_, {}, [](const Arrival& a) { return std::pair(a.at, a.person.id); });
}

// The next of a Poisson stream of all services, whose kind is drawn by their rates.
void FutureFloor::draw_walk_in() {
  if (walk_ins_per_ms_ <= 0) {
    walk_in_.at = kNever;
    return;
  }
  walk_in_.at += Millis(1 + std::llround(walk_in_luck_.exponential() / walk_ins_per_ms_));
  double left = walk_in_luck_.uniform() * walk_ins_per_ms_ * kMillisPerHour;
  std::uint16_t service = 0;
  while (service + 1U < floor_->walk_ins_per_hour.size() &&
         left >= floor_->walk_ins_per_hour[service])
    left -= floor_->walk_ins_per_hour[service++];
  Person& person = walk_in_.person;
  person.id = static_cast<std::int64_t>(lucks_.size()) + walk_ins_++;
  person.arrival = person.ready_at = walk_in_.at;
  person.service = service;
  person.mean_service = tables_[service].mean();
}

template <class AnyLine>
void FutureFloor::admit(std::vector<AnyLine>& lines, Instant now) {
  const auto let_in = [&](const Person& person) {
    lines[model_.services[person.service].group].insert(person);
  };
  while (next_arrival_ < arrivals_.size() && arrivals_[next_arrival_].at <= now)
    let_in(arrivals_[next_arrival_++].person);
  for (; walk_in_.at <= now; draw_walk_in()) let_in(walk_in_.person);
}

// All at once, so that their look-ups do not wait for each other.
void FutureFloor::draw_durations() {
  durations_.resize(lucks_.size());
  for (std::size_t i = 0; i < lucks_.size(); ++i)
    durations_[i] =
        scaled(tables_[services_[i]].at(lucks_[i].uniform_after(future_)), floor_->pace);
}

Millis FutureFloor::duration_of(std::size_t subject, std::uint16_t service) {
  if (subject < durations_.size()) return durations_[subject];
  return scaled(tables_[service].at(walk_in_luck_.uniform()), floor_->pace);
}

// A window has nobody any more: it calls, if it is open and somebody may be called.
template <class AnyLine>
void FutureFloor::call_for(std::size_t window, std::vector<AnyLine>& lines, Instant now,
                           std::span<std::int32_t> calls) {
  Window& own = windows_[window];
  own.is_busy = false;
  if (own.is_idle) --idle_;
  own.is_idle = false;
  due_[window] = opening(window, now);
  if (due_[window] > now) return;
  if (own.pool != 0) {
    close_in_place_of(window, now);
    due_[window] = opening(window, now);
    if (due_[window] > now) return;
  }
  own.is_busy = call_next(window, lines, now, calls);
  if (own.is_busy) return;
  own.is_idle = true;
  ++idle_;
  const bool is_refused =
      std::ranges::any_of(own.groups, [&](std::uint16_t group) { return !lines[group].empty(); });
  due_[window] = is_refused ? now + kLookAgain : kNever;
}

// A newcomer who is called is only noted, as nobody has come yet. False: nobody to call.
template <class AnyLine>
bool FutureFloor::call_next(std::size_t window, std::vector<AnyLine>& lines, Instant now,
                            std::span<std::int32_t> calls) {
  while (open_subjects_ > 0) {
    const auto chosen = choose_among_groups(
        windows_[window].groups, [&](std::uint16_t group) { return lines[group].has_returned(); },
        [&](std::uint16_t group) {
          return choose(model_.policies[group], lines[group], now, reserved_in_row_);
        });
    if (!chosen) return false;
    AnyLine& line = lines[chosen->group];
    const std::size_t place = chosen->choice.index;
    const std::size_t id = id_at(line, place);
    if (id < subjects()) {
      calls[id] = static_cast<std::int32_t>((now - floor_->now).count());
      --open_subjects_;
    }
    if (id >= waiting_ && id < subjects()) {
      line.remove(place);
      continue;
    }
    reserved_in_row_ = has_slot_at(line, place) ? reserved_in_row_ + 1 : 0;
    due_[window] = now + model_.way + duration_of(id, service_at(line, place));
    line.call(place);
    return true;
  }
  return false;
}

template <class AnyLine>
void FutureFloor::count_ahead_in(std::vector<AnyLine> lines, std::span<int> ahead) const {
  for (std::size_t group = 0; group < lines.size(); ++group) {
    AnyLine& line = lines[group];
    int count = 0;
    while (const auto chosen = choose(model_.policies[group], line, floor_->now, 0)) {
      const std::size_t id = id_at(line, chosen->index);
      ahead[id] = count;
      if (id < waiting_) ++count;
      line.call(chosen->index);
    }
    // Whom the rule refuses now come last, in the line's order.
    for (; !line.empty(); line.remove(line.front())) ahead[id_at(line, line.front())] = count++;
  }
}

void FutureFloor::count_ahead(std::span<int> ahead) const {
  if (is_flat_) return count_ahead_in(flat_start_, ahead);
  count_ahead_in(start_, ahead);
}

}  // namespace matanai::queue
