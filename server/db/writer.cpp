#include "server/db/writer.hpp"

#include <spdlog/spdlog.h>
#include <sqlite3.h>

#include <chrono>
#include <utility>

namespace matanai::db {
namespace {

constexpr std::size_t kMostWorksPerCommit = 64;
// How long a commit waits for the next caller when the one before served several: shorter than the
// sync that each of them would otherwise pay for.
constexpr std::chrono::microseconds kGatherGap{200};
constexpr int kCheckpointPages = 1000;  // when nobody comes for kIdle
constexpr std::chrono::milliseconds kIdle{20};
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
    if (is_checkpoint_due(kCheckpointPages) && queue_.stays_empty(kIdle)) checkpoint();
    queue_.take(jobs, kMostWorksPerCommit);
    if (jobs.empty()) return;
    batch.clear();
    for (auto& job : jobs) batch.push_back({.job = std::move(job)});
    handle(batch);
    last_batch_ = batch.size();
    if (is_checkpoint_due(kForcedCheckpointPages)) checkpoint();
    if (!fatal_.empty()) {
      if (on_fatal_) on_fatal_(std::exchange(fatal_, {}));
      fatal_.clear();
    }
  }
}

void Writer::handle(std::vector<Entry>& batch) {
  if (!is_writable()) return refuse(batch);
  Attempt result = attempt_together(batch);
  if (result == Attempt::left_traces) result = attempt(batch);
  switch (result) {
    case Attempt::committed:
      return answer(batch);
    case Attempt::cannot_begin:
    case Attempt::fatal:
      return refuse(batch);
    case Attempt::trouble:
    case Attempt::left_traces:
      return batch.size() == 1 ? refuse(batch) : handle_alone(batch);
  }
}

// Those who came while the others ran share their commit, too.
bool Writer::take_more(std::vector<Entry>& batch) {
  std::vector<std::unique_ptr<Job>> jobs;
  const bool were_several = last_batch_ > 1 && batch.size() < last_batch_;
  queue_.take_more(jobs, kMostWorksPerCommit - batch.size(),
                   were_several ? kGatherGap : std::chrono::microseconds(0));
  for (auto& job : jobs) batch.push_back({.job = std::move(job)});
  return !jobs.empty();
}

// Without savepoints, which copy every page a work touches: most refused works have written
// nothing. When one has, nothing is kept and attempt() does it all again.
Writer::Attempt Writer::attempt_together(std::vector<Entry>& batch) {
  if (!begin()) return Attempt::cannot_begin;
  std::size_t next = 0;
  do {
    for (; next < batch.size(); ++next) {
      const auto changes = connection_->total_changes();
      run_work(batch[next]);
      if (has_storage_trouble()) return after_trouble();
      if (!batch[next].is_kept && connection_->total_changes() != changes) {
        roll_back();
        return is_writable() ? Attempt::left_traces : Attempt::fatal;
      }
    }
  } while (take_more(batch));
  return commit(batch);
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

bool Writer::begin() {
  try {
    connection_->take_trouble();
    connection_->control(kBegin);
    return true;
  } catch (const StorageError& error) {
    note_trouble(error.what());
    return false;
  }
}

// Each work in a savepoint of its own: a failing one is rolled back alone.
Writer::Attempt Writer::attempt(std::span<Entry> batch) {
  if (!begin()) return Attempt::cannot_begin;
  try {
    for (auto& entry : batch) {
      connection_->control(kSavepoint);
      run_work(entry);
      if (has_storage_trouble()) return after_trouble();
      if (!entry.is_kept) connection_->control(kRollBackTo);
      connection_->control(kRelease);
    }
  } catch (const StorageError& error) {  // of a savepoint
    note_trouble(error.what());
    return after_trouble();
  }
  return commit(batch);
}

// Storage trouble ended the transaction or made its state doubtful.
bool Writer::has_storage_trouble() {
  if (connection_->take_trouble()) return true;
  if (connection_->is_in_transaction()) return false;
  note_trouble("a work ended the transaction it ran in");
  return true;
}

Writer::Attempt Writer::after_trouble() {
  roll_back();
  return is_writable() ? Attempt::trouble : Attempt::fatal;
}

void Writer::run_work(Entry& entry) {
  Transaction tx(*connection_);
  entry.is_kept = false;
  entry.error = nullptr;
  entry.after_commit.clear();
  try {
    entry.is_kept = entry.job->run(tx);
    entry.after_commit = tx.take_after_commit();
  } catch (const StorageError& error) {
    note_trouble(error.what());  // has_storage_trouble tells the caller
  } catch (...) {
    entry.error = std::current_exception();
  }
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

bool Writer::is_checkpoint_due(int limit) {
  const int pages = connection_->wal_pages();
  if (pages < checkpointed_pages_) checkpointed_pages_ = 0;  // the WAL began again from its start
  return is_writable() && pages - checkpointed_pages_ >= limit;
}

void Writer::checkpoint() {
  const int code = connection_->checkpoint(CheckpointMode::passive);
  checkpointed_pages_ = connection_->wal_pages();
  ++checkpoints_;
  if (code == SQLITE_OK || (code & 0xFF) == SQLITE_BUSY) return;
  if (code == SQLITE_IOERR_FSYNC) return end_writing("checkpoint could not be made safe");
  note_trouble("checkpoint failed with code " + std::to_string(code));
}

}  // namespace matanai::db
