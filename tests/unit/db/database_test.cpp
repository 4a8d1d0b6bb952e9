#include "server/db/database.hpp"

#include <condition_variable>
#include <future>
#include <mutex>
#include <thread>
#include <utility>
#include <vector>

#include "tests/unit/db/support.hpp"

namespace matanai::db {
namespace {

TEST(Database, WritesFromManyThreadsShareCommits) {
  constexpr int kThreads = 32;
  constexpr int kEach = 50;
  const Folder folder;
  Database database(test_options(folder));
  std::vector<std::thread> threads;
  for (int thread = 0; thread < kThreads; ++thread) {
    threads.emplace_back([&database, thread] {
      for (int index = 0; index < kEach; ++index) {
        add_person(database, std::to_string(thread) + "-" + std::to_string(index)).value();
      }
    });
  }
  for (auto& thread : threads) thread.join();
  EXPECT_EQ(count_people(database), kThreads * kEach);
  EXPECT_EQ(database.counts().works, std::uint64_t{kThreads * kEach});
  EXPECT_LT(database.counts().commits, database.counts().works / 2);
}

// Holds the writer inside a work until everything that a test wants in one batch is queued.
class Gate {
 public:
  void open() {
    {
      const std::lock_guard lock(mutex_);
      is_open_ = true;
    }
    wake_.notify_all();
  }
  void wait() {
    std::unique_lock lock(mutex_);
    wake_.wait(lock, [&] { return is_open_; });
  }

 private:
  std::mutex mutex_;
  std::condition_variable wake_;
  bool is_open_ = false;
};

// Queues the works of one coroutine each, in order, behind a held writer: they share its commit.
class OneBatch {
 public:
  explicit OneBatch(Database& database) : database_(database) {
    blocker_ = std::thread([this] {
      database_
          .write_blocking<int>([this](Transaction&) -> Result<int> {
            if (!std::exchange(has_started_, true)) started_.set_value();
            gate_.wait();
            return 0;
          })
          .value();
    });
    started_.get_future().wait();
  }
  ~OneBatch() { blocker_.join(); }

  void add(std::function<Result<int>(Transaction&)> work) {
    outcomes_.emplace_back();
    const auto index = outcomes_.size() - 1;
    boost::asio::co_spawn(context_, database_.write<int>(std::move(work)),
                          [this, index](std::exception_ptr error, Result<int> result) {
                            outcomes_[index] = {std::move(result), error};
                          });
    context_.poll();  // runs up to the await: the work is queued
  }
  std::vector<Outcome<int>> run() {
    gate_.open();
    context_.run();
    return std::move(outcomes_);
  }

 private:
  Database& database_;
  Gate gate_;
  std::promise<void> started_;
  bool has_started_ = false;  // the writer's: a work may be run again
  std::thread blocker_;
  boost::asio::io_context context_{1};
  std::vector<Outcome<int>> outcomes_;
};

Result<int> insert(Transaction& tx, const std::string& name) {
  tx.run(kInsertPerson, name);
  return 1;
}

TEST(Database, RefusalIsRolledBackAlone) {
  const Folder folder;
  Database database(test_options(folder));
  OneBatch batch(database);
  batch.add([](Transaction& tx) { return insert(tx, "before"); });
  batch.add([](Transaction& tx) -> Result<int> {
    insert(tx, "refused").value();
    return Refusal(RefusalCode::slot_full).with("nearest1", "10:15");
  });
  batch.add([](Transaction& tx) { return insert(tx, "after"); });
  const auto outcomes = batch.run();
  EXPECT_TRUE(outcomes[0].result->has_value());
  ASSERT_TRUE(outcomes[1].result->has_error());
  EXPECT_EQ(outcomes[1].result->error().code, RefusalCode::slot_full);
  EXPECT_EQ(outcomes[1].result->error().values.at(0).second, "10:15");
  EXPECT_TRUE(outcomes[2].result->has_value());
  EXPECT_EQ(count_people(database), 2);
  EXPECT_EQ(database.counts().commits, 1U);  // the gate shares it
}

TEST(Database, RefusalThatWroteNothingCostsItsNeighboursNothing) {
  const Folder folder;
  Database database(test_options(folder));
  int runs = 0;
  OneBatch batch(database);
  batch.add([&runs](Transaction& tx) {
    ++runs;
    return insert(tx, "before");
  });
  batch.add([](Transaction&) -> Result<int> { return Refusal(RefusalCode::slot_full); });
  const auto outcomes = batch.run();
  EXPECT_TRUE(outcomes[0].result->has_value());
  EXPECT_TRUE(outcomes[1].result->has_error());
  EXPECT_EQ(runs, 1);
  EXPECT_EQ(count_people(database), 1);
}

TEST(Database, RefusalThatWroteMakesItsNeighboursRunAgain) {
  const Folder folder;
  Database database(test_options(folder));
  int runs = 0, told = 0;
  OneBatch batch(database);
  batch.add([&](Transaction& tx) {
    ++runs;
    tx.after_commit([&told] { ++told; });
    return insert(tx, "before");
  });
  batch.add([](Transaction& tx) -> Result<int> {
    insert(tx, "refused").value();
    return Refusal(RefusalCode::slot_full);
  });
  const auto outcomes = batch.run();
  EXPECT_TRUE(outcomes[0].result->has_value());
  EXPECT_EQ(runs, 2);
  EXPECT_EQ(told, 1);
  EXPECT_EQ(count_people(database), 1);
}

TEST(Database, ExceptionIsRolledBackAloneAndReachesItsCaller) {
  const Folder folder;
  Database database(test_options(folder));
  OneBatch batch(database);
  batch.add([](Transaction& tx) { return insert(tx, "same"); });
  batch.add([](Transaction& tx) {
    insert(tx, "lost").value();
    return insert(tx, "same");
  });
  batch.add([](Transaction& tx) -> Result<int> {
    insert(tx, "lost too").value();
    throw std::runtime_error("a bug");
  });
  batch.add([](Transaction& tx) { return insert(tx, "after"); });
  const auto outcomes = batch.run();
  EXPECT_FALSE(outcomes[0].error);
  EXPECT_THROW(std::rethrow_exception(outcomes[1].error), ConstraintError);
  EXPECT_THROW(std::rethrow_exception(outcomes[2].error), std::runtime_error);
  EXPECT_FALSE(outcomes[3].error);
  EXPECT_EQ(count_people(database), 2);
}

TEST(Database, DeferredForeignKeyFailsOnlyTheWorkThatBrokeIt) {
  static constexpr std::string_view kLost =
      "INSERT INTO person (name, place) VALUES ('lost', 4711)";
  const Folder folder;
  Database database(test_options(folder));
  OneBatch batch(database);
  batch.add([](Transaction& tx) { return insert(tx, "one"); });
  batch.add([](Transaction& tx) -> Result<int> {
    tx.run(kLost);
    return 1;
  });
  batch.add([](Transaction& tx) { return insert(tx, "two"); });
  const auto outcomes = batch.run();
  EXPECT_FALSE(outcomes[0].error);
  EXPECT_THROW(std::rethrow_exception(outcomes[1].error), ConstraintError);
  EXPECT_FALSE(outcomes[2].error);
  EXPECT_EQ(count_people(database), 2);
}

TEST(Database, TellsOthersOnlyWhatIsDurable) {
  static constexpr std::string_view kLost =
      "INSERT INTO person (name, place) VALUES ('lost', 4711)";
  const Folder folder;
  Database database(test_options(folder));
  OneBatch batch(database);
  std::vector<std::string> told;
  auto tell = [&told](Transaction& tx, std::string what) {
    tx.after_commit([&told, what] { told.push_back(what); });
  };
  batch.add([tell](Transaction& tx) {
    tell(tx, "one");
    return insert(tx, "one");
  });
  batch.add([tell](Transaction& tx) -> Result<int> {
    tell(tx, "refused");
    return Refusal(RefusalCode::slot_full);
  });
  batch.add([tell](Transaction& tx) -> Result<int> {
    tell(tx, "lost");
    tx.run(kLost);
    return 1;
  });
  batch.add([tell](Transaction& tx) -> Result<int> {
    tell(tx, "bug");
    throw std::runtime_error("a bug");
  });
  (void)batch.run();
  EXPECT_EQ(told, std::vector<std::string>{"one"});
}

TEST(Database, CompletionComesBackOnTheCallersThread) {
  const Folder folder;
  Database database(test_options(folder));
  boost::asio::io_context context{1};
  std::thread::id worked;
  std::thread::id resumed;
  auto use = [](Database& db, std::thread::id& work_thread,
                std::thread::id& own) -> boost::asio::awaitable<void> {
    auto work = [&work_thread](Transaction& tx) {
      work_thread = std::this_thread::get_id();
      return insert(tx, "one");
    };
    auto result = co_await db.write<int>(work);
    own = std::this_thread::get_id();
    EXPECT_EQ(result.value(), 1);
    auto read = co_await db.read<std::int64_t>([](Transaction& tx) -> Result<std::int64_t> {
      return *tx.first(kCountPeople, [](const Row& row) { return row.integer(0); });
    });
    EXPECT_EQ(read.value(), 1);
  };
  boost::asio::co_spawn(context, use(database, worked, resumed), [](std::exception_ptr error) {
    if (error) std::rethrow_exception(error);
  });
  context.run();
  EXPECT_EQ(resumed, std::this_thread::get_id());
  EXPECT_NE(worked, resumed);
}

TEST(Database, ReaderSeesOneSnapshot) {
  const Folder folder;
  Database database(test_options(folder));
  add_person(database, "first").value();
  const auto counts = database.read_blocking<std::vector<std::int64_t>>(
      [&database](Transaction& tx) -> Result<std::vector<std::int64_t>> {
        auto count = [&] {
          return *tx.first(kCountPeople, [](const Row& row) { return row.integer(0); });
        };
        const auto before = count();
        add_person(database, "second").value();  // another thread commits meanwhile
        return std::vector{before, count()};
      });
  EXPECT_EQ(counts.value(), (std::vector<std::int64_t>{1, 1}));
  EXPECT_EQ(count_people(database), 2);
}

TEST(Database, ReadWorkMustNotWrite) {
  const Folder folder;
  Database database(test_options(folder));
  EXPECT_THROW((void)database.read_blocking<int>([](Transaction& tx) { return insert(tx, "one"); }),
               std::logic_error);
  EXPECT_EQ(count_people(database), 0);
}

TEST(Database, StoppedDatabaseRefuses) {
  const Folder folder;
  Database database(test_options(folder));
  database.stop();
  EXPECT_EQ(add_person(database, "late").error().code, RefusalCode::shutting_down);
}

TEST(Database, KeepsWhatWasWrittenAndCleansUpWhenClosed) {
  const Folder folder;
  {
    Database database(test_options(folder));
    add_person(database, "kept").value();
  }
  EXPECT_FALSE(std::filesystem::exists(folder.file().string() + "-wal"));
  Database database(test_options(folder));
  EXPECT_EQ(count_people(database), 1);
}

TEST(Database, CheckpointsWhenNobodyWaits) {
  static constexpr std::string_view kFill =
      "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 2000) "
      "INSERT INTO person (name) SELECT hex(randomblob(1500)) FROM n";
  const Folder folder;
  Database database(test_options(folder));
  database
      .write_blocking<int>([](Transaction& tx) -> Result<int> {
        tx.run(kFill);
        return 0;
      })
      .value();
  for (int index = 0; index < 10'000 && database.counts().checkpoints == 0; ++index) {
    add_person(database, "next " + std::to_string(index)).value();
  }
  EXPECT_EQ(database.counts().checkpoints, 1U);
}

}  // namespace
}  // namespace matanai::db
