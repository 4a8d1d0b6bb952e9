// How many independent jobs get done: the engine starts no threads, a caller may lend it some. A
// job writes only what belongs to its index, so results do not depend on the number of threads.
#pragma once

#include <cstddef>
#include <functional>

namespace matanai::queue {

// Calls job(0) … job(count − 1), each once, in any order, perhaps at once; returns when all are
// done.
using Workers = std::function<void(std::size_t count, const std::function<void(std::size_t)>& job)>;

inline void one_after_another(std::size_t count, const std::function<void(std::size_t)>& job) {
  for (std::size_t i = 0; i < count; ++i) job(i);
}

}  // namespace matanai::queue
