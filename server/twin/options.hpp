// What every command takes: --json, --seed, --threads. One thread.
#pragma once

#include <CLI/CLI.hpp>
#include <cstdint>

namespace matanai::twin {

struct Options {
  bool is_json = false;
  std::uint64_t seed = 1;
  int threads = 1;  // 1…64; results are the same for each number
};

// Adds them to `command`; --threads starts at the machine's cores. `options` outlives the command.
void add_options(CLI::App& command, Options& options);

}  // namespace matanai::twin
