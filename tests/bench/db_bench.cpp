// Durable small writes per second through Database::write with 200 callers, beside raw SQLite that
// runs the same prepared statements in batches of the same mean size on a file of its own, in the
// same run. Prints JSON lines {name,value,unit}. usage: bench_db [folder]   (default: a folder
// under the temporary one; give a disk, not a memory file system)
#include <sqlite3.h>
#include <unistd.h>

#include <algorithm>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <chrono>
#include <cstdio>
#include <filesystem>
#include <functional>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include "server/db/database.hpp"

namespace matanai::db {
namespace {

using Seconds = std::chrono::duration<double>;

constexpr int kCallers = 200;
constexpr int kWritesPerRound = 12'000;
constexpr int kRounds = 5;
constexpr int kSlots = 500;

// Shaped like a booking: look at the slot, take a place, store the booking and its event.
constexpr embedded::File kTables[] = {{
    "sql/bench/0001_tables.sql",
    "CREATE TABLE slot (id INTEGER PRIMARY KEY, capacity INTEGER NOT NULL, taken INTEGER NOT NULL) "
    "STRICT;"
    "CREATE TABLE booking (id INTEGER PRIMARY KEY, token TEXT NOT NULL UNIQUE, slot INTEGER NOT "
    "NULL, state TEXT NOT NULL,"
    " locale TEXT NOT NULL, contact TEXT NOT NULL, created_at INTEGER NOT NULL, updated_at INTEGER "
    "NOT NULL) STRICT;"
    "CREATE INDEX booking_by_slot ON booking (slot, state, created_at, id);"
    "CREATE TABLE event (id INTEGER PRIMARY KEY, at INTEGER NOT NULL, kind TEXT NOT NULL, token "
    "TEXT NOT NULL) STRICT;"
    "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 500)"
    " INSERT INTO slot SELECT i, 1000000000, 0 FROM n;",
}};
constexpr std::string_view kLook = "SELECT capacity, taken FROM slot WHERE id = ?1";
constexpr std::string_view kTake =
    "UPDATE slot SET taken = taken + 1 WHERE id = ?1 AND taken < capacity";
constexpr std::string_view kBook =
    "INSERT INTO booking (token, slot, state, locale, contact, created_at, updated_at)"
    " VALUES (?1, ?2, 'booked', 'ja', ?3, ?4, ?4)";
constexpr std::string_view kTell = "INSERT INTO event (at, kind, token) VALUES (?1, 'booked', ?2)";
const std::string kContact(48, 'c');

// Spread over the index as random tokens are, and the same for both sides.
std::string token_of(std::int64_t number) {
  const auto mixed = static_cast<std::uint64_t>(number) * 0x9E3779B97F4A7C15U;
  char text[40];
  std::snprintf(text, sizeof text, "%016llx%010lld", static_cast<unsigned long long>(mixed),
                static_cast<long long>(number));
  return text;
}

Result<int> book(Transaction& tx, std::int64_t number) {
  const std::int64_t slot = number % kSlots + 1;
  const auto free =
      tx.first(kLook, [](const Row& row) { return row.integer(0) - row.integer(1); }, slot);
  if (!free || *free <= 0 || tx.run(kTake, slot) != 1) return Refusal(RefusalCode::slot_full);
  const std::string token = token_of(number);
  tx.run(kBook, token, slot, kContact, number);
  tx.run(kTell, number, token);
  return 1;
}

struct Round {
  std::int64_t next;
  std::int64_t end;
  int failures = 0;
};

boost::asio::awaitable<void> caller(Database& database, Round& round) {
  while (round.next < round.end) {
    const std::int64_t number = round.next++;
    auto result =
        co_await database.write<int>([number](Transaction& tx) { return book(tx, number); });
    if (result.has_error()) ++round.failures;
  }
}

double through_database(Database& database, std::int64_t from) {
  Round round{from, from + kWritesPerRound};
  boost::asio::io_context context{1};
  for (int index = 0; index < kCallers; ++index) {
    boost::asio::co_spawn(context, caller(database, round), [](std::exception_ptr error) {
      if (error) std::rethrow_exception(error);
    });
  }
  const auto start = std::chrono::steady_clock::now();
  context.run();
  const Seconds taken = std::chrono::steady_clock::now() - start;
  if (round.failures != 0) throw std::runtime_error("writes failed");
  return kWritesPerRound / taken.count();
}

// Plain C API, one connection with the same settings (as rare a checkpoint too, so that it is not
// slowed by one that ours puts off), nothing between the loop and SQLite.
class Raw {
 public:
  explicit Raw(const std::filesystem::path& file) {
    check(sqlite3_open_v2(file.c_str(), &db_,
                          SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX,
                          nullptr));
    run("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA wal_autocheckpoint = 16000; "
        "PRAGMA cache_size = -16384;"
        "PRAGMA temp_store = MEMORY; PRAGMA secure_delete = 1;");
    run(std::string(kTables[0].text));
    begin_ = prepare("BEGIN IMMEDIATE");
    commit_ = prepare("COMMIT");
    look_ = prepare(kLook);
    take_ = prepare(kTake);
    book_ = prepare(kBook);
    tell_ = prepare(kTell);
  }
  ~Raw() {
    for (auto* statement : {begin_, commit_, look_, take_, book_, tell_})
      sqlite3_finalize(statement);
    sqlite3_close(db_);
  }
  Raw(const Raw&) = delete;
  Raw& operator=(const Raw&) = delete;

  double rate(std::int64_t from, double batch_size) {
    const auto start = std::chrono::steady_clock::now();
    double until = 0;
    for (std::int64_t done = 0; done < kWritesPerRound;) {
      until = std::min<double>(until + batch_size, kWritesPerRound);
      finish(begin_);
      for (; static_cast<double>(done) < until; ++done) one(from + done);
      finish(commit_);
    }
    const Seconds taken = std::chrono::steady_clock::now() - start;
    return kWritesPerRound / taken.count();
  }

 private:
  static void check(int code) {
    if (code != SQLITE_OK) throw std::runtime_error(sqlite3_errstr(code));
  }
  void run(const std::string& sql) {
    check(sqlite3_exec(db_, sql.c_str(), nullptr, nullptr, nullptr));
  }
  sqlite3_stmt* prepare(std::string_view sql) {
    sqlite3_stmt* out = nullptr;
    check(sqlite3_prepare_v3(db_, sql.data(), static_cast<int>(sql.size()),
                             SQLITE_PREPARE_PERSISTENT, &out, nullptr));
    return out;
  }
  static void finish(sqlite3_stmt* statement) {
    if (sqlite3_step(statement) != SQLITE_DONE) throw std::runtime_error("step failed");
    sqlite3_reset(statement);
  }
  static void text(sqlite3_stmt* statement, int index, const std::string& value) {
    sqlite3_bind_text(statement, index, value.data(), static_cast<int>(value.size()),
                      SQLITE_STATIC);
  }
  void one(std::int64_t number) {
    const std::int64_t slot = number % kSlots + 1;
    sqlite3_bind_int64(look_, 1, slot);
    if (sqlite3_step(look_) != SQLITE_ROW ||
        sqlite3_column_int64(look_, 0) <= sqlite3_column_int64(look_, 1)) {
      throw std::runtime_error("no slot");
    }
    sqlite3_reset(look_);
    sqlite3_bind_int64(take_, 1, slot);
    finish(take_);
    const std::string token = token_of(number);
    text(book_, 1, token);
    sqlite3_bind_int64(book_, 2, slot);
    text(book_, 3, kContact);
    sqlite3_bind_int64(book_, 4, number);
    finish(book_);
    sqlite3_bind_int64(tell_, 1, number);
    text(tell_, 2, token);
    finish(tell_);
  }

  sqlite3* db_ = nullptr;
  sqlite3_stmt *begin_ = nullptr, *commit_ = nullptr, *look_ = nullptr, *take_ = nullptr,
               *book_ = nullptr, *tell_ = nullptr;
};

double median(std::vector<double> values) {
  std::sort(values.begin(), values.end());
  return values[values.size() / 2];
}

void print(const char* name, double value, const char* unit) {
  std::printf("{\"name\":\"%s\",\"value\":%.3f,\"unit\":\"%s\"}\n", name, value, unit);
}

// Rounds alternate between the two, so that a slow moment of the machine meets both.
void measure(const std::filesystem::path& folder) {
  Options options;
  options.file = folder / "ours.db";
  options.migration_sets = {"bench"};
  options.migrations = kTables;
  Database database(options);
  Raw raw(folder / "raw.db");
  std::vector<double> ours, theirs, ratios, sizes;
  std::int64_t from = 1;
  for (int round = 0; round < kRounds; ++round, from += kWritesPerRound) {
    const Counts before = database.counts();
    ours.push_back(through_database(database, from));
    const Counts after = database.counts();
    sizes.push_back(static_cast<double>(after.works - before.works) /
                    static_cast<double>(after.commits - before.commits));
    theirs.push_back(raw.rate(from, sizes.back()));
    ratios.push_back(ours.back() / theirs.back());
  }
  print("db.durable_writes", median(ours), "1/s");
  print("db.durable_writes_raw_sqlite", median(theirs), "1/s");
  print("db.durable_writes_ratio", median(ratios), "ratio");
  print("db.works_per_commit", median(sizes), "works");
}

}  // namespace
}  // namespace matanai::db

int main(int count, char** values) {
  std::string folder =
      (std::filesystem::path(count > 1 ? values[1] : std::filesystem::temp_directory_path()) /
       "matanai-bench-XXXXXX")
          .string();
  if (mkdtemp(folder.data()) == nullptr) {
    std::fprintf(stderr, "cannot create %s\n", folder.c_str());
    return 1;
  }
  int code = 0;
  try {
    matanai::db::measure(folder);
  } catch (const std::exception& error) {
    std::fprintf(stderr, "bench_db: %s\n", error.what());
    code = 1;
  }
  std::filesystem::remove_all(folder);
  return code;
}
