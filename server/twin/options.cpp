#include "server/twin/options.hpp"

#include <algorithm>
#include <thread>

#include "server/twin/commands.hpp"

namespace matanai::twin {

namespace {
constexpr int kMostThreads = 64;
constexpr const char* kExitCodes =
    "Exit codes: 0 done; 1 it ran, and a value missed its bar; 2 usage or file error.";
}  // namespace

void add_options(CLI::App& command, Options& options) {
  options.threads =
      std::clamp(static_cast<int>(std::thread::hardware_concurrency()), 1, kMostThreads);
  command.add_flag("--json", options.is_json, "JSON instead of a table");
  command.add_option("--seed", options.seed, "The same seed gives the same results, bit for bit")
      ->capture_default_str();
  command
      .add_option("--threads", options.threads, "Threads; the results are the same for each number")
      ->check(CLI::Range(1, kMostThreads))
      ->capture_default_str();
}

void add_office(CLI::App& command, OfficeChoice& choice) {
  command.add_option("--office", choice.file, "An office as JSON, e.g. what calibrate wrote")
      ->check(CLI::ExistingFile);
  command.add_option("--weekday", choice.weekday, "1 Monday … 7 Sunday, for the office's factors")
      ->check(CLI::Range(1, 7))
      ->capture_default_str();
  command.add_option("--month", choice.month, "1 … 12, for the office's factors")
      ->check(CLI::Range(1, 12))
      ->capture_default_str();
}

CLI::App* add_command(CLI::App& app, Run& run, const char* name, const char* about,
                      const std::string& examples, Run its) {
  auto* command = app.add_subcommand(name, about);
  command->footer(examples + "\n" + kExitCodes);
  command->callback([&run, its = std::move(its)] { run = its; });
  return command;
}

}  // namespace matanai::twin
