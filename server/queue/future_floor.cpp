#include "server/queue/future_floor.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

namespace matanai::queue {
namespace {

constexpr Millis kLookAgain{15000};  // for rules that refuse people now and take them later
constexpr double kMillisPerHour = 3'600'000;

Millis scaled(Millis time, double by) {
  return Millis(std::llround(static_cast<double>(time.count()) * by));
}

Stream luck_of(std::uint64_t seed, std::uint64_t kind, std::int64_t id, Purpose purpose) {
  return stream(seed, kind, static_cast<std::uint64_t>(id), purpose);
}

}  // namespace

FutureFloor::FutureFloor(OfficeModel model, std::uint64_t seed, const Punctuality& punctuality)
    : model_(std::move(model)), seed_(seed), punctuality_(punctuality) {
  for (const auto& service : model_.services) tables_.emplace_back(service.time);
}

void FutureFloor::prepare(const FloorNow& floor) {
  floor_ = &floor;
  lucks_.clear();
  start_.resize(model_.groups.size());
  // Ids become the subjects' numbers, which keeps the order of each line.
  const auto add = [&](Person person, std::uint64_t kind, std::size_t group) {
    lucks_.push_back(luck_of(seed_, kind, person.id, Purpose::service_time));
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
  }
  walk_ins_per_ms_ = 0;
  for (const double rate : floor_->walk_ins_per_hour) walk_ins_per_ms_ += rate / kMillisPerHour;
}

void FutureFloor::play(int future, std::span<std::int32_t> calls) {
  future_ = static_cast<std::uint64_t>(future);
  lines_ = start_;
  reserved_in_row_ = floor_->reserved_in_row;
  open_subjects_ = subjects();
  std::ranges::fill(calls, kNotCalled);
  start_windows();
  draw_reservations();
  walk_in_luck_ = stream(seed_, future_, 0, Purpose::arrival);
  walk_in_.at = floor_->now;
  draw_walk_in();
  Instant now = floor_->now;
  while (open_subjects_ > 0 && now != kNever) {
    admit(now);
    const bool somebody_refused = call_all(now, calls);
    now = next_event(now, somebody_refused);
  }
}

Instant FutureFloor::opening(std::size_t window, Instant from) {
  auto& place = windows_[window].interval;
  const auto& open = floor_->windows[window].window.open;
  while (place < open.size() && open[place].until <= from) ++place;
  return place < open.size() ? std::max(from, open[place].from) : kNever;
}

void FutureFloor::start_windows() {
  windows_.resize(floor_->windows.size());
  for (std::size_t i = 0; i < windows_.size(); ++i) {
    const auto& window = floor_->windows[i];
    windows_[i].interval = 0;
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
    windows_[i].available = opening(i, free);
  }
}

void FutureFloor::draw_reservations() {
  arrivals_.clear();
  next_arrival_ = 0;
  for (const auto& coming : to_come_) {
    if (coming.show.uniform_after(future_) >= coming.share) continue;
    const double u =
        coming.already + (1 - coming.already) * coming.punctuality.uniform_after(future_);
    const double minutes = punctuality_.mean_minutes +
                           punctuality_.deviation_minutes * normal_quantile(std::min(u, 1 - 1e-9));
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
  person.id = std::numeric_limits<std::int64_t>::max();
  person.arrival = person.ready_at = walk_in_.at;
  person.service = service;
  person.mean_service = tables_[service].mean();
}

void FutureFloor::admit(Instant now) {
  const auto let_in = [&](const Person& person) {
    lines_[model_.services[person.service].group].insert(person);
  };
  while (next_arrival_ < arrivals_.size() && arrivals_[next_arrival_].at <= now)
    let_in(arrivals_[next_arrival_++].person);
  for (; walk_in_.at <= now; draw_walk_in()) let_in(walk_in_.person);
}

Millis FutureFloor::duration_of(const Person& person) {
  const auto& table = tables_[person.service];
  const auto subject = static_cast<std::size_t>(person.id);
  const double u =
      subject < lucks_.size() ? lucks_[subject].uniform_after(future_) : walk_in_luck_.uniform();
  return scaled(table.at(u), floor_->pace);
}

// Calls for one free window; a newcomer who is called is only noted, as nobody has come yet.
FutureFloor::Called FutureFloor::call_for(std::size_t window, Instant now,
                                          std::span<std::int32_t> calls) {
  const auto& groups = floor_->windows[window].window.groups;
  while (open_subjects_ > 0) {
    const auto chosen = next_for_window(model_.policies, lines_, groups, now, reserved_in_row_);
    if (!chosen) {
      const bool is_empty =
          std::ranges::all_of(groups, [&](std::uint16_t group) { return lines_[group].empty(); });
      return is_empty ? Called::nobody_here : Called::refused;
    }
    Line& line = lines_[chosen->group];
    const auto id = static_cast<std::size_t>(line.people()[chosen->choice.index].id);
    if (id < subjects()) {
      calls[id] = static_cast<std::int32_t>((now - floor_->now).count());
      --open_subjects_;
    }
    if (id >= waiting_ && id < subjects()) {
      line.remove(chosen->choice.index);
      continue;
    }
    const Person person = line.call(chosen->choice.index);
    reserved_in_row_ = person.has_slot() ? reserved_in_row_ + 1 : 0;
    windows_[window].available = opening(window, now + model_.way + duration_of(person));
    return Called::somebody;
  }
  return Called::nobody_here;
}

bool FutureFloor::call_all(Instant now, std::span<std::int32_t> calls) {
  bool somebody_refused = false;
  for (std::size_t i = 0; i < windows_.size(); ++i) {
    if (windows_[i].available > now) continue;
    windows_[i].available = opening(i, now);
    if (windows_[i].available > now) continue;
    somebody_refused |= call_for(i, now, calls) == Called::refused;
  }
  return somebody_refused;
}

Instant FutureFloor::next_event(Instant now, bool somebody_refused) const {
  Instant next = somebody_refused ? now + kLookAgain : kNever;
  bool all_closed = true;
  for (const auto& window : windows_) {
    all_closed = all_closed && window.available == kNever;
    if (window.available > now) next = std::min(next, window.available);
  }
  if (all_closed) return kNever;
  if (next_arrival_ < arrivals_.size()) next = std::min(next, arrivals_[next_arrival_].at);
  return std::min(next, walk_in_.at);
}

void FutureFloor::count_ahead(std::span<int> ahead) const {
  for (std::size_t group = 0; group < start_.size(); ++group) {
    int count = 0;
    for (const std::size_t index : model_.policies[group].order(start_[group], floor_->now)) {
      const auto id = static_cast<std::size_t>(start_[group].people()[index].id);
      ahead[id] = count;
      if (id < waiting_) ++count;
    }
  }
}

}  // namespace matanai::queue
