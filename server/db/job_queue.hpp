// Works on their way to a database thread, first come first served. Any thread.
#pragma once

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
    while (!jobs_.empty() && out.size() < limit) {
      out.push_back(std::move(jobs_.front()));
      jobs_.pop_front();
    }
  }

  bool is_empty() const {
    const std::lock_guard lock(mutex_);
    return jobs_.empty();
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
  mutable std::mutex mutex_;
  std::condition_variable wake_;
  std::deque<std::unique_ptr<Job>> jobs_;
  bool is_closed_ = false;
};

}  // namespace matanai::db
