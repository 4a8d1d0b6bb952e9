// matanai-print emulate: the virtual printer with its page.
#pragma once

#include <CLI/CLI.hpp>
#include <string>

namespace matanai::printer::tool {

struct EmulateOptions {
  int port = 9100;
  int page_port = 9180;
  std::string dialect = "epson";
  std::string model;
  int dots = 576;
  int dpi = 203;
  int buffer = 65'536;
  int speed = 0;
  int baud = 0;
  bool has_no_handshake = false;
  int roll = 0;
  int idle_close = 300;
  int keep = 100;
  std::string faults;  // a file
};

// What it is for, with examples, and the language of its scripts.
std::string emulate_help();
// Declares the options; `options` must outlive the parsing.
void add_emulate_options(CLI::App& command, EmulateOptions& options);
// Runs until SIGINT or SIGTERM. Throws std::runtime_error for a script that cannot be read and for
// a port that is taken, and names it.
int emulate(const EmulateOptions& options);

}  // namespace matanai::printer::tool
