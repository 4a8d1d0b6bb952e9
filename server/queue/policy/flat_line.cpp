#include "server/queue/policy/flat_line.hpp"

namespace matanai::queue {
namespace {

// From the back, as most belong there; `entries` is sorted from `first` on.
template <class Entry, class IsBefore>
void insert_sorted(std::vector<Entry>& entries, std::size_t first, const Entry& entry,
                   const IsBefore& is_before) {
  entries.push_back(entry);
  Entry* const begin = entries.data() + first;
  Entry* gap = &entries.back();
  for (; gap != begin && is_before(entry, gap[-1]); --gap) *gap = gap[-1];
  *gap = entry;
}

}  // namespace

void FlatLine::reserve(std::size_t ids) {
  members_.resize(std::max(members_.size(), ids));
  is_here_.resize(members_.size(), 0);
}

std::uint16_t FlatLine::queue_for(std::uint16_t service) {
  if (service >= queue_by_service_.size()) queue_by_service_.resize(service + 1U, kNoQueue);
  std::uint16_t& place = queue_by_service_[service];
  if (place == kNoQueue) {
    place = static_cast<std::uint16_t>(queues_.size());
    queues_.emplace_back().service = service;
  }
  return place;
}

void FlatLine::insert_term(Terms& terms, Term term) const {
  insert_sorted(terms.all, terms.first, term, [&](const Term& a, const Term& b) {
    return a.time != b.time ? a.time < b.time : member(a.id).key < member(b.id).key;
  });
  terms.earliest = std::min(terms.earliest, term.time);
}

void FlatLine::insert(const Person& person) {
  const auto id = static_cast<std::uint16_t>(person.id);
  if (id >= is_here_.size()) reserve(id + std::size_t{1});
  const Key key = key_of(flat(person.ready_at), id);
  const std::uint16_t place = queue_for(person.service);
  members_[id] = {key, flat(person.latest), place, person.has_slot()};
  is_here_[id] = 1;
  front_ = std::min(front_, key);
  Queue& queue = queues_[place];
  insert_sorted(queue.waiting, queue.first, Waiting{key, person.passed},
                [](const Waiting& a, const Waiting& b) { return a.key < b.key; });
  queue.front = std::min(queue.front, key);
  if (person.passed >= max_passed_) queue.held = std::min(queue.held, key);
  if (person.has_slot()) insert_term(slots_, {flat(person.slot), id});
  if (person.latest != kNever) insert_term(queue.promises, {flat(person.latest), id});
  if (person.is_returned()) returned_.push_back(id);
}

void FlatLine::return_to(const FlatLine& start) {
  const auto put_back = [](Terms& terms, const Terms& from) {
    // Terms are only ever added: as many are the same.
    if (terms.all.size() != from.all.size()) terms.all = from.all;
    terms.first = from.first;
    terms.earliest = from.earliest;
  };
  front_ = start.front_;
  is_here_ = start.is_here_;
  returned_ = start.returned_;
  put_back(slots_, start.slots_);
  const Queue nobody;
  for (std::size_t i = 0; i < queues_.size(); ++i) {
    const Queue& from = i < start.queues_.size() ? start.queues_[i] : nobody;
    queues_[i].waiting = from.waiting;
    queues_[i].first = from.first;
    queues_[i].front = from.front;
    queues_[i].held = from.held;
    put_back(queues_[i].promises, from.promises);
  }
}

FlatLine::Key FlatLine::first_held(const Waiting* from, const Waiting* end) const {
  const auto* const found =
      std::find_if(from, end, [&](const Waiting& one) { return one.passed >= max_passed_; });
  return found == end ? kNobody : found->key;
}

std::size_t FlatLine::first_returned() const {
  return *std::ranges::min_element(returned_, {},
                                   [&](std::uint16_t id) { return members_[id].key; });
}

}  // namespace matanai::queue
