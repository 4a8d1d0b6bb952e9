// One SQLite connection with its prepared statements. Not for rooms: they see Transaction. One
// thread at a time.
#pragma once

#include <cstdint>
#include <filesystem>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>

#include "server/db/transaction.hpp"

struct sqlite3;

namespace matanai::db {

enum class CheckpointMode { passive, truncate };

class Connection {
 public:
  enum class Mode { read_write, read_only };

  // Opens (read_write: creates) the file and sets every pragma of ours. Throws StorageError.
  Connection(const std::filesystem::path& file, Mode mode);
  ~Connection();
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;

  // Runs one statement; see Transaction. Throws ConstraintError, StorageError, std::logic_error.
  std::int64_t execute(std::string_view sql, std::span<const Parameter> parameters,
                       const RowUse* use);
  // BEGIN, SAVEPOINT and their like.
  void control(std::string_view sql) { execute(sql, {}, nullptr); }
  // Any number of statements, not cached.
  void script(const std::string& sql);
  // The first column of the first row, as text.
  std::string single(std::string_view sql);

  bool is_in_transaction() const;
  std::int64_t last_insert_id() const;
  // Rows that statements of this connection have changed since it was opened. Changes of the schema
  // are not counted: no work makes any.
  std::int64_t total_changes() const;
  // SQLite's result code: 0 when all of the WAL that no reader still needs is in the main file.
  int checkpoint(CheckpointMode mode);
  // Closing will leave the WAL as it is (after a failed sync nobody may pretend that it is safe).
  void keep_wal_on_close();
  // Pages in the WAL after the last commit of this connection.
  int wal_pages() const { return wal_pages_; }
  // Whether a statement met storage trouble since the last call, even if a work swallowed the
  // exception.
  bool take_trouble();

 private:
  struct TextKey {
    const char* data;
    std::size_t size;
    bool operator==(const TextKey&) const = default;
  };
  struct TextKeyHash {
    std::size_t operator()(const TextKey& key) const {
      return std::hash<const void*>{}(key.data) ^ (key.size * 0x9E3779B97F4A7C15U);
    }
  };

  sqlite3_stmt* prepared(std::string_view sql);
  sqlite3_stmt* prepare(std::string_view sql, unsigned flags);
  std::int64_t step_through(sqlite3_stmt* statement, std::string_view sql, const RowUse* use);
  void bind(sqlite3_stmt* statement, std::string_view sql, std::span<const Parameter> parameters);
  [[noreturn]] void raise(int code, std::string_view sql);
  void set_up(Mode mode);

  sqlite3* db_ = nullptr;
  Mode mode_;
  std::unordered_map<TextKey, sqlite3_stmt*, TextKeyHash> statements_;
  int wal_pages_ = 0;
  bool has_trouble_ = false;
};

}  // namespace matanai::db
