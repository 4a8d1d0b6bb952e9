// What the database does when the disk or the process fails.
#include <signal.h>
#include <sqlite3.h>
#include <sys/wait.h>
#include <unistd.h>

#include <atomic>
#include <future>
#include <random>
#include <set>
#include <thread>

#include "tests/unit/db/fault_vfs.hpp"
#include "tests/unit/db/support.hpp"

namespace matanai::db {
namespace {

TEST(DatabaseFault, FullDiskRefusesAndRecoversByItself) {
  FaultVfs vfs;
  const Folder folder;
  Database database(test_options(folder));
  std::int64_t stored = 0;
  for (; stored < 20; ++stored) add_person(database, "before " + std::to_string(stored)).value();
  vfs.faults().is_disk_full = true;
  int refused = 0;
  for (int index = 0; index < 50; ++index) {
    const auto result =
        add_person(database, "during " + std::to_string(index) + std::string(4000, 'x'));
    if (result.has_value()) {
      ++stored;  // room inside the WAL may be used again
      continue;
    }
    EXPECT_EQ(result.error().code, RefusalCode::storage_unavailable);
    ++refused;
  }
  EXPECT_GT(refused, 0);
  EXPECT_EQ(count_people(database), stored);  // reading goes on
  EXPECT_TRUE(database.is_writable());
  vfs.faults().is_disk_full = false;
  EXPECT_TRUE(add_person(database, "after").has_value());
  EXPECT_EQ(count_people(database), stored + 1);
}

TEST(DatabaseFault, FailedSyncStopsWritingForGood) {
  FaultVfs vfs;
  const Folder folder;
  std::promise<std::string> fatal;
  auto options = test_options(folder);
  options.on_fatal = [&fatal](std::string what) { fatal.set_value(std::move(what)); };
  {
    Database database(options);
    add_person(database, "before").value();
    vfs.faults().is_sync_broken = true;
    EXPECT_EQ(add_person(database, "unknown").error().code, RefusalCode::storage_unavailable);
    EXPECT_NE(fatal.get_future().get().find("its outcome is unknown"), std::string::npos);
    vfs.faults().is_sync_broken = false;
    EXPECT_FALSE(database.is_writable());
    EXPECT_EQ(add_person(database, "after").error().code, RefusalCode::storage_unavailable);
    EXPECT_GE(count_people(database), 1);
  }
  EXPECT_TRUE(std::filesystem::exists(folder.file().string() + "-wal"));  // closing did not pretend
  Database database(test_options(folder));
  EXPECT_TRUE(add_person(database, "after").has_value());
}

TEST(DatabaseFault, EveryAnsweredWriteWasSynced) {
  FaultVfs vfs;
  const Folder folder;
  Database database(test_options(folder));
  for (int index = 0; index < 10; ++index) {
    const int before = vfs.faults().wal_syncs;
    add_person(database, std::to_string(index)).value();
    EXPECT_GT(vfs.faults().wal_syncs, before);
  }
}

TEST(DatabaseFault, ForeignLockIsRefusedAndForgotten) {
  const Folder folder;
  Database database(test_options(folder));
  sqlite3* other = nullptr;
  ASSERT_EQ(sqlite3_open(folder.file().c_str(), &other), SQLITE_OK);
  ASSERT_EQ(sqlite3_exec(other, "BEGIN IMMEDIATE", nullptr, nullptr, nullptr), SQLITE_OK);
  EXPECT_EQ(add_person(database, "blocked").error().code, RefusalCode::storage_unavailable);
  sqlite3_exec(other, "ROLLBACK", nullptr, nullptr, nullptr);
  sqlite3_close(other);
  EXPECT_TRUE(add_person(database, "free").has_value());
  EXPECT_EQ(count_people(database), 1);
}

// In a child: four threads write and report each answered row through the pipe, until the child is
// killed.
[[noreturn]] void write_until_killed(const Folder& folder, int cycle, int pipe) {
  Database database(test_options(folder));
  std::vector<std::thread> threads;
  for (int thread = 0; thread < 4; ++thread) {
    threads.emplace_back([&database, cycle, thread, pipe] {
      for (int index = 0;; ++index) {
        const auto id = add_person(database, std::to_string(cycle) + "-" + std::to_string(thread) +
                                                 "-" + std::to_string(index));
        const std::int64_t row = id.value();
        if (::write(pipe, &row, sizeof row) != sizeof row) _exit(1);
      }
    });
  }
  for (auto& thread : threads) thread.join();
  _exit(0);
}

TEST(DatabaseFault, KilledProcessLosesNothingItAnswered) {
  constexpr int kCycles = 20;
  constexpr unsigned kSeed = 20261122;
  std::mt19937 random(kSeed);
  const Folder folder;
  std::set<std::int64_t> answered;
  for (int cycle = 0; cycle < kCycles; ++cycle) {
    int pipe[2];
    ASSERT_EQ(::pipe(pipe), 0);
    const pid_t child = fork();
    if (child == 0) {
      ::close(pipe[0]);
      write_until_killed(folder, cycle, pipe[1]);
    }
    ::close(pipe[1]);
    const unsigned kill_after = 1 + static_cast<unsigned>(random() % 200);  // answers
    std::int64_t row = 0;
    for (unsigned seen = 0; ::read(pipe[0], &row, sizeof row) == sizeof row; ++seen) {
      EXPECT_TRUE(answered.insert(row).second) << "row " << row << " was given twice";
      if (seen == kill_after) kill(child, SIGKILL);
    }
    ::close(pipe[0]);
    int status = 0;
    ASSERT_EQ(waitpid(child, &status, 0), child);
    ASSERT_TRUE(WIFSIGNALED(status)) << "cycle " << cycle << " ended by itself";
  }
  Database database(test_options(folder));
  const auto stored = database.read_blocking<std::vector<std::int64_t>>(
      [](Transaction& tx) -> Result<std::vector<std::int64_t>> {
        return tx.all("SELECT id FROM person", [](const Row& row) { return row.integer(0); });
      });
  const std::set<std::int64_t> present(stored->begin(), stored->end());
  EXPECT_GT(answered.size(), std::size_t{kCycles});
  for (const auto id : answered)
    EXPECT_TRUE(present.contains(id)) << "lost row " << id << ", seed " << kSeed;
}

}  // namespace
}  // namespace matanai::db
