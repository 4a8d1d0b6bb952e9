// Threads that answer read works, each on its own read-only connection. Not for rooms: they use
// Database. Any thread.
#pragma once

#include <memory>
#include <thread>
#include <vector>

#include "server/db/connection.hpp"
#include "server/db/job_queue.hpp"

namespace matanai::db {

class Readers {
 public:
  explicit Readers(std::vector<std::unique_ptr<Connection>> connections);
  ~Readers();
  Readers(const Readers&) = delete;
  Readers& operator=(const Readers&) = delete;

  void submit(std::unique_ptr<Job> job);
  // Finishes queued works and ends the threads.
  void stop();

 private:
  void loop(Connection& connection);

  std::vector<std::unique_ptr<Connection>> connections_;
  JobQueue queue_;
  std::vector<std::thread> threads_;
};

}  // namespace matanai::db
