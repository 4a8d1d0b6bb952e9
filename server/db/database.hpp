// One SQLite file: a writer thread that commits what is queued together (group commit), read-only
// readers, migrations. A work runs on a database thread, owns its inputs by value and may be run
// again (so it must not move from what it captured); it must not touch anything else. A work that
// returns a refusal is undone alone; everyone is answered after the one fsync. A read work sees one
// snapshot from its first statement to its end; a write in it is a bug (std::logic_error). Storage
// trouble (busy, full disk, I/O error) comes back as Refusal storage_unavailable, and ends by
// itself when the cause does; after a commit that failed with an I/O error its outcome is unknown:
// the database stops writing for good and calls on_fatal once: the process should exit and be
// restarted. Exceptions thrown by a work (bugs) are rolled back alone and rethrown to its caller.
// Public functions: any thread. Completions come back on the awaiting coroutine's executor, whose
// context must outlive the database or its stop().
#pragma once

#include <boost/asio/awaitable.hpp>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "schema/types/embedded.hpp"
#include "schema/types/refusal.hpp"
#include "server/db/job.hpp"
#include "server/db/start_error.hpp"
#include "server/db/transaction.hpp"

namespace matanai::db {

struct Options {
  std::filesystem::path file;
  std::vector<std::string>
      migration_sets;  // folders of schema/sql, applied in this order: {"common","city","office"}
  int readers = 1;
  std::function<void(std::string)> on_fatal{};                   // writer thread
  std::span<const embedded::File> migrations = embedded::sql();  // tests bring their own
};

// Since the start, for figures and tests.
struct Counts {
  std::uint64_t works = 0;    // write works that were committed
  std::uint64_t commits = 0;  // commits that were waited for on disk
  std::uint64_t checkpoints = 0;
};

class Database {
 public:
  // Opens (creates) the file, refuses a second process on it, checks version ≥ 3.51.3, WAL,
  // synchronous=FULL, foreign keys and quick_check, applies migrations. Throws StartError with one
  // clear sentence when any of that fails.
  explicit Database(Options options);
  // As stop(), then checkpoints (TRUNCATE) and closes.
  ~Database();
  Database(const Database&) = delete;
  Database& operator=(const Database&) = delete;

  template <class T>
  boost::asio::awaitable<Result<T>> write(std::function<Result<T>(Transaction&)> work) {
    return run<T>(std::move(work), /*is_write=*/true);
  }
  template <class T>
  boost::asio::awaitable<Result<T>> read(std::function<Result<T>(Transaction&)> work) {
    return run<T>(std::move(work), /*is_write=*/false);
  }

  // Without coroutines: for start-up, tools and tests. Blocks; never call it on a network or
  // database thread.
  template <class T>
  Result<T> write_blocking(std::function<Result<T>(Transaction&)> work) {
    return run_blocking<T>(std::move(work), /*is_write=*/true);
  }
  template <class T>
  Result<T> read_blocking(std::function<Result<T>(Transaction&)> work) {
    return run_blocking<T>(std::move(work), /*is_write=*/false);
  }

  // Finishes queued works and waits for them; later ones are refused as shutting_down. May be
  // called again.
  void stop();

  bool is_writable() const;  // false after a fatal error
  Counts counts() const;

 private:
  template <class T>
  boost::asio::awaitable<Result<T>> run(std::function<Result<T>(Transaction&)> work, bool is_write);
  template <class T>
  Result<T> run_blocking(std::function<Result<T>(Transaction&)> work, bool is_write);
  void submit(std::unique_ptr<Job> job, bool is_write);

  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace matanai::db

#include "server/db/database_impl.hpp"
