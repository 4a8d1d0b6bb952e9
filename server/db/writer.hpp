// The one thread that writes a database file: takes what is queued, runs each work in a savepoint,
// commits them with one fsync, then answers everyone. Also the only one that checkpoints. Not for
// rooms: they use Database. submit, stop and the questions: any thread; everything else happens on
// the writer's own thread.
#pragma once

#include <atomic>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <thread>
#include <vector>

#include "server/db/connection.hpp"
#include "server/db/job_queue.hpp"

namespace matanai::db {

class Writer {
 public:
  Writer(std::unique_ptr<Connection> connection, std::function<void(std::string)> on_fatal);
  ~Writer();
  Writer(const Writer&) = delete;
  Writer& operator=(const Writer&) = delete;

  void submit(std::unique_ptr<Job> job);
  // Finishes queued works and ends the thread.
  void stop();

  bool is_writable() const { return is_writable_.load(); }
  std::uint64_t works() const { return works_.load(); }
  std::uint64_t commits() const { return commits_.load(); }
  std::uint64_t checkpoints() const { return checkpoints_.load(); }

 private:
  struct Entry {
    std::unique_ptr<Job> job;
    bool is_kept = false;        // its savepoint stays
    std::exception_ptr error{};  // what it threw
    std::vector<std::function<void()>> after_commit{};
  };
  enum class Attempt { committed, trouble, cannot_begin, fatal };

  void loop();
  void handle(std::span<Entry> batch);
  void handle_alone(std::span<Entry> batch);
  Attempt attempt(std::span<Entry> batch);
  bool run_works(std::span<Entry> batch);
  void run_one(Entry& entry, bool in_savepoint);
  Attempt commit(std::span<Entry> batch);
  Attempt after_failed_commit(const StorageError& error);
  void roll_back();
  void answer(std::span<Entry> batch);
  void tell_others(const Entry& entry);
  void refuse(std::span<Entry> batch);
  void note_trouble(const std::string& what);
  void end_writing(const std::string& what);
  void checkpoint_if_due(int limit);

  std::unique_ptr<Connection> connection_;
  std::function<void(std::string)> on_fatal_;
  JobQueue queue_;
  int checkpointed_pages_ = 0;  // of the WAL, when the last checkpoint had run
  bool is_in_trouble_ = false;  // logged once until a commit succeeds again
  std::string fatal_{};
  std::atomic<bool> is_writable_{true};
  std::atomic<std::uint64_t> works_{0};
  std::atomic<std::uint64_t> commits_{0};
  std::atomic<std::uint64_t> checkpoints_{0};
  std::thread thread_;
};

}  // namespace matanai::db
