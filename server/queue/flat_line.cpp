#include "server/queue/flat_line.hpp"

namespace matanai::queue {
namespace {

template <class Column, class Value>
void insert_at(Column& column, std::size_t place, Value value) {
  column.insert(column.begin() + static_cast<std::ptrdiff_t>(place), value);
}

}  // namespace

std::int32_t FlatLine::flat(Instant time) const {
  constexpr std::int64_t kMost = std::numeric_limits<std::int32_t>::max();
  return static_cast<std::int32_t>(std::clamp((time - now_).count(), -kMost, kMost));
}

void FlatLine::insert_entry(std::vector<Entry>& entries, std::size_t first, Entry entry) {
  std::size_t at = entries.size();
  while (at > first &&
         (entries[at - 1].time > entry.time ||
          (entries[at - 1].time == entry.time && places_[entries[at - 1].id] != kGone &&
           places_[entries[at - 1].id] > places_[entry.id])))
    --at;
  insert_at(entries, at, entry);
}

void FlatLine::insert(const Person& person) {
  const auto id = static_cast<std::uint16_t>(person.id);
  const std::int32_t ready = flat(person.ready_at);
  std::size_t place = ids_.size();
  while (place > front_ &&
         (readies_[place - 1] > ready || (readies_[place - 1] == ready && ids_[place - 1] > id)))
    --place;
  for (std::size_t i = place; i < ids_.size(); ++i)
    if (services_[i] != kGone) ++places_[ids_[i]];
  insert_at(readies_, place, ready);
  insert_at(promises_, place, flat(person.latest));
  insert_at(services_, place, person.service);
  insert_at(passed_, place, person.passed);
  insert_at(ids_, place, id);
  if (id >= places_.size()) {
    places_.resize(id + 1U, kGone);
    has_slot_.resize(id + 1U, 0);
  }
  places_[id] = static_cast<std::uint16_t>(place);
  has_slot_[id] = person.has_slot() ? 1 : 0;
  if (person.has_slot()) insert_entry(by_slot_, first_slot_, {flat(person.slot), id});
  if (person.latest != kNever) insert_entry(by_promise_, first_promise_, {flat(person.latest), id});
  if (person.is_returned()) {
    returned_.push_back(id);
    ++returned_left_;
  }
  if (person.service >= held_.size()) held_.resize(person.service + 1U, kGone);
  if (max_passed_ > 0 && person.passed >= max_passed_) find_held(person.service, front_);
  ++size_;
}

void FlatLine::find_held(std::uint16_t service, std::size_t from) {
  held_[service] = kGone;
  for (std::size_t i = from; i < ids_.size(); ++i)
    if (services_[i] == service && passed_[i] >= max_passed_) {
      held_[service] = ids_[i];
      return;
    }
}

void FlatLine::call(std::size_t place) {
  if (place > front_ && max_passed_ > 0) {
    const std::uint16_t service = services_[place];
    const auto often = static_cast<std::uint16_t>(max_passed_);
    std::uint16_t somebody = 0;
    for (std::size_t i = front_; i < place; ++i) {
      const auto is_passed = static_cast<std::uint16_t>(services_[i] == service ? 1 : 0);
      passed_[i] = static_cast<std::uint16_t>(passed_[i] + is_passed);
      somebody = static_cast<std::uint16_t>(somebody | (passed_[i] >= often ? is_passed : 0));
    }
    if (somebody != 0) find_held(service, front_);
  }
  remove(place);
}

void FlatLine::remove(std::size_t place) {
  const std::uint16_t id = ids_[place], service = services_[place];
  services_[place] = kGone;
  places_[id] = kGone;
  --size_;
  while (front_ < services_.size() && services_[front_] == kGone) ++front_;
  if (held_[service] == id) find_held(service, place + 1);
  if (returned_left_ > 0 && std::ranges::find(returned_, id) != returned_.end()) --returned_left_;
}

std::size_t FlatLine::first_returned() const {
  std::size_t first = kGone;
  for (const std::uint16_t id : returned_) first = std::min<std::size_t>(first, places_[id]);
  return first;
}

bool FlatLine::is_held(std::size_t place) const {
  const std::uint16_t id = held_[services_[place]];
  return id != kGone && places_[id] < place;
}

std::optional<std::size_t> FlatLine::first_slot(Instant until, bool only_free) const {
  const std::int32_t last = flat(until);
  while (first_slot_ < by_slot_.size() && places_[by_slot_[first_slot_].id] == kGone) ++first_slot_;
  for (std::size_t i = first_slot_; i < by_slot_.size() && by_slot_[i].time <= last; ++i) {
    const std::size_t place = places_[by_slot_[i].id];
    if (place != kGone && !(only_free && is_held(place))) return place;
  }
  return std::nullopt;
}

std::optional<std::size_t> FlatLine::first_promise(std::size_t than, Instant now,
                                                   bool only_free) const {
  const std::int32_t before = std::min(flat(now), promises_[than]);
  while (first_promise_ < by_promise_.size() && places_[by_promise_[first_promise_].id] == kGone)
    ++first_promise_;
  for (std::size_t i = first_promise_; i < by_promise_.size() && by_promise_[i].time < before;
       ++i) {
    const std::size_t place = places_[by_promise_[i].id];
    if (place == kGone || services_[place] != services_[than]) continue;
    if (!(only_free && is_held(place))) return place;
  }
  return std::nullopt;
}

}  // namespace matanai::queue
