// matanai-print: the printer library as a tool.
#include <CLI/CLI.hpp>
#include <exception>
#include <iostream>

#include "printer/tool/commands.hpp"
#include "printer/tool/emulate.hpp"

namespace {

using namespace matanai::printer::tool;

constexpr const char* kAbout =
    "Numbered tickets on thermal paper: preview, print, ask, and a virtual printer.\n\n"
    "Try it without a printer:\n"
    "  matanai-print emulate                      a printer on port 9100, its paper on "
    "http://127.0.0.1:9180\n"
    "  matanai-print sample --locale en > t.json  an invented ticket\n"
    "  matanai-print preview t.json -o t.png      what it looks like\n"
    "  matanai-print print t.json                 print it (127.0.0.1:9100 unless --host says "
    "otherwise)";
constexpr const char* kExitCodes =
    "Exit codes: 0 done; 1 usage or file error; 2 the printer cannot print or did not;\n"
    "3 not known whether it printed; 4 a character has no glyph (the file is written).";

void add_paper(CLI::App& command, PaperOptions& paper) {
  command.add_option("--dots", paper.dots, "Dots across the print head: 576, 512, 432, 420, 384")
      ->check(CLI::Range(300, 1000))
      ->capture_default_str();
  command.add_option("--dpi", paper.dpi, "Dots per inch: 203, or 180 for some 512-dot heads")
      ->check(CLI::Range(100, 255))
      ->capture_default_str();
}

void add_printer(CLI::App& command, PrinterAddress& address) {
  command.add_option("--host", address.host, "The printer's name or address")
      ->capture_default_str();
  command.add_option("--port", address.port, "Its TCP port")->capture_default_str();
}

CLI::Option* add_ticket(CLI::App& command, std::string& file) {
  return command.add_option("ticket", file, "Ticket as JSON, \"-\" = standard input (see: sample)")
      ->required();
}

}  // namespace

int main(int argc, char** argv) {
  CLI::App app(kAbout, "matanai-print");
  app.footer(kExitCodes);
  app.set_version_flag("--version", MATANAI_VERSION);
  app.require_subcommand(1);

  EmulateOptions emulate_options;
  auto* emulate_command =
      app.add_subcommand("emulate", "Be a printer; show its paper as a web page");
  add_emulate_options(*emulate_command, emulate_options);

  FileOptions file_options;
  std::string locale = "ja";
  PrinterAddress address;
  auto* sample_command = app.add_subcommand("sample", "Write an invented ticket as JSON");
  sample_command->add_option("--locale", locale, "ja, ja-x-easy, en, zh-Hans, ko, vi")
      ->capture_default_str();

  auto* preview_command = app.add_subcommand("preview", "Draw a ticket as a PNG, dot for dot");
  add_ticket(*preview_command, file_options.ticket);
  add_paper(*preview_command, file_options.paper);
  preview_command
      ->add_option("-o,--output", file_options.output, "PNG file, \"-\" = standard output")
      ->required();

  auto* encode_command = app.add_subcommand("encode", "Write the bytes for an ESC/POS printer");
  add_ticket(*encode_command, file_options.ticket);
  add_paper(*encode_command, file_options.paper);
  encode_command->add_option("-o,--output", file_options.output, "File, \"-\" = standard output")
      ->required();

  auto* print_command =
      app.add_subcommand("print", "Print a ticket and wait until the printer confirms it");
  add_ticket(*print_command, file_options.ticket);
  add_paper(*print_command, file_options.paper);
  add_printer(*print_command, address);

  auto* status_command = app.add_subcommand("status", "Ask a printer how it is");
  add_printer(*status_command, address);

  CLI11_PARSE(app, argc, argv);
  try {
    if (*emulate_command) return emulate(emulate_options);
    if (*sample_command) return sample(locale);
    if (*preview_command) return preview(file_options);
    if (*encode_command) return encode(file_options);
    if (*print_command) return print(file_options, address);
    if (*status_command) return status(address);
  } catch (const std::exception& error) {
    std::cerr << "matanai-print: " << error.what() << '\n';
    return kUsage;
  }
  return kUsage;
}
