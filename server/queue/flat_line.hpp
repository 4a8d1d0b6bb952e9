// A line for many quick futures: the same people as Line, as flat columns with indexes by slot and
// by promise, so that the rules by ready time choose in a few nanoseconds. Not for the floor. Pure;
// values; any thread.
#pragma once

#include <algorithm>
#include <cstdint>
#include <limits>
#include <optional>
#include <vector>

#include "server/queue/line.hpp"

namespace matanai::queue {

class FlatLine {
 public:
  static constexpr bool kTellsBrokenPromises = false;  // nobody asks a future for them

  FlatLine() = default;
  // Times are kept in milliseconds after `now`, up to three weeks. `max_passed` is K of
  // guarantee (1); 0: not kept.
  FlatLine(Instant now, int max_passed) : now_(now), max_passed_(max_passed) {}

  // Person::id is 0…65534 and unique in the line for good: no id comes twice.
  void insert(const Person& person);
  // Gone, and counted by those who were passed. The place of everybody else stays.
  void call(std::size_t place);
  // Gone without counting.
  void remove(std::size_t place);

  bool empty() const { return size_ == 0; }
  bool has_returned() const { return returned_left_ > 0; }
  std::size_t first_returned() const;
  std::size_t id_at(std::size_t place) const { return ids_[place]; }
  std::uint16_t service_at(std::size_t place) const { return services_[place]; }
  bool has_slot_at(std::size_t place) const { return has_slot_[ids_[place]] != 0; }

  // As choose_by_ready() asks for.
  std::size_t front() const { return front_; }
  std::optional<std::size_t> first_slot(Instant until, bool only_free) const;
  bool is_held(std::size_t place) const;
  std::optional<std::size_t> first_promise(std::size_t than, Instant now, bool only_free) const;
  bool is_ready(std::size_t place, Instant now) const { return readies_[place] <= flat(now); }
  OrderReason reason_at(std::size_t) const { return OrderReason::ready_time; }

 private:
  static constexpr std::uint16_t kGone = std::numeric_limits<std::uint16_t>::max();
  struct Entry {
    std::int32_t time;
    std::uint16_t id;
  };
  std::int32_t flat(Instant time) const;
  void insert_entry(std::vector<Entry>& entries, std::size_t first, Entry entry);
  void find_held(std::uint16_t service, std::size_t from);

  Instant now_;
  int max_passed_ = 0;
  std::size_t size_ = 0;
  std::size_t front_ = 0;
  // By place, which is the order of (ready_at, id); kGone in services_ where somebody was.
  std::vector<std::int32_t> readies_, promises_;
  std::vector<std::uint16_t> services_, passed_, ids_;
  // By id.
  std::vector<std::uint16_t> places_;
  std::vector<std::uint8_t> has_slot_;
  // Of those with a slot, a promise, who returned; who are gone stay in them.
  std::vector<Entry> by_slot_, by_promise_;
  mutable std::size_t first_slot_ = 0, first_promise_ = 0;
  std::vector<std::uint16_t> returned_;
  int returned_left_ = 0;
  std::vector<std::uint16_t> held_;  // by service: id of the first who was passed often enough
};

}  // namespace matanai::queue
