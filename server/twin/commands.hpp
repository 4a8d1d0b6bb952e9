// The commands of matanai-twin, one file each. Every add_ function adds its command to the command
// line; parsing the command line then leaves in `run` what it asked for. One thread.
#pragma once

#include <CLI/CLI.hpp>
#include <functional>
#include <string>

namespace matanai::twin {

// Exit codes of the program.
enum Exit {
  kDone = 0,
  kMissed = 1,  // it ran, and a value missed its bar
  kUsage = 2,   // usage, or a file that cannot be read or written
};
// An Exit. Throws std::exception, whose text is shown, for kUsage.
using Run = std::function<int()>;

void add_validate(CLI::App& app, Run& run);
void add_compare(CLI::App& app, Run& run);
void add_plan(CLI::App& app, Run& run);
void add_calibrate(CLI::App& app, Run& run);
void add_simulate(CLI::App& app, Run& run);
void add_score(CLI::App& app, Run& run);

// A command of `app` whose help ends with `examples` and the exit codes.
CLI::App* add_command(CLI::App& app, Run& run, const char* name, const char* about,
                      const std::string& examples, Run its);

}  // namespace matanai::twin
