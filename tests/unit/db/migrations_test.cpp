#include "server/db/migrations.hpp"

#include <sys/wait.h>
#include <unistd.h>

#include "tests/unit/db/support.hpp"

namespace matanai::db {
namespace {

using Files = std::vector<embedded::File>;
using Sets = std::vector<std::string>;

constexpr embedded::File kCommonOne{"sql/common/0001_a.sql",
                                    "CREATE TABLE a (id INTEGER PRIMARY KEY) STRICT;"};
constexpr embedded::File kCityOne{"sql/city/0001_b.sql",
                                  "CREATE TABLE b (id INTEGER PRIMARY KEY REFERENCES a) STRICT;"};
constexpr embedded::File kCityTwo{
    "sql/city/0002_c.sql",
    "CREATE TABLE c (id INTEGER PRIMARY KEY) STRICT; INSERT INTO c VALUES (7);"};

// Opens a database with these files; the sentence that it was refused with, or "".
std::string open_with(const Folder& folder, const Sets& sets, const Files& files) {
  Options options;
  options.file = folder.file();
  options.migration_sets = sets;
  options.migrations = files;
  try {
    const Database database(options);
    return "";
  } catch (const StartError& error) {
    return error.what();
  }
}

std::vector<std::string> tables(const Folder& folder) {
  Connection connection(folder.file(), Connection::Mode::read_write);
  return Transaction(connection)
      .all(
          "SELECT name FROM sqlite_schema WHERE type = 'table' AND name <> 'schema_migration' "
          "ORDER BY name",
          [](const Row& row) { return row.text(0); });
}

TEST(Migrations, AppliesTwoSetsOnceInTheirOrder) {
  const Folder folder;
  EXPECT_EQ(open_with(folder, {"common", "city"}, {kCityTwo, kCityOne, kCommonOne}), "");
  EXPECT_EQ(open_with(folder, {"common", "city"}, {kCityTwo, kCityOne, kCommonOne}), "");
  EXPECT_EQ(tables(folder), (Sets{"a", "b", "c"}));
}

TEST(Migrations, LeavesOtherSetsOut) {
  const Folder folder;
  EXPECT_EQ(open_with(folder, {"common"}, {kCityTwo, kCityOne, kCommonOne}), "");
  EXPECT_EQ(tables(folder), Sets{"a"});
}

TEST(Migrations, AddsLaterFilesToAnExistingDatabase) {
  const Folder folder;
  EXPECT_EQ(open_with(folder, {"common"}, {kCommonOne}), "");
  EXPECT_EQ(open_with(folder, {"common", "city"}, {kCommonOne, kCityOne}), "");
  EXPECT_EQ(open_with(folder, {"common", "city"}, {kCommonOne, kCityOne, kCityTwo}), "");
  EXPECT_EQ(tables(folder), (Sets{"a", "b", "c"}));
}

TEST(Migrations, RefusesADatabaseOfANewerProgram) {
  const Folder folder;
  EXPECT_EQ(open_with(folder, {"common", "city"}, {kCommonOne, kCityOne, kCityTwo}), "");
  EXPECT_EQ(open_with(folder, {"common", "city"}, {kCommonOne, kCityOne}),
            "the database was used by a newer version (it has city/0002_c): start that version or "
            "a later one");
}

TEST(Migrations, RefusesADatabaseOfAnotherRole) {
  const Folder folder;
  EXPECT_EQ(open_with(folder, {"common", "city"}, {kCommonOne, kCityOne}), "");
  EXPECT_EQ(open_with(folder, {"common"}, {kCommonOne}),
            "the database belongs to another role: it has the tables of city/0001_b");
}

TEST(Migrations, RefusesAFileThatChangedAfterwards) {
  const Folder folder;
  EXPECT_EQ(open_with(folder, {"common"}, {kCommonOne}), "");
  const embedded::File changed{kCommonOne.name,
                               "CREATE TABLE a (id INTEGER PRIMARY KEY, more TEXT) STRICT;"};
  EXPECT_EQ(
      open_with(folder, {"common"}, {changed}),
      "the migration common/0001_a was changed after it had been applied: restore its first text");
}

TEST(Migrations, RefusesGapsAndOddNames) {
  const Folder folder;
  EXPECT_EQ(open_with(folder, {"city"}, {kCityTwo}),
            "the migrations of the set city leave a gap or repeat a number at 0002_c");
  EXPECT_EQ(open_with(folder, {"city"}, {{"sql/city/1_b.sql", ""}}),
            "the migration city/1_b is not named NNNN_name");
  EXPECT_EQ(open_with(folder, {"nothing"}, {kCityTwo}),
            "this program has no migrations of the set nothing");
}

TEST(Migrations, KeepsNothingOfAFileThatFails) {
  const Folder folder;
  const embedded::File broken{"sql/common/0002_x.sql",
                              "CREATE TABLE x (id INTEGER PRIMARY KEY) STRICT; CREATE TABEL y;"};
  EXPECT_NE(open_with(folder, {"common"}, {kCommonOne, broken})
                .find("the migration common/0002_x failed: "),
            std::string::npos);
  EXPECT_EQ(tables(folder), Sets{"a"});
  EXPECT_EQ(open_with(folder, {"common"}, {kCommonOne}), "");
}

TEST(Migrations, OurOwnFilesFitTogether) {
  const Folder folder;
  const auto files = embedded::sql();
  EXPECT_EQ(open_with(folder, {"common"}, Files(files.begin(), files.end())), "");
}

TEST(ProcessLock, RefusesASecondProcess) {
  const Folder folder;
  const Database database(test_options(folder));
  const pid_t child = fork();
  if (child == 0) {
    bool is_refused = false;
    try {
      const Database second(test_options(folder));
    } catch (const StartError& error) {
      const std::string what = error.what();
      is_refused = what.find(folder.file().string() + " is in use by process " +
                             std::to_string(getppid())) != std::string::npos;
    }
    _exit(is_refused ? 0 : 1);
  }
  int status = -1;
  ASSERT_EQ(waitpid(child, &status, 0), child);
  EXPECT_EQ(status, 0);
}

TEST(ProcessLock, IsFreeAfterAnOwnerHasGone) {
  const Folder folder;
  EXPECT_EQ(open_with(folder, {"common"}, {kCommonOne}), "");
  EXPECT_EQ(open_with(folder, {"common"}, {kCommonOne}), "");
}

TEST(Database, RefusesAFileThatIsNoDatabase) {
  const Folder folder;
  FILE* file = fopen(folder.file().c_str(), "w");
  fputs(
      "this is a letter, and a long one, not a database; it goes on and on and on until it is over "
      "100 bytes long",
      file);
  fclose(file);
  const auto what = open_with(folder, {"common"}, {kCommonOne});
  EXPECT_NE(what.find("cannot open the database " + folder.file().string()), std::string::npos)
      << what;
}

}  // namespace
}  // namespace matanai::db
