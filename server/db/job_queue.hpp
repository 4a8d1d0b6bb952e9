// Works on their way to a database thread, first come first served. Any thread.
#pragma once

#include <chrono>
#include <condition_variable>
#include <deque>
#include <memory>
#include <mutex>
#include <vector>

#include "server/db/job.hpp"

namespace matanai::db {

class JobQueue {
 public:
  // False when the queue is closed; the job then stays with the caller.
  bool push(std::unique_ptr<Job>& job) {
    {
      const std::lock_guard lock(mutex_);
      if (is_closed_) return false;
      jobs_.push_back(std::move(job));
    }
    wake_.notify_one();
    return true;
  }

  // Waits for jobs and moves up to `limit` of them into `out` (cleared first). Empty = closed and
  // drained.
  void take(std::vector<std::unique_ptr<Job>>& out, std::size_t limit) {
    out.clear();
    std::unique_lock lock(mutex_);
    wake_.wait(lock, [&] { return is_closed_ || !jobs_.empty(); });
    move_out(out, limit);
  }

  // What has come meanwhile, or comes within `patience`; at most `limit`.
  void take_more(std::vector<std::unique_ptr<Job>>& out, std::size_t limit,
                 std::chrono::microseconds patience) {
    out.clear();
    if (limit == 0) return;
    std::unique_lock lock(mutex_);
    if (patience.count() > 0)
      wake_.wait_for(lock, patience, [&] { return is_closed_ || !jobs_.empty(); });
    move_out(out, limit);
  }

  // True when nobody comes for so long; at once false when somebody waits or the queue is closed.
  bool stays_empty(std::chrono::milliseconds span) {
    std::unique_lock lock(mutex_);
    return !wake_.wait_for(lock, span, [&] { return is_closed_ || !jobs_.empty(); });
  }

  // Refuses new jobs; those already queued are still taken.
  void close() {
    {
      const std::lock_guard lock(mutex_);
      is_closed_ = true;
    }
    wake_.notify_all();
  }

 private:
  void move_out(std::vector<std::unique_ptr<Job>>& out, std::size_t limit) {
    while (!jobs_.empty() && out.size() < limit) {
      out.push_back(std::move(jobs_.front()));
      jobs_.pop_front();
    }
  }

  std::mutex mutex_;
  std::condition_variable wake_;
  std::deque<std::unique_ptr<Job>> jobs_;
  bool is_closed_ = false;
};

}  // namespace matanai::db
