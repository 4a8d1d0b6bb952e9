#include "server/db/writer.hpp"

#include <spdlog/spdlog.h>
#include <sqlite3.h>

#include <utility>

namespace matanai::db {
namespace {

constexpr std::size_t kMostWorksPerCommit = 64;
constexpr int kCheckpointPages = 1000;  // when nobody waits
constexpr int kForcedCheckpointPages =
    16000;  // even when someone waits: the WAL must not grow without end

constexpr std::string_view kBegin = "BEGIN IMMEDIATE";
constexpr std::string_view kCommit = "COMMIT";
constexpr std::string_view kRollBack = "ROLLBACK";
constexpr std::string_view kSavepoint = "SAVEPOINT work";
constexpr std::string_view kRelease = "RELEASE work";
constexpr std::string_view kRollBackTo = "ROLLBACK TO work";

}  // namespace

Writer::Writer(std::unique_ptr<Connection> connection, std::function<void(std::string)> on_fatal)
    : connection_(std::move(connection)),
      on_fatal_(std::move(on_fatal)),
      thread_([this] { loop(); }) {}

Writer::~Writer() {
  stop();
  if (!is_writable()) {
    connection_->keep_wal_on_close();
    return;
  }
  const int code = connection_->checkpoint(CheckpointMode::truncate);
  if (code != SQLITE_OK)
    spdlog::warn("database: the last checkpoint failed ({}); the next start repeats it", code);
}

void Writer::submit(std::unique_ptr<Job> job) {
  if (!queue_.push(job)) job->refuse(RefusalCode::shutting_down);
}

void Writer::stop() {
  queue_.close();
  if (thread_.joinable()) thread_.join();
}

void Writer::loop() {
  std::vector<std::unique_ptr<Job>> jobs;
  std::vector<Entry> batch;
  for (;;) {
    if (queue_.is_empty()) checkpoint_if_due(kCheckpointPages);
    queue_.take(jobs, kMostWorksPerCommit);
    if (jobs.empty()) return;
    batch.clear();
    for (auto& job : jobs) batch.push_back({.job = std::move(job)});
    handle(batch);
    checkpoint_if_due(kForcedCheckpointPages);
    if (!fatal_.empty()) {
      if (on_fatal_) on_fatal_(std::exchange(fatal_, {}));
      fatal_.clear();
    }
  }
}

void Writer::handle(std::span<Entry> batch) {
  if (!is_writable()) return refuse(batch);
  switch (attempt(batch)) {
    case Attempt::committed:
      return answer(batch);
    case Attempt::cannot_begin:
    case Attempt::fatal:
      return refuse(batch);
    case Attempt::trouble:
      return batch.size() == 1 ? refuse(batch) : handle_alone(batch);
  }
}

// One work may have been the cause for all of them: nothing is stored yet, so each is tried once
// more by itself.
void Writer::handle_alone(std::span<Entry> batch) {
  connection_->checkpoint(
      CheckpointMode::passive);  // may make room in the WAL when the disk is full
  while (!batch.empty()) {
    const auto one = batch.first(1);
    const Attempt result = attempt(one);
    if (result == Attempt::cannot_begin || result == Attempt::fatal) return refuse(batch);
    if (result == Attempt::committed) answer(one);
    if (result == Attempt::trouble) refuse(one);
    batch = batch.subspan(1);
  }
}

Writer::Attempt Writer::attempt(std::span<Entry> batch) {
  try {
    connection_->take_trouble();
    connection_->control(kBegin);
  } catch (const StorageError& error) {
    note_trouble(error.what());
    return Attempt::cannot_begin;
  }
  try {
    if (!run_works(batch)) {
      roll_back();
      return is_writable() ? Attempt::trouble : Attempt::fatal;
    }
  } catch (const StorageError& error) {  // of a savepoint
    note_trouble(error.what());
    roll_back();
    return is_writable() ? Attempt::trouble : Attempt::fatal;
  }
  return commit(batch);
}

// False when storage trouble ended the transaction or made its state doubtful.
bool Writer::run_works(std::span<Entry> batch) {
  for (auto& entry : batch) {
    run_one(entry, batch.size() > 1);
    if (connection_->take_trouble()) return false;
    if (!connection_->is_in_transaction()) {
      note_trouble("a work ended the transaction it ran in");
      return false;
    }
  }
  return true;
}

void Writer::run_one(Entry& entry, bool in_savepoint) {
  Transaction tx(*connection_);
  entry.is_kept = false;
  entry.error = nullptr;
  if (in_savepoint) connection_->control(kSavepoint);
  try {
    entry.is_kept = entry.job->run(tx);
    entry.after_commit = tx.take_after_commit();
  } catch (const StorageError& error) {
    note_trouble(error.what());
    return;  // the caller sees the connection's trouble
  } catch (...) {
    entry.error = std::current_exception();
  }
  if (!in_savepoint || !connection_->is_in_transaction()) return;
  if (!entry.is_kept) connection_->control(kRollBackTo);
  connection_->control(kRelease);
}

Writer::Attempt Writer::commit(std::span<Entry> batch) {
  std::uint64_t kept = 0;
  for (const auto& entry : batch) kept += entry.is_kept ? 1 : 0;
  if (kept == 0) {
    roll_back();
    return is_writable() ? Attempt::committed : Attempt::fatal;
  }
  try {
    connection_->control(kCommit);
  } catch (const StorageError& error) {
    return after_failed_commit(error);
  } catch (const ConstraintError& error) {  // a deferred foreign key: the bug of one of them
    roll_back();
    if (batch.size() > 1) return Attempt::trouble;
    batch.front().error = std::current_exception();
    batch.front().is_kept = false;
    return Attempt::committed;
  }
  works_ += kept;
  ++commits_;
  if (std::exchange(is_in_trouble_, false)) spdlog::info("database: writing works again");
  return Attempt::committed;
}

Writer::Attempt Writer::after_failed_commit(const StorageError& error) {
  connection_->take_trouble();
  if ((error.code & 0xFF) == SQLITE_IOERR) {
    // Nobody can know whether these bytes are on disk, now or later: stop, restart, look.
    end_writing("commit failed, its outcome is unknown: " + std::string(error.what()));
    roll_back();
    return Attempt::fatal;
  }
  note_trouble(error.what());
  roll_back();
  return is_writable() ? Attempt::trouble : Attempt::fatal;
}

void Writer::roll_back() {
  if (!connection_->is_in_transaction()) return;  // SQLite did it itself
  try {
    connection_->control(kRollBack);
  } catch (const std::exception& error) {
    end_writing(std::string("cannot roll back: ") + error.what());
  }
  connection_->take_trouble();
}

void Writer::answer(std::span<Entry> batch) {
  for (auto& entry : batch) {
    if (entry.is_kept) tell_others(entry);
    if (entry.error) {
      entry.job->fail(std::move(entry.error));
    } else {
      entry.job->finish();
    }
    entry.job.reset();
  }
}

// The rows are on disk whatever happens here, so their caller gets its answer.
void Writer::tell_others(const Entry& entry) {
  try {
    for (const auto& tell : entry.after_commit) tell();
  } catch (const std::exception& error) {
    spdlog::error("database: telling others after a commit failed: {}", error.what());
  }
}

void Writer::refuse(std::span<Entry> batch) {
  for (auto& entry : batch) {
    entry.job->refuse(RefusalCode::storage_unavailable);
    entry.job.reset();
  }
}

void Writer::note_trouble(const std::string& what) {
  if (!std::exchange(is_in_trouble_, true)) spdlog::error("database: cannot write: {}", what);
}

void Writer::end_writing(const std::string& what) {
  if (!is_writable_.exchange(false)) return;
  spdlog::critical("database: {}; nothing is written any more, restart the program", what);
  fatal_ = what;
}

void Writer::checkpoint_if_due(int limit) {
  const int pages = connection_->wal_pages();
  if (pages < checkpointed_pages_) checkpointed_pages_ = 0;  // the WAL began again from its start
  if (!is_writable() || pages - checkpointed_pages_ < limit) return;
  const int code = connection_->checkpoint(CheckpointMode::passive);
  checkpointed_pages_ = pages;
  ++checkpoints_;
  if (code == SQLITE_OK || (code & 0xFF) == SQLITE_BUSY) return;
  if (code == SQLITE_IOERR_FSYNC) return end_writing("checkpoint could not be made safe");
  note_trouble("checkpoint failed with code " + std::to_string(code));
}

}  // namespace matanai::db
