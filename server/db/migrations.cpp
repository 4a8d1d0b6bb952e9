#include "server/db/migrations.hpp"

#include <algorithm>
#include <charconv>
#include <map>

#include "server/db/sha256.hpp"
#include "server/db/start_error.hpp"

namespace matanai::db {
namespace {

constexpr std::string_view kCreateTable =
    "CREATE TABLE IF NOT EXISTS schema_migration ("
    " set_name TEXT NOT NULL,"
    " number INTEGER NOT NULL,"
    " name TEXT NOT NULL,"
    " sha256 TEXT NOT NULL,"
    " applied_at INTEGER NOT NULL,"
    " PRIMARY KEY (set_name, number)"
    ") STRICT";
constexpr std::string_view kSelectApplied =
    "SELECT set_name, number, name, sha256 FROM schema_migration ORDER BY set_name, number";
constexpr std::string_view kInsertApplied =
    "INSERT INTO schema_migration (set_name, number, name, sha256, applied_at) VALUES (?1, ?2, ?3, "
    "?4, ?5)";

struct Migration {
  std::string set;
  std::int64_t number = 0;
  std::string name;  // "0001_name"
  std::string_view text{};
};

std::string label(const Migration& migration) { return migration.set + "/" + migration.name; }

// "sql/city/0001_booking.sql" of one of the sets, or nullopt for other sets.
std::optional<Migration> parse(const embedded::File& file, const std::vector<std::string>& sets) {
  std::string_view rest = file.name;
  if (!rest.starts_with("sql/") || !rest.ends_with(".sql")) return std::nullopt;
  rest.remove_prefix(4);
  rest.remove_suffix(4);
  const auto slash = rest.find('/');
  if (slash == std::string_view::npos) return std::nullopt;
  Migration out{std::string(rest.substr(0, slash)), 0, std::string(rest.substr(slash + 1)),
                file.text};
  if (std::find(sets.begin(), sets.end(), out.set) == sets.end()) return std::nullopt;
  const auto [end, error] =
      std::from_chars(out.name.data(), out.name.data() + out.name.size(), out.number);
  if (error != std::errc{} || end != out.name.data() + 4 || out.name.size() < 6 ||
      out.name[4] != '_') {
    throw StartError("the migration " + label(out) + " is not named NNNN_name");
  }
  return out;
}

using BySet = std::map<std::string, std::vector<Migration>>;

BySet collect(const std::vector<std::string>& sets, std::span<const embedded::File> files) {
  BySet out;
  for (const auto& file : files) {
    if (auto migration = parse(file, sets)) out[migration->set].push_back(std::move(*migration));
  }
  for (const auto& set : sets) {
    auto& list = out[set];
    if (list.empty()) throw StartError("this program has no migrations of the set " + set);
    std::sort(list.begin(), list.end(),
              [](const auto& a, const auto& b) { return a.number < b.number; });
    for (std::size_t index = 0; index < list.size(); ++index) {
      if (list[index].number != static_cast<std::int64_t>(index) + 1) {
        throw StartError("the migrations of the set " + set +
                         " leave a gap or repeat a number at " + list[index].name);
      }
    }
  }
  return out;
}

// How many files of each set the database already has; refuses what this program cannot know.
std::map<std::string, std::size_t> check_applied(Transaction& tx, const BySet& known) {
  std::map<std::string, std::size_t> done;
  tx.each(kSelectApplied, [&](const Row& row) {
    const std::string set = row.text(0);
    const auto number = static_cast<std::size_t>(row.integer(1));
    const std::string name = set + "/" + row.text(2);
    const auto list = known.find(set);
    if (list == known.end()) {
      throw StartError("the database belongs to another role: it has the tables of " + name);
    }
    if (number > list->second.size()) {
      throw StartError("the database was used by a newer version (it has " + name +
                       "): start that version or a later one");
    }
    if (number != done[set] + 1)
      throw StartError("the database lacks a migration before " + name + ": restore a backup");
    if (sha256_hex({list->second[number - 1].text}) != row.text(3)) {
      throw StartError("the migration " + name +
                       " was changed after it had been applied: restore its first text");
    }
    done[set] = number;
  });
  return done;
}

void apply(Connection& connection, const Migration& migration, Instant now) {
  connection.control("BEGIN IMMEDIATE");
  try {
    connection.script(std::string(migration.text));
    Transaction tx(connection);
    tx.run(kInsertApplied, migration.set, migration.number, migration.name,
           sha256_hex({migration.text}), now);
    connection.control("COMMIT");
  } catch (const std::exception& error) {
    if (connection.is_in_transaction()) connection.control("ROLLBACK");
    throw StartError("the migration " + label(migration) + " failed: " + error.what());
  }
}

}  // namespace

void migrate(Connection& connection, const std::vector<std::string>& sets,
             std::span<const embedded::File> files, Instant now) {
  const BySet known = collect(sets, files);
  Transaction tx(connection);
  tx.run(kCreateTable);
  const auto done = check_applied(tx, known);
  for (const auto& set : sets) {
    const auto& list = known.at(set);
    const auto first = done.contains(set) ? done.at(set) : 0;
    for (std::size_t index = first; index < list.size(); ++index)
      apply(connection, list[index], now);
  }
}

}  // namespace matanai::db
