// How many connections there are, in total and from each network (network_of(address)), and the
// limits for both: one network may not take the descriptors of everybody. Rows exist only for
// networks that are connected. One thread.
#pragma once

#include <cstddef>
#include <string>
#include <unordered_map>

namespace matanai::http {

class ConnectionCount {
 public:
  ConnectionCount(std::size_t limit, std::size_t limit_per_network)
      : limit_(limit), limit_per_network_(limit_per_network) {}

  // Counts one connection more; false when it must be refused, and then nothing is counted. An
  // empty network counts in the total only.
  bool enter(const std::string& network) {
    if (total_ >= limit_) return false;
    if (!network.empty()) {
      const auto found = by_network_.find(network);
      if (found != by_network_.end() && found->second >= limit_per_network_) return false;
      ++by_network_[network];
    }
    ++total_;
    return true;
  }

  // Of a connection that entered.
  void leave(const std::string& network) {
    --total_;
    const auto found = by_network_.find(network);
    if (found != by_network_.end() && --found->second == 0) by_network_.erase(found);
  }

  std::size_t total() const { return total_; }
  std::size_t networks() const { return by_network_.size(); }

 private:
  std::size_t limit_;
  std::size_t limit_per_network_;
  std::size_t total_ = 0;
  std::unordered_map<std::string, std::size_t> by_network_;
};

}  // namespace matanai::http
