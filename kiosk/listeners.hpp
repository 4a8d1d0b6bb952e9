// Several parts that want to hear of the same change. One thread.
#pragma once

#include <functional>
#include <vector>

namespace matanai::kiosk {

class Listeners {
 public:
  void add(std::function<void()> callback) { callbacks_.push_back(std::move(callback)); }
  void tell() const {
    for (const auto& callback : callbacks_) callback();
  }

 private:
  std::vector<std::function<void()>> callbacks_;
};

}  // namespace matanai::kiosk
