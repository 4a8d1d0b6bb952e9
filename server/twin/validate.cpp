// matanai-twin validate: published and exact values beside ours.
#include <fmt/format.h>

#include <algorithm>
#include <cstdio>

#include "schema/types/json.hpp"
#include "server/twin/checks.hpp"
#include "server/twin/commands.hpp"
#include "server/twin/options.hpp"
#include "server/twin/table.hpp"

namespace matanai::twin {
namespace {

std::string table_of(const Checks& checks) {
  Table table({"value", "published or exact", "ours", "tolerance", ""});
  for (const auto& row : checks) {
    table.add({row.name, fmt::format("{:.6g}", row.exact), fmt::format("{:.6g}", row.ours),
               fmt::format("{:.2g}", row.tolerance), row.ok ? "ok" : "MISS"});
  }
  return table.text();
}

int validate(const Options& options) {
  const Checks checks = formula_checks();
  const auto missed = std::ranges::count(checks, false, &Check::ok);
  if (options.is_json) {
    fmt::print("{}\n", boost::json::serialize(to_json(checks)));
  } else {
    fmt::print("{}{} values, {} missed\n", table_of(checks), checks.size(), missed);
  }
  return missed == 0 ? kDone : kMissed;
}

}  // namespace

void add_validate(CLI::App& app, Run& run) {
  static Options options;
  auto* command = add_command(app, run, "validate", "Every published value beside ours",
                              "Examples:\n"
                              "  matanai-twin validate\n"
                              "  matanai-twin validate --json > checks.json",
                              [] { return validate(options); });
  add_options(*command, options);
}

}  // namespace matanai::twin
