// A line for many quick futures: the same people as Line, kept by service and by id with indexes by
// slot and by promise, so that the rules by ready time choose in a few nanoseconds. Not for the
// floor. Pure; values; any thread.
#pragma once

#include <algorithm>
#include <cstdint>
#include <limits>
#include <optional>
#include <vector>

#include "server/queue/model/line.hpp"
#include "server/queue/policy/call_by_ready.hpp"

namespace matanai::queue {

class FlatLine {
 public:
  static constexpr bool kTellsBrokenPromises = false;  // nobody asks a future for them

  FlatLine() = default;
  // Times are kept in milliseconds after `now`. `rules` go by ready time: CallPolicy's
  // goes_by_ready().
  FlatLine(Instant now, const CallRules& rules)
      : now_(now),
        rules_(rules),
        max_passed_(rules.has_guarantees ? rules.max_passed : std::numeric_limits<int>::max()) {}

  // Room for ids below `ids`, so that inserting does not grow.
  void reserve(std::size_t ids);
  // Person::id is 0…65535 and unique in the line for good: no id comes twice. It names the person
  // in all that follows.
  void insert(const Person& person);
  // Gone, and counted by those who were passed.
  void call(std::size_t id) { leave(id, 1); }
  // Gone without counting.
  void remove(std::size_t id) { leave(id, 0); }
  // The same as `line = start`, quicker: `line` was copied from `start`, which is as it was then.
  void return_to(const FlatLine& start);

  // As CallPolicy::choose(): Choice::index is an id.
  [[gnu::always_inline]] std::optional<Choice> choose(Instant now,
                                                      int /*reserved_in_row*/ = 0) const {
    if (empty()) return std::nullopt;
    if (has_returned()) return Choice{first_returned(), OrderReason::returned};
    return choose_by_ready(rules_, *this, now);
  }
  bool empty() const { return front_ == kNobody; }
  bool has_returned() const { return !returned_.empty(); }
  std::size_t id_at(std::size_t id) const { return id; }
  std::uint16_t service_at(std::size_t id) const { return queue_of(member(id)).service; }
  bool has_slot_at(std::size_t id) const { return member(id).has_slot; }

  // As choose_by_ready() asks for; a place is an id.
  std::size_t front() const { return id_of(front_); }
  std::optional<std::size_t> first_slot(Instant until, bool only_free) const {
    return first_of(slots_, flat(until), only_free);
  }
  bool is_held(std::size_t id) const { return queue_of(member(id)).held < member(id).key; }
  std::optional<std::size_t> first_promise(std::size_t than, Instant now, bool only_free) const {
    const Member& other = member(than);
    return first_of(queue_of(other).promises, std::min(flat(now), other.promise) - 1, only_free);
  }
  bool is_ready(std::size_t id, Instant now) const { return member(id).key >> 16 <= flat(now); }
  OrderReason reason_at(std::size_t) const { return OrderReason::ready_time; }

 private:
  // Ready time and id in one number, which is the line's order.
  using Key = std::int64_t;
  static constexpr Key kNobody = std::numeric_limits<Key>::max();
  static constexpr std::uint16_t kNoQueue = std::numeric_limits<std::uint16_t>::max();
  static Key key_of(std::int64_t ready, std::uint16_t id) { return ready * 0x10000 + id; }
  static std::uint16_t id_of(Key key) { return static_cast<std::uint16_t>(key & 0xFFFF); }

  struct Member {
    Key key = kNobody;
    std::int64_t promise = 0;
    std::uint16_t queue = 0;
    bool has_slot = false;
  };
  // Of a slot or a promise.
  struct Term {
    std::int64_t time;
    std::uint16_t id;
  };
  struct Terms {
    std::vector<Term> all;            // by time, then key; who are gone stay in it
    std::size_t first = 0;            // who is here
    std::int64_t earliest = kNobody;  // its time
  };
  struct Waiting {
    Key key;
    int passed;
  };
  // Those of one service. Only they pass each other, and are promised against each other.
  struct Queue {
    std::uint16_t service = 0;
    std::size_t first = 0;
    std::vector<Waiting> waiting;  // by key from `first` on
    Key front = kNobody;           // the first of them
    Key held = kNobody;            // the first who was passed often enough
    Terms promises;
  };

  std::int64_t flat(Instant time) const { return (time - now_).count(); }
  // Unchecked: these are half of what a future costs.
  const Member& member(std::size_t id) const { return members_.data()[id]; }
  const Queue& queue_of(const Member& member) const { return queues_.data()[member.queue]; }
  bool is_here(std::size_t id) const { return is_here_.data()[id] != 0; }

  // Up to `last`.
  std::optional<std::size_t> first_of(const Terms& terms, std::int64_t last, bool only_free) const {
    if (terms.earliest > last) return std::nullopt;
    const Term* const end = terms.all.data() + terms.all.size();
    for (const Term* term = terms.all.data() + terms.first; term != end && term->time <= last;
         ++term)
      if (is_here(term->id) && !(only_free && is_held(term->id))) return term->id;
    return std::nullopt;
  }
  std::uint16_t queue_for(std::uint16_t service);
  void insert_term(Terms& terms, Term term) const;
  void skip_gone(Terms& terms) const;
  void leave(std::size_t id, int passes);
  Key first_held(const Waiting* from, const Waiting* end) const;

  std::size_t first_returned() const;

  Instant now_;
  CallRules rules_;
  int max_passed_ = 0;  // K of guarantee (1)
  Key front_ = kNobody;
  std::vector<Member> members_;        // by id
  std::vector<std::uint8_t> is_here_;  // by id
  std::vector<Queue> queues_;
  std::vector<std::uint16_t> queue_by_service_;
  Terms slots_;
  std::vector<std::uint16_t> returned_;  // ids
};

inline void FlatLine::skip_gone(Terms& terms) const {
  const std::size_t size = terms.all.size();
  if (terms.first == size || is_here(terms.all.data()[terms.first].id)) return;
  while (++terms.first < size && !is_here(terms.all.data()[terms.first].id)) {
  }
  terms.earliest = terms.first < size ? terms.all.data()[terms.first].time : kNobody;
}

inline void FlatLine::leave(std::size_t id, int passes) {
  const Member& gone = member(id);
  Queue& queue = queues_.data()[gone.queue];
  is_here_.data()[id] = 0;
  if (has_returned()) std::erase(returned_, id);
  if (gone.has_slot) skip_gone(slots_);
  if (gone.promise >= queue.promises.earliest) skip_gone(queue.promises);

  Waiting* const first = queue.waiting.data() + queue.first++;
  Waiting* const end = queue.waiting.data() + queue.waiting.size();
  Waiting* gap = first;
  while (gap->key != gone.key) ++gap;
  if (queue.held == gone.key) queue.held = first_held(gap + 1, end);
  for (; gap != first; --gap) {  // those before move up
    *gap = {gap[-1].key, gap[-1].passed + passes};
    if (gap->passed >= max_passed_) queue.held = gap->key;
  }
  queue.front = first + 1 != end ? first[1].key : kNobody;
  if (front_ != gone.key) return;
  front_ = kNobody;
  for (const Queue& other : queues_) front_ = std::min(front_, other.front);
}

}  // namespace matanai::queue
