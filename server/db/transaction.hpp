// What a work sees: prepared statements of its connection. Database threads only; lives as long as
// the work runs.
//
//   constexpr std::string_view kInsert = "INSERT INTO hold (id, expires_at) VALUES (?1, ?2)";
//   tx.run(kInsert, id, expires_at);                                  // returns rows changed
//   auto hold = tx.first(kSelect, [](const Row& row) { return Hold{row.text(0), row.instant(1)}; },
//   id); tx.each(kSelectAll, [&](const Row& row) {…}, office);
//
// SQL is a named constant of a store.cpp; statements are cached by their text's address and size.
// A constraint violation throws ConstraintError (a store may catch it); storage trouble throws
// StorageError, which the Database turns into storage_unavailable; anything else is a bug and
// throws std::logic_error.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <variant>
#include <vector>

#include "schema/types/ids.hpp"
#include "schema/types/time.hpp"

struct sqlite3_stmt;

namespace matanai::db {

struct StorageError : std::runtime_error {
  explicit StorageError(const std::string& what, int sqlite_code = 0)
      : std::runtime_error(what), code(sqlite_code) {}
  int code;  // SQLite's extended result code, 0 when there is none
};
struct ConstraintError : std::runtime_error {
  using std::runtime_error::runtime_error;
};

// One result row; valid inside the callback only.
class Row {
 public:
  explicit Row(sqlite3_stmt* statement) : statement_(statement) {}
  bool is_null(int column) const;
  std::int64_t integer(int column) const;
  double real(int column) const;
  std::string text(int column) const;
  bool boolean(int column) const { return integer(column) != 0; }
  Instant instant(int column) const { return from_millis(integer(column)); }
  std::optional<Instant> optional_instant(int column) const;
  std::optional<std::string> optional_text(int column) const;

 private:
  sqlite3_stmt* statement_;
};

// A parameter of a statement.
class Parameter {
 public:
  Parameter(std::int64_t value) : value_(value) {}       // NOLINT: binding is meant to be implicit
  Parameter(int value) : value_(std::int64_t{value}) {}  // NOLINT
  Parameter(unsigned value) : value_(std::int64_t{value}) {}                // NOLINT
  Parameter(bool value) : value_(std::int64_t{value}) {}                    // NOLINT
  Parameter(double value) : value_(value) {}                                // NOLINT
  Parameter(std::string_view value) : value_(value) {}                      // NOLINT
  Parameter(const std::string& value) : value_(std::string_view(value)) {}  // NOLINT
  Parameter(const char* value) : value_(std::string_view(value)) {}         // NOLINT
  Parameter(std::nullptr_t) : value_(nullptr) {}                            // NOLINT
  Parameter(Instant value) : value_(to_millis(value)) {}                    // NOLINT
  template <class Tag>
  Parameter(const Id<Tag>& id) : value_(std::string_view(id.value)) {}  // NOLINT
  template <class T>
  Parameter(const std::optional<T>& value) : value_(nullptr) {  // NOLINT
    if (value) value_ = Parameter(*value).value_;               // borrows the text inside `value`
  }
  const std::variant<std::nullptr_t, std::int64_t, double, std::string_view>& value() const {
    return value_;
  }

 private:
  std::variant<std::nullptr_t, std::int64_t, double, std::string_view> value_;
};

class Connection;

// A borrowed callback for rows; returns false to stop a pure query early.
struct RowUse {
  void* object;
  bool (*call)(void* object, const Row& row);
  template <class Callable>
  static RowUse of(Callable& callable) {
    return {&callable,
            [](void* object, const Row& row) { return (*static_cast<Callable*>(object))(row); }};
  }
};

class Transaction {
 public:
  explicit Transaction(Connection& connection) : connection_(connection) {}
  Transaction(const Transaction&) = delete;
  Transaction& operator=(const Transaction&) = delete;

  // Executes; returns the number of rows changed.
  template <class... Args>
  std::int64_t run(std::string_view sql, const Args&... args) {
    const Parameter parameters[] = {Parameter(args)..., Parameter(nullptr)};
    return execute(sql, std::span(parameters, sizeof...(Args)), nullptr);
  }
  // Calls `use` for each row.
  template <class Use, class... Args>
  void each(std::string_view sql, Use use, const Args&... args) {
    auto callback = [&use](const Row& row) {
      use(row);
      return true;
    };
    query(sql, RowUse::of(callback), args...);
  }
  // Maps the first row, or nullopt: tx.first(kSql, [](const Row& r) { return r.integer(0); }, id)
  template <class Map, class... Args>
  auto first(std::string_view sql, Map map, const Args&... args) {
    std::optional<std::decay_t<decltype(map(std::declval<const Row&>()))>> out;
    auto callback = [&](const Row& row) {
      if (!out) out.emplace(map(row));
      return false;
    };
    query(sql, RowUse::of(callback), args...);
    return out;
  }
  // Maps every row.
  template <class Map, class... Args>
  auto all(std::string_view sql, Map map, const Args&... args) {
    std::vector<std::decay_t<decltype(map(std::declval<const Row&>()))>> out;
    auto callback = [&](const Row& row) {
      out.push_back(map(row));
      return true;
    };
    query(sql, RowUse::of(callback), args...);
    return out;
  }
  std::int64_t last_insert_id() const;

  // Called on the database thread once this work is durable, before its caller is answered; never
  // when it is refused or rolled back, and not by readers. For telling others by posting: it must
  // not throw, block or touch the database.
  void after_commit(std::function<void()> tell) { after_commit_.push_back(std::move(tell)); }
  // For the writer.
  std::vector<std::function<void()>> take_after_commit() {
    return std::exchange(after_commit_, {});
  }

 private:
  template <class... Args>
  void query(std::string_view sql, const RowUse& use, const Args&... args) {
    const Parameter parameters[] = {Parameter(args)..., Parameter(nullptr)};
    execute(sql, std::span(parameters, sizeof...(Args)), &use);
  }
  std::int64_t execute(std::string_view sql, std::span<const Parameter> parameters,
                       const RowUse* use);

  Connection& connection_;
  std::vector<std::function<void()>> after_commit_{};
};

}  // namespace matanai::db
