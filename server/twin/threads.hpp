// Threads to lend to the engine, and how far they are. Any thread.
#pragma once

#include <atomic>
#include <chrono>
#include <cstddef>
#include <mutex>
#include <string>

#include "server/queue/model/workers.hpp"

namespace matanai::twin {

// A bar on standard error while it lives, when that is a terminal; else nothing. At most ten times
// a second.
class Progress {
 public:
  // `total` steps, more than 0.
  Progress(std::string label, std::size_t total);
  ~Progress();
  Progress(const Progress&) = delete;
  Progress& operator=(const Progress&) = delete;
  void step(std::size_t count = 1);

 private:
  void draw(std::size_t done);

  std::string label_;
  std::size_t total_;
  bool is_shown_;
  std::atomic<std::size_t> done_{0};
  std::mutex drawing_;
  std::chrono::steady_clock::time_point drawn_{};
};

// Workers that run jobs on `threads` threads (1: on the caller's), and step `progress` after each
// job when there is one. The first exception of a job ends the rest and is thrown to the caller.
queue::Workers workers(int threads, Progress* progress = nullptr);

}  // namespace matanai::twin
