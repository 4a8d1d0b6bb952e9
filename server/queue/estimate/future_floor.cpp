#include "server/queue/estimate/future_floor.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

#include "server/queue/policy/call_by_ready.hpp"

namespace matanai::queue {
namespace {

constexpr Millis kLookAgain{15000};         // for rules that refuse people now and take them later
constexpr std::size_t kNormalCells = 1024;  // of the time at which people come
constexpr double kMillisPerHour = 3'600'000;

Millis scaled(Millis time, double by) {  // not below 0
  return Millis(static_cast<std::int64_t>(static_cast<double>(time.count()) * by + 0.5));
}

Millis minutes_of(double minutes) { return Millis(std::llround(minutes * 60000)); }

// How many of each line would be called before each subject if all were called at `now`; the
// first `waiting` ids are people.
template <class AnyLine>
void count_ahead_in(std::vector<AnyLine> lines, Instant now, std::size_t waiting,
                    std::span<int> ahead) {
  for (AnyLine& line : lines) {
    int count = 0;
    while (const auto chosen = line.choose(now, 0)) {
      const std::size_t id = line.id_at(chosen->index);
      ahead[id] = count;
      if (id < waiting) ++count;
      line.call(chosen->index);
    }
    // Whom the rule refuses now come last, in the line's order.
    for (; !line.empty(); line.remove(line.front())) ahead[line.id_at(line.front())] = count++;
  }
}

Stream luck_of(std::uint64_t seed, std::uint64_t kind, std::int64_t id, Purpose purpose) {
  return stream(seed, kind, static_cast<std::uint64_t>(id), purpose);
}

}  // namespace

FutureFloor::FutureFloor(OfficeModel model, std::uint64_t seed, const Punctuality& punctuality)
    : model_(std::move(model)), seed_(seed), punctuality_(punctuality) {
  is_flat_ = std::ranges::all_of(model_.policies, &CallPolicy::goes_by_ready);
  for (const auto& service : model_.services) tables_.emplace_back(service.time);
  for (std::size_t i = 0; i < kNormalCells; ++i)
    off_slot_.push_back(
        minutes_of(punctuality.mean_minutes +
                   punctuality.deviation_minutes *
                       normal_quantile((static_cast<double>(i) + 0.5) / double{kNormalCells})));
}

void FutureFloor::prepare(const FloorNow& floor) {
  floor_ = &floor;
  lucks_.clear();
  start_.clear();
  flat_start_.clear();
  for (const auto& policy : model_.policies) {
    if (is_flat_) flat_start_.emplace_back(floor.now, policy.rules());
    if (!is_flat_) start_.emplace_back(policy);
  }
  // Ids become the subjects' numbers, which keeps the order of each line.
  const auto add = [&](Person person, std::uint64_t kind, std::size_t group) {
    lucks_.push_back(
        {luck_of(seed_, kind, person.id, Purpose::service_time), &tables_[person.service]});
    person.id = static_cast<std::int64_t>(lucks_.size() - 1);
    if (is_flat_) flat_start_[group].insert(person);
    if (!is_flat_) start_[group].insert(person);
  };
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
  for (const auto& visitor : floor.visitors)
    add(visitor, 1, model_.services[visitor.service].group);
  subjects_ = lucks_.size();
  prepare_to_come();
  prepare_windows();
  for (auto& line : flat_start_) line.reserve(lucks_.size());
  flat_lines_ = flat_start_;
  lines_ = start_;
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
    const Instant earliest = std::max<Instant>(floor_->now, reservation.slot - punctuality_.opens);
    to_come_.push_back({reservation, share, already, earliest, lucks_.size(),
                        luck_of(seed_, 0, reservation.id, Purpose::no_show),
                        luck_of(seed_, 0, reservation.id, Purpose::punctuality)});
    lucks_.push_back(
        {luck_of(seed_, 0, reservation.id, Purpose::service_time), &tables_[reservation.service]});
  }
  walk_ins_per_ms_ = 0;
  for (const double rate : floor_->walk_ins_per_hour) walk_ins_per_ms_ += rate / kMillisPerHour;
}

void FutureFloor::play(int future, std::span<std::int32_t> calls) {
  future_ = static_cast<std::uint64_t>(future);
  reserved_in_row_ = floor_->reserved_in_row;
  open_subjects_ = subjects();
  std::ranges::fill(calls, kNotCalled);
  draw_windows();
  draw_durations();
  draw_reservations();
  walk_in_luck_ = stream(seed_, future_, 0, Purpose::arrival);
  walk_in_.arrival = floor_->now;
  walk_ins_ = 0;
  draw_walk_in();
  for (std::size_t i = 0; i < flat_lines_.size(); ++i) flat_lines_[i].return_to(flat_start_[i]);
  for (std::size_t i = 0; i < lines_.size(); ++i) lines_[i].return_to(start_[i]);
  if (is_flat_) return play_on(std::span(flat_lines_), calls);
  play_on(std::span(lines_), calls);
}

template <class AnyLine>
void FutureFloor::play_on(std::span<AnyLine> lines, std::span<std::int32_t> calls) {
  while (open_subjects_ > 0) {
    // Without a branch: which of two is due first cannot be predicted.
    Window* first = nullptr;
    Instant due = kNever;
    for (Window& window : windows_) {
      first = window.due < due ? &window : first;
      due = std::min(due, window.due);
    }
    const Instant arrival = std::min(next_->at, walk_in_.arrival);
    if (first != nullptr && due <= arrival) {
      call_for(*first, lines, due, calls);
      continue;
    }
    if (arrival == kNever || (first == nullptr && idle_ == 0)) return;  // everything has closed
    admit(lines, arrival);
    if (idle_ == 0) continue;
    for (Window& window : windows_)
      if (window.is_idle) window.due = arrival;
  }
}

// Now, or when it opens next.
Instant FutureFloor::opening(Window& window, Instant from) {
  while (!window.open.empty() && window.open.front().until <= from)
    window.open = window.open.subspan(1);
  return window.open.empty() ? kNever : std::max(from, window.open.front().from);
}

// When a window that has somebody was to close, one of its pool that is free closes in its place
// (WindowModel::pool): they exchange their hours.
void FutureFloor::close_in_place_of(Window& own, Instant now) {
  for (Window& other : windows_) {
    if (!other.is_busy || other.pool != own.pool) continue;
    if (other.open.empty() || other.open.front().until > now) continue;
    std::swap(own.open, other.open);
    if (opening(own, now) > now) return;
  }
}

void FutureFloor::prepare_windows() {
  windows_start_.clear();
  in_service_.clear();
  for (std::size_t i = 0; i < floor_->windows.size(); ++i) {
    const WindowNow& window = floor_->windows[i];
    windows_start_.push_back({kNever, window.is_busy, false, window.window.pool, window.window.open,
                              window.window.groups});
    Service service;
    // Keyed as the person's own service time was, when known: the luck of somebody who was called
    // does not change by it.
    const auto id = window.person != 0 ? window.person : -1 - static_cast<std::int64_t>(i);
    service.luck = {luck_of(seed_, 0, id, Purpose::service_time), &tables_[window.service]};
    const Millis elapsed = std::max(Millis(0), floor_->now - window.since);
    if (window.is_started) {
      service.elapsed = scaled(elapsed, 1 / floor_->pace);
      service.share_before = tables_[window.service].share_below(service.elapsed);
    } else {
      service.way = std::max(Millis(0), model_.way - elapsed);
    }
    in_service_.push_back(service);
  }
}

void FutureFloor::draw_windows() {
  windows_ = windows_start_;
  idle_ = 0;
  for (std::size_t i = 0; i < windows_.size(); ++i) {
    if (!windows_[i].is_busy) {
      windows_[i].due = opening(windows_[i], floor_->now);
      continue;
    }
    const auto& [luck, elapsed, share_before, way] = in_service_[i];
    const Millis rest = luck.table->rest(elapsed, share_before, luck.stream.uniform_after(future_));
    windows_[i].due = floor_->now + way + scaled(rest, floor_->pace);
  }
}

void FutureFloor::draw_reservations() {
  arrivals_.resize(to_come_.size() + 1);
  Arrival* end = arrivals_.data();
  for (const ToCome& coming : to_come_) {
    const double u =
        coming.already + (1 - coming.already) * coming.punctuality.uniform_after(future_);
    const auto cell = static_cast<std::size_t>(u * double{kNormalCells});
    const Instant at = coming.reservation.slot + off_slot_[std::min(cell, kNormalCells - 1)];
    *end = {std::max(coming.earliest, at), &coming};
    end += coming.show.uniform_after(future_) < coming.share ? 1 : 0;
  }
  // By insertion: they come about in the order of their slots.
  for (Arrival* next = arrivals_.data(); next != end; ++next) {
    const Arrival moved = *next;
    Arrival* gap = next;
    for (; gap != arrivals_.data() && moved.at < gap[-1].at; --gap) *gap = gap[-1];
    *gap = moved;
  }
  end->at = kNever;
  next_ = arrivals_.data();
}

Person FutureFloor::person_of(const Arrival& arrival) const {
  const ToCome& coming = *arrival.coming;
  Person person;
  person.id = static_cast<std::int64_t>(coming.subject);
  person.arrival = person.ready_at = arrival.at;
  person.service = coming.reservation.service;
  person.mean_service = tables_[person.service].mean();
  if (arrival.at <= coming.reservation.slot + punctuality_.late) {
    person.slot = coming.reservation.slot;
    const auto readiness = ready_time(arrival.at, person.slot, false, {});
    person.ready_at = readiness.ready_at;
    person.reason = readiness.reason;
  }
  return person;
}

// The next of a Poisson stream of all services, whose kind is drawn by their rates.
void FutureFloor::draw_walk_in() {
  if (walk_ins_per_ms_ <= 0) {
    walk_in_.arrival = kNever;
    return;
  }
  walk_in_.arrival += Millis(1 + std::llround(walk_in_luck_.exponential() / walk_ins_per_ms_));
  double left = walk_in_luck_.uniform() * walk_ins_per_ms_ * kMillisPerHour;
  std::uint16_t service = 0;
  while (service + 1U < floor_->walk_ins_per_hour.size() &&
         left >= floor_->walk_ins_per_hour[service])
    left -= floor_->walk_ins_per_hour[service++];
  walk_in_.id = static_cast<std::int64_t>(lucks_.size()) + walk_ins_++;
  walk_in_.ready_at = walk_in_.arrival;
  walk_in_.service = service;
  walk_in_.mean_service = tables_[service].mean();
}

template <class AnyLine>
void FutureFloor::admit(std::span<AnyLine> lines, Instant now) {
  const auto let_in = [&](const Person& person) {
    lines[model_.services[person.service].group].insert(person);
  };
  for (; next_->at <= now; ++next_) let_in(person_of(*next_));
  for (; walk_in_.arrival <= now; draw_walk_in()) let_in(walk_in_);
}

// All at once, so that their look-ups do not wait for each other.
void FutureFloor::draw_durations() {
  durations_.resize(lucks_.size());
  auto* duration = durations_.data();
  for (const Luck& luck : lucks_)
    *duration++ = scaled(luck.table->at_bits(luck.stream.bits_after(future_)), floor_->pace);
}

Millis FutureFloor::duration_of(std::size_t subject, std::uint16_t service) {
  if (subject < durations_.size()) return durations_[subject];
  return scaled(tables_[service].at(walk_in_luck_.uniform()), floor_->pace);
}

// A window has nobody any more: it calls, if it is open and somebody may be called.
template <class AnyLine>
void FutureFloor::call_for(Window& own, std::span<AnyLine> lines, Instant now,
                           std::span<std::int32_t> calls) {
  own.is_busy = false;
  if (own.is_idle) --idle_;
  own.is_idle = false;
  own.due = opening(own, now);
  if (own.due > now) return;
  if (own.pool != 0) {
    close_in_place_of(own, now);
    own.due = opening(own, now);
    if (own.due > now) return;
  }
  own.is_busy = call_next(own, lines, now, calls);
  if (own.is_busy) return;
  own.is_idle = true;
  ++idle_;
  const bool is_refused =
      std::ranges::any_of(own.groups, [&](std::uint16_t group) { return !lines[group].empty(); });
  own.due = is_refused ? now + kLookAgain : kNever;
}

// A newcomer or visitor who is called is only noted, as nobody has come yet. False: nobody to call.
template <class AnyLine>
bool FutureFloor::call_next(Window& own, std::span<AnyLine> lines, Instant now,
                            std::span<std::int32_t> calls) {
  while (open_subjects_ > 0) {
    const auto chosen = choose_among_groups(
        own.groups, [&](std::uint16_t group) { return lines[group].has_returned(); },
        [&](std::uint16_t group)
            __attribute__((always_inline)) { return lines[group].choose(now, reserved_in_row_); });
    if (!chosen) return false;
    AnyLine& line = lines[chosen->group];
    const std::size_t place = chosen->choice.index;
    const std::size_t id = line.id_at(place);
    if (id < calls.size()) {
      calls[id] = static_cast<std::int32_t>((now - floor_->now).count());
      --open_subjects_;
      if (id >= waiting_) {
        line.remove(place);
        continue;
      }
    }
    reserved_in_row_ = line.has_slot_at(place) ? reserved_in_row_ + 1 : 0;
    own.due = now + model_.way + duration_of(id, line.service_at(place));
    line.call(place);
    return true;
  }
  return false;
}

void FutureFloor::count_ahead(std::span<int> ahead) const {
  if (is_flat_) return count_ahead_in(flat_start_, floor_->now, waiting_, ahead);
  count_ahead_in(start_, floor_->now, waiting_, ahead);
}

}  // namespace matanai::queue
