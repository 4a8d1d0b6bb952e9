// What the tests of this room share: a folder of its own per test, two tables, a coroutine runner.
#pragma once

#include <gtest/gtest.h>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <exception>
#include <string>

#include "server/db/database.hpp"
#include "tests/unit/support/folder.hpp"

namespace matanai::db {

inline constexpr embedded::File kTestTables[] = {{
    "sql/test/0001_tables.sql",
    "CREATE TABLE place (id INTEGER PRIMARY KEY, free INTEGER NOT NULL CHECK (free >= 0)) STRICT;"
    "CREATE TABLE person (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE,"
    " place INTEGER REFERENCES place (id) DEFERRABLE INITIALLY DEFERRED) STRICT;",
}};

using tests::Folder;

inline Options test_options(const Folder& folder) {
  Options options;
  options.file = folder.file();
  options.migration_sets = {"test"};
  options.migrations = kTestTables;
  return options;
}

inline constexpr std::string_view kInsertPerson = "INSERT INTO person (name) VALUES (?1)";
inline constexpr std::string_view kCountPeople = "SELECT count(*) FROM person";

inline Result<std::int64_t> add_person(Database& database, const std::string& name) {
  return database.write_blocking<std::int64_t>([name](Transaction& tx) -> Result<std::int64_t> {
    tx.run(kInsertPerson, name);
    return tx.last_insert_id();
  });
}

inline std::int64_t count_people(Database& database) {
  return database
      .read_blocking<std::int64_t>([](Transaction& tx) -> Result<std::int64_t> {
        return *tx.first(kCountPeople, [](const Row& row) { return row.integer(0); });
      })
      .value();
}

}  // namespace matanai::db
