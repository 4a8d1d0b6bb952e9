// matanai-twin: the queue engine as a tool. Here: its command line and the help that teaches.
#include <exception>
#include <iostream>

#include "server/twin/commands.hpp"

namespace {

using namespace matanai::twin;

constexpr const char* kAbout =
    "The queue engine of Matanai as a tool: proves itself against exact theory.\n\n"
    "  matanai-twin validate            every published value beside ours\n"
    "  matanai-twin score --twin        how good estimates are, beside the physical limit\n"
    "  matanai-twin plan                windows, shifts and slots of a ward day\n"
    "  matanai-twin COMMAND --help      more, with examples";

}  // namespace

int main(int argc, char** argv) {
  CLI::App app{kAbout, "matanai-twin"};
  app.set_version_flag("--version", MATANAI_VERSION);
  app.require_subcommand(0, 1);
  Run run;
  for (const auto add :
       {add_validate, add_simulate, add_compare, add_plan, add_calibrate, add_score})
    add(app, run);
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    return app.exit(error) == 0 ? kDone : kUsage;
  }
  if (!run) {
    std::cerr << "matanai-twin: a command is needed (see --help)\n";
    return kUsage;
  }
  try {
    return run();
  } catch (const std::exception& error) {
    std::cerr << "matanai-twin: " << error.what() << '\n';
    return kUsage;
  }
}
