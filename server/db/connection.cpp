#include "server/db/connection.hpp"

#include <sqlite3.h>

#include <string>
#include <utility>
#include <variant>

namespace matanai::db {
namespace {

bool is_storage_trouble(int code) {
  switch (code & 0xFF) {
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
    case SQLITE_NOMEM:
    case SQLITE_READONLY:
    case SQLITE_IOERR:
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
    case SQLITE_FULL:
    case SQLITE_CANTOPEN:
    case SQLITE_PROTOCOL:
    case SQLITE_PERM:
    case SQLITE_AUTH:
      return true;
    default:
      return false;
  }
}

// A statement is reset however its use ends, so that the next one finds it fresh.
class ResetAtEnd {
 public:
  ResetAtEnd(sqlite3_stmt* statement, bool is_temporary)
      : statement_(statement), is_temporary_(is_temporary) {}
  ~ResetAtEnd() {
    if (is_temporary_) {
      sqlite3_finalize(statement_);
    } else {
      sqlite3_reset(statement_);
    }
  }
  ResetAtEnd(const ResetAtEnd&) = delete;
  ResetAtEnd& operator=(const ResetAtEnd&) = delete;

 private:
  sqlite3_stmt* statement_;
  bool is_temporary_;
};

struct BindOne {
  sqlite3_stmt* statement;
  int index;
  int operator()(std::nullptr_t) const { return sqlite3_bind_null(statement, index); }
  int operator()(std::int64_t value) const { return sqlite3_bind_int64(statement, index, value); }
  int operator()(double value) const { return sqlite3_bind_double(statement, index, value); }
  int operator()(std::string_view value) const {
    // An empty view may carry a null pointer, which SQLite would bind as NULL. The text outlives
    // the step.
    const char* bytes = value.data() == nullptr ? "" : value.data();
    return sqlite3_bind_text64(statement, index, bytes, value.size(), SQLITE_STATIC, SQLITE_UTF8);
  }
};

}  // namespace

Connection::Connection(const std::filesystem::path& file, Mode mode) : mode_(mode) {
  const int access =
      mode == Mode::read_write ? SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE : SQLITE_OPEN_READONLY;
  const int code = sqlite3_open_v2(file.c_str(), &db_,
                                   access | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE, nullptr);
  try {
    if (code != SQLITE_OK) raise(code, "open");
    set_up(mode);
  } catch (...) {
    for (const auto& [key, statement] : statements_) sqlite3_finalize(statement);
    sqlite3_close(db_);
    throw;
  }
}

Connection::~Connection() {
  for (const auto& [key, statement] : statements_) sqlite3_finalize(statement);
  sqlite3_close(db_);
}

void Connection::set_up(Mode mode) {
  sqlite3_busy_timeout(db_, 2000);  // only a tool from outside can hold the lock
  script(
      "PRAGMA trusted_schema = 0; PRAGMA foreign_keys = 1; PRAGMA temp_store = MEMORY; PRAGMA "
      "secure_delete = 1;");
  if (mode == Mode::read_only) {
    script("PRAGMA query_only = 1; PRAGMA cache_size = -8192;");
    return;
  }
  script("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA cache_size = -16384;");
  // Replaces the automatic checkpoint: the writer decides when nobody waits.
  sqlite3_wal_hook(
      db_,
      [](void* self, sqlite3*, const char*, int pages) {
        static_cast<Connection*>(self)->wal_pages_ = pages;
        return SQLITE_OK;
      },
      this);
}

std::int64_t Connection::execute(std::string_view sql, std::span<const Parameter> parameters,
                                 const RowUse* use) {
  sqlite3_stmt* statement = prepared(sql);
  const bool is_nested =
      sqlite3_stmt_busy(statement) != 0;  // a callback runs the statement that feeds it
  if (is_nested) statement = prepare(sql, 0);
  const ResetAtEnd reset(statement, is_nested);
  if (mode_ == Mode::read_only && sqlite3_stmt_readonly(statement) == 0) {
    throw std::logic_error("a read work must not write: " + std::string(sql));
  }
  bind(statement, sql, parameters);
  return step_through(statement, sql, use);
}

std::int64_t Connection::step_through(sqlite3_stmt* statement, std::string_view sql,
                                      const RowUse* use) {
  const bool is_query = sqlite3_stmt_readonly(statement) != 0;
  const Row row(statement);
  for (;;) {
    const int code = sqlite3_step(statement);
    if (code == SQLITE_DONE) break;
    if (code != SQLITE_ROW) raise(code, sql);
    const bool wants_more = use == nullptr || use->call(use->object, row);
    if (!wants_more && is_query) break;
  }
  return is_query ? 0 : sqlite3_changes64(db_);
}

void Connection::bind(sqlite3_stmt* statement, std::string_view sql,
                      std::span<const Parameter> parameters) {
  if (static_cast<std::size_t>(sqlite3_bind_parameter_count(statement)) != parameters.size()) {
    throw std::logic_error("wrong number of parameters (" + std::to_string(parameters.size()) +
                           "): " + std::string(sql));
  }
  int index = 0;
  for (const auto& parameter : parameters) {
    const int code = std::visit(BindOne{statement, ++index}, parameter.value());
    if (code != SQLITE_OK) raise(code, sql);
  }
}

sqlite3_stmt* Connection::prepared(std::string_view sql) {
  sqlite3_stmt*& slot = statements_[TextKey{sql.data(), sql.size()}];
  // The same address may hold another text when a caller does not use a constant: correct, only
  // slower.
  if (slot != nullptr && std::string_view(sqlite3_sql(slot)) == sql) return slot;
  sqlite3_finalize(std::exchange(slot, nullptr));
  slot = prepare(sql, SQLITE_PREPARE_PERSISTENT);
  return slot;
}

sqlite3_stmt* Connection::prepare(std::string_view sql, unsigned flags) {
  sqlite3_stmt* statement = nullptr;
  const char* rest = nullptr;
  const int code =
      sqlite3_prepare_v3(db_, sql.data(), static_cast<int>(sql.size()), flags, &statement, &rest);
  if (code != SQLITE_OK) raise(code, sql);
  const std::string_view left(rest, static_cast<std::size_t>(sql.data() + sql.size() - rest));
  if (statement == nullptr || left.find_first_not_of(" \t\r\n;") != std::string_view::npos) {
    sqlite3_finalize(statement);
    throw std::logic_error("not exactly one statement: " + std::string(sql));
  }
  return statement;
}

void Connection::script(const std::string& sql) {
  const int code = sqlite3_exec(db_, sql.c_str(), nullptr, nullptr, nullptr);
  if (code != SQLITE_OK) raise(code, sql);
}

std::string Connection::single(std::string_view sql) {
  std::string out;
  auto keep = [&](const Row& row) {
    out = row.text(0);
    return false;
  };
  const RowUse use = RowUse::of(keep);
  execute(sql, {}, &use);
  return out;
}

bool Connection::is_in_transaction() const { return sqlite3_get_autocommit(db_) == 0; }

std::int64_t Connection::last_insert_id() const { return sqlite3_last_insert_rowid(db_); }
std::int64_t Connection::total_changes() const { return sqlite3_total_changes64(db_); }

int Connection::checkpoint(CheckpointMode mode) {
  const int how =
      mode == CheckpointMode::passive ? SQLITE_CHECKPOINT_PASSIVE : SQLITE_CHECKPOINT_TRUNCATE;
  return sqlite3_wal_checkpoint_v2(db_, "main", how, nullptr, nullptr);
}

void Connection::keep_wal_on_close() {
  sqlite3_db_config(db_, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, nullptr);
}

bool Connection::take_trouble() { return std::exchange(has_trouble_, false); }

void Connection::raise(int code, std::string_view sql) {
  const int extended = db_ == nullptr ? code : sqlite3_extended_errcode(db_);
  const std::string what =
      (db_ == nullptr ? std::string(sqlite3_errstr(code)) : std::string(sqlite3_errmsg(db_))) +
      " (" + std::to_string(code) + ")";
  if ((code & 0xFF) == SQLITE_CONSTRAINT) throw ConstraintError(what);
  if (is_storage_trouble(code)) {
    has_trouble_ = true;
    throw StorageError(what, extended);
  }
  throw std::logic_error(what + ": " + std::string(sql));
}

}  // namespace matanai::db
