// Failed sign-ins by (name, network): five within 15 minutes, then none until the oldest is 15
// minutes old. A try counts from its start, so that tries in parallel do not slip through. In
// memory only, bounded. One thread.
#pragma once

#include <chrono>
#include <cstddef>
#include <deque>
#include <list>
#include <string>
#include <unordered_map>

#include "schema/types/time.hpp"

namespace matanai::staff {

class TryLimit {
 public:
  explicit TryLimit(std::size_t max_keys = 10'000) : max_keys_(max_keys) {}

  // Counts a try; false when there were too many.
  bool begin(const std::string& key, Instant now);
  // The latest try was none after all: no password was checked.
  void give_back(const std::string& key);
  // The try was a right one: the key starts afresh.
  void succeeded(const std::string& key);
  std::size_t keys() const { return by_key_.size(); }

 private:
  struct Entry {
    std::string key;
    std::deque<Instant> tries{};
  };
  void forget_oldest();

  std::size_t max_keys_;
  std::list<Entry> entries_;  // the latest used first
  std::unordered_map<std::string, std::list<Entry>::iterator> by_key_;
};

}  // namespace matanai::staff
