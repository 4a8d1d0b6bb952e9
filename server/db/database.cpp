#include "server/db/database.hpp"

#include <sqlite3.h>

#include <algorithm>
#include <chrono>

#include "server/db/connection.hpp"
#include "server/db/migrations.hpp"
#include "server/db/process_lock.hpp"
#include "server/db/reader.hpp"
#include "server/db/writer.hpp"

namespace matanai::db {
namespace {

constexpr int kOldestVersion = 3'051'003;  // older ones can lose commits when the WAL restarts

struct Expectation {
  std::string_view pragma;
  std::string_view value;
};
constexpr Expectation kExpectations[] = {
    {"PRAGMA journal_mode", "wal"}, {"PRAGMA synchronous", "2"},    {"PRAGMA foreign_keys", "1"},
    {"PRAGMA secure_delete", "1"},  {"PRAGMA trusted_schema", "0"}, {"PRAGMA quick_check(1)", "ok"},
};

void check(Connection& connection, const std::filesystem::path& file) {
  if (sqlite3_libversion_number() < kOldestVersion) {
    throw StartError(std::string("this program was built with SQLite ") + sqlite3_libversion() +
                     "; 3.51.3 or later is needed");
  }
  for (const auto& [pragma, value] : kExpectations) {
    const std::string found = connection.single(pragma);
    if (found != value) {
      throw StartError("the database " + file.string() + " failed " + std::string(pragma) + ": " +
                       found);
    }
  }
}

std::unique_ptr<Connection> open_writer(const Options& options) {
  try {
    auto connection = std::make_unique<Connection>(options.file, Connection::Mode::read_write);
    check(*connection, options.file);
    migrate(*connection, options.migration_sets, options.migrations,
            std::chrono::floor<Millis>(std::chrono::system_clock::now()));
    // After a crash the WAL may be readable only because it is still in memory: bring it to disk
    // before serving.
    const int code = connection->checkpoint(CheckpointMode::truncate);
    if (code != SQLITE_OK) throw StorageError(sqlite3_errstr(code), code);
    return connection;
  } catch (const StorageError& error) {
    throw StartError("cannot open the database " + options.file.string() + ": " + error.what());
  }
}

std::vector<std::unique_ptr<Connection>> open_readers(const Options& options) {
  std::vector<std::unique_ptr<Connection>> out;
  for (int index = 0; index < std::max(1, options.readers); ++index) {
    out.push_back(std::make_unique<Connection>(options.file, Connection::Mode::read_only));
  }
  return out;
}

}  // namespace

// Destroyed from the end: readers close first, then the writer checkpoints and closes, then the
// lock goes.
struct Database::State {
  explicit State(Options options)
      : lock(options.file),
        writer(open_writer(options), options.on_fatal),
        readers(open_readers(options)) {}
  ProcessLock lock;
  Writer writer;
  Readers readers;
};

Database::Database(Options options) : state_(std::make_unique<State>(std::move(options))) {}

Database::~Database() { stop(); }

void Database::stop() {
  state_->readers.stop();
  state_->writer.stop();
}

bool Database::is_writable() const { return state_->writer.is_writable(); }

Counts Database::counts() const {
  return {state_->writer.works(), state_->writer.commits(), state_->writer.checkpoints()};
}

void Database::submit(std::unique_ptr<Job> job, bool is_write) {
  if (is_write) {
    state_->writer.submit(std::move(job));
  } else {
    state_->readers.submit(std::move(job));
  }
}

}  // namespace matanai::db
