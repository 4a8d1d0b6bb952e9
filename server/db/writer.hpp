// The one thread that writes a database file: takes what is queued, runs the works one after the
// other, commits them with one fsync, then answers everyone. A failing work is undone alone. Also
// the only one that checkpoints. Not for rooms: they use Database. submit, stop and the questions:
// any thread; everything else happens on the writer's own thread.
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
    bool is_kept = false;        // its changes stay
    std::exception_ptr error{};  // what it threw
    std::vector<std::function<void()>> after_commit{};
  };
  enum class Attempt { committed, left_traces, trouble, cannot_begin, fatal };

  void loop();
  void handle(std::vector<Entry>& batch);
  void handle_alone(std::span<Entry> batch);
  bool take_more(std::vector<Entry>& batch);
  Attempt attempt_together(std::vector<Entry>& batch);
  bool begin();
  Attempt attempt(std::span<Entry> batch);
  bool has_storage_trouble();
  Attempt after_trouble();
  void run_work(Entry& entry);
  Attempt commit(std::span<Entry> batch);
  Attempt after_failed_commit(const StorageError& error);
  void roll_back();
  void answer(std::span<Entry> batch);
  void tell_others(const Entry& entry);
  void refuse(std::span<Entry> batch);
  void note_trouble(const std::string& what);
  void end_writing(const std::string& what);
  bool is_checkpoint_due(int limit);
  void checkpoint();

  std::unique_ptr<Connection> connection_;
  std::function<void(std::string)> on_fatal_;
  JobQueue queue_;
  std::size_t last_batch_ = 0;
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
