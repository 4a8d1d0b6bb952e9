// Token buckets by key (network_of(address), or a name): at most `burst` at once and `per_minute`
// in the long run. Bounded: beyond max_keys the key that was quiet longest is forgotten. Time is an
// argument. One thread.
#pragma once

#include <algorithm>
#include <list>
#include <string>
#include <unordered_map>

#include "schema/types/time.hpp"

namespace matanai::http {

class RateLimit {
 public:
  RateLimit(double burst, double per_minute, std::size_t max_keys = 10'000)
      : burst_(burst),
        per_millisecond_(per_minute / 60'000),
        max_keys_(std::max<std::size_t>(1, max_keys)) {}

  // Takes one token; false when there is none. A clock that went back adds nothing.
  bool allow(const std::string& key, Instant now) {
    auto found = by_key_.find(key);
    if (found == by_key_.end()) {
      if (by_key_.size() >= max_keys_) forget_oldest();
      buckets_.push_front(Bucket{key, burst_, now});
      found = by_key_.emplace(key, buckets_.begin()).first;
    }
    buckets_.splice(buckets_.begin(), buckets_, found->second);
    Bucket& bucket = *found->second;
    const auto passed =
        static_cast<double>(std::max<Millis::rep>(0, (now - bucket.filled_at).count()));
    bucket.tokens = std::min(burst_, bucket.tokens + passed * per_millisecond_);
    bucket.filled_at = std::max(bucket.filled_at, now);
    if (bucket.tokens < 1) return false;
    bucket.tokens -= 1;
    return true;
  }

  std::size_t keys() const { return by_key_.size(); }

 private:
  struct Bucket {
    std::string key;
    double tokens;
    Instant filled_at;
  };

  void forget_oldest() {
    by_key_.erase(buckets_.back().key);
    buckets_.pop_back();
  }

  double burst_;
  double per_millisecond_;
  std::size_t max_keys_;
  std::list<Bucket> buckets_;  // the latest used first
  std::unordered_map<std::string, std::list<Bucket>::iterator> by_key_;
};

}  // namespace matanai::http
