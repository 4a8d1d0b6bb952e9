// matanai-print emulate: the virtual printer with its page.
#pragma once

#include <CLI/CLI.hpp>
#include <cstdint>
#include <string>

namespace matanai::printer::tool {

struct EmulateOptions {
  std::uint16_t port = 9100;
  std::uint16_t page_port = 9180;
  std::string dialect = "epson";
  std::string model;
  int dots = 576;
  int dpi = 203;
  int buffer = 65'536;
  int speed = 0;
  int baud = 0;
  int roll = 0;
  int idle_close = 300;
  int keep = 100;
  std::string faults;  // a file
};

// Declares the options; `options` must outlive the parsing.
void add_emulate_options(CLI::App& command, EmulateOptions& options);
// Runs until SIGINT or SIGTERM. Throws std::runtime_error for a script that cannot be read.
int emulate(const EmulateOptions& options);

}  // namespace matanai::printer::tool
