#include "server/staff/try_limit.hpp"

namespace matanai::staff {
namespace {

constexpr std::size_t kMostTries = 5;
constexpr Millis kWindow = std::chrono::minutes(15);

}  // namespace

bool TryLimit::begin(const std::string& key, Instant now) {
  auto found = by_key_.find(key);
  if (found == by_key_.end()) {
    if (by_key_.size() >= max_keys_) forget_oldest();
    entries_.push_front(Entry{key});
    found = by_key_.emplace(key, entries_.begin()).first;
  }
  entries_.splice(entries_.begin(), entries_, found->second);
  auto& tries = found->second->tries;
  while (!tries.empty() && now - tries.front() >= kWindow) tries.pop_front();
  if (tries.size() >= kMostTries) return false;
  tries.push_back(now);
  return true;
}

void TryLimit::give_back(const std::string& key) {
  const auto found = by_key_.find(key);
  if (found == by_key_.end()) return;
  auto& tries = found->second->tries;
  tries.pop_back();
  if (tries.empty()) succeeded(key);
}

void TryLimit::succeeded(const std::string& key) {
  const auto found = by_key_.find(key);
  if (found == by_key_.end()) return;
  entries_.erase(found->second);
  by_key_.erase(found);
}

void TryLimit::forget_oldest() {
  by_key_.erase(entries_.back().key);
  entries_.pop_back();
}

}  // namespace matanai::staff
