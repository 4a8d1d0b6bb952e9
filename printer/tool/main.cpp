// matanai-print: the printer library as a tool. Here: its command line and the help that teaches.
#include <CLI/CLI.hpp>
#include <algorithm>
#include <exception>
#include <functional>
#include <iostream>
#include <string_view>

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
    "  matanai-print print t.json                 print it (tcp:127.0.0.1:9100 unless --to says "
    "otherwise)\n"
    "  matanai-print COMMAND --help               more, with examples";
constexpr const char* kExitCodes =
    "Exit codes: 0 done; 1 usage error, or a file or port that cannot be used;\n"
    "2 the printer cannot print or did not; 3 not known whether it printed;\n"
    "4 a character has no glyph (the file is written).";
constexpr const char* kWires =
    "The printer (--to):\n"
    "  tcp:192.0.2.7            on the network, port 9100; tcp:HOST:PORT for another port\n"
    "  usb:/dev/usb/lp0         by its device file\n"
    "  usb:serial=ABC123        by its serial number, wherever it is plugged in\n"
    "  serial:/dev/ttyUSB0:38400    RTS/CTS; add :none for a line without handshake\n"
    "  file:ticket.bin          into a file; file:FOLDER/ numbers them\n";

// What each command runs; the last one parsed wins, and only one is.
using Run = std::function<int()>;

CLI::App* add_command(CLI::App& app, Run& run, const char* name, const char* about,
                      const std::string& examples, Run its) {
  auto* command = app.add_subcommand(name, about);
  command->footer(examples + "\n" + kExitCodes);
  command->callback([&run, its = std::move(its)] { run = its; });
  return command;
}

void add_ticket(CLI::App& command, std::string& file) {
  command.add_option("ticket", file, "Ticket as JSON, \"-\" = standard input (see: sample)")
      ->required();
}

void add_decor(CLI::App& command, std::string& logo, std::string& notice) {
  command.add_option("--logo", logo, "The office's mark, a PNG file, dark on white");
  command.add_option("--notice", notice, "A sentence at the foot; | marks where it may break");
}

void add_paper(CLI::App& command, PaperOptions& paper) {
  command.add_option("--dots", paper.dots, "Dots across the print head: 576, 512, 432, 420, 384")
      ->check(CLI::Range(300, 1000))
      ->capture_default_str();
  command.add_option("--dpi", paper.dpi, "Dots per inch: 203, or 180 for some 512-dot heads")
      ->check(CLI::Range(100, 255))
      ->capture_default_str();
  add_decor(command, paper.logo, paper.notice);
}

void add_printer(CLI::App& command, PrinterChoice& choice) {
  command.add_option("--to", choice.to, "The printer, see below")->capture_default_str();
  command.add_option("--protocol", choice.protocol, "auto asks in each language")
      ->check(CLI::IsMember({"auto", "escpos", "starprnt"}))
      ->capture_default_str();
  command
      .add_option("--confirm", choice.confirm,
                  "How it confirms a ticket; auto = the best that it proves to be able to")
      ->check(CLI::IsMember(
          {"auto", "epson_process_id", "star_print_end", "sii_execution", "paper_sensor", "none"}))
      ->capture_default_str();
  command
      .add_option("--mode", choice.mode,
                  "What a ticket is on the wire. text: the printer's own characters, where it has "
                  "them all; auto = text only on a serial wire of at most 19200 baud to a printer "
                  "known to have kanji")
      ->check(CLI::IsMember({"auto", "image", "text"}))
      ->capture_default_str();
  command.add_option("--model", choice.model, "A name of `models`, if it does not tell it itself");
  command.add_option("--dots", choice.dots, "Dots across the head, if not the model's")
      ->check(CLI::Range(300, 1000));
  command.add_option("--dpi", choice.dpi, "Dots per inch, if not the model's")
      ->check(CLI::Range(100, 255));
  command.add_flag("--narrow", choice.is_narrow, "58 mm paper: the model's dots for that");
  command.add_option("--count", choice.count,
                     "A file in which the paper used on this roll is counted");
  command.add_option("--roll", choice.roll_metres, "Metres on a new roll, for the count")
      ->check(CLI::Range(1, 1000))
      ->capture_default_str();
}

void add_sample(CLI::App& app, Run& run) {
  static std::string locale = "ja";
  auto* command =
      add_command(app, run, "sample", "Write an invented ticket as JSON",
                  "Examples:\n"
                  "  matanai-print sample > t.json\n"
                  "  matanai-print sample --locale vi | matanai-print preview - -o t.png",
                  [] { return sample(locale); });
  command->add_option("--locale", locale, "The ticket's language")
      ->check(CLI::IsMember({"ja", "ja-x-easy", "en", "zh-Hans", "ko", "vi"}))
      ->capture_default_str();
}

void add_preview(CLI::App& app, Run& run) {
  static PreviewOptions options;
  auto* command =
      add_command(app, run, "preview", "Draw a ticket, dot for dot",
                  "Examples:\n"
                  "  matanai-print preview t.json -o t.png\n"
                  "  matanai-print preview t.json --dots 384 -o t.svg      58 mm paper, "
                  "in its true size\n"
                  "  matanai-print preview t.json --format txt -o -        what a "
                  "person reads",
                  [] { return preview(options); });
  add_ticket(*command, options.ticket);
  command->add_option("-o,--output", options.output, "File, \"-\" = standard output")->required();
  command->add_option("--format", options.format, "png, svg or txt; else by the file's ending")
      ->check(CLI::IsMember({"png", "svg", "txt"}));
  add_paper(*command, options.paper);
}

void add_encode(CLI::App& app, Run& run) {
  static EncodeOptions options;
  auto* command = add_command(app, run, "encode", "Write the bytes that a printer gets",
                              "Examples:\n"
                              "  matanai-print encode t.json -o t.bin\n"
                              "  matanai-print encode t.json --protocol starprnt -o t.bin\n"
                              "  matanai-print encode t.json --protocol text -o - | wc -c   for a "
                              "slow serial line",
                              [] { return encode(options); });
  add_ticket(*command, options.ticket);
  command->add_option("-o,--output", options.output, "File, \"-\" = standard output")->required();
  command
      ->add_option("--protocol", options.protocol,
                   "escpos, starprnt; text: ESC/POS in the printer's own characters")
      ->check(CLI::IsMember({"escpos", "starprnt", "text"}))
      ->capture_default_str();
  command->add_option("--raster", options.raster, "The ESC/POS command that carries the dots")
      ->check(CLI::IsMember({"gs_v_0", "gs_8_l"}))
      ->capture_default_str();
  add_paper(*command, options.paper);
}

void add_print(CLI::App& app, Run& run) {
  static PrintOptions options;
  static PrinterChoice choice;
  auto* command =
      add_command(app, run, "print", "Print a ticket and wait until the printer confirms it",
                  std::string(kWires) +
                      "Examples:\n"
                      "  matanai-print print t.json --to tcp:192.0.2.7\n"
                      "  matanai-print print t.json --to usb:/dev/usb/lp0 --model TM-T20\n"
                      "  matanai-print print t.json --to serial:/dev/ttyUSB0:9600 --mode text\n"
                      "  matanai-print print t.json --copy          marked as issued again",
                  [] { return print(options, choice); });
  add_ticket(*command, options.ticket);
  command->add_flag("--copy", options.is_copy, "Mark it as a copy");
  add_decor(*command, options.logo, options.notice);
  add_printer(*command, choice);
}

void add_status(CLI::App& app, Run& run) {
  static PrinterChoice choice;
  static bool is_watch = false;
  auto* command = add_command(
      app, run, "status", "Ask a printer how it is and what it can confirm",
      std::string(kWires) +
          "Examples:\n"
          "  matanai-print status --to tcp:192.0.2.7\n"
          "  matanai-print status --watch               a line for each change, until Ctrl-C\n"
          "  matanai-print status --count roll.json     also about how much paper is left\n"
          "States: ready, paper_near_end (prints on), offline, overheated, paper_out, cover_open,\n"
          "cutter_error, error, not_answering, taken (by another host).",
      [] { return status(choice, is_watch); });
  command->add_flag("--watch", is_watch, "Go on asking");
  add_printer(*command, choice);
}

void add_self_test(CLI::App& app, Run& run) {
  static PrinterChoice choice;
  static std::string locale = "ja";
  auto* command = add_command(
      app, run, "self-test", "Print a page that shows every dot, millimetre and language",
      std::string(kWires) +
          "Examples:\n"
          "  matanai-print self-test --to tcp:192.0.2.7\n"
          "  matanai-print self-test --to serial:/dev/ttyUSB0:115200 --locale en",
      [] { return self_test(choice, locale); });
  command->add_option("--locale", locale, "The language of its labels")
      ->check(CLI::IsMember({"ja", "en"}))
      ->capture_default_str();
  add_printer(*command, choice);
}

void add_models(CLI::App& app, Run& run) {
  static bool is_json = false;
  auto* command = add_command(app, run, "models", "List the printers known beforehand",
                              "Every value has its source; what is assumed says so.\n"
                              "Examples:\n"
                              "  matanai-print models\n"
                              "  matanai-print models --json",
                              [] { return models(is_json); });
  command->add_flag("--json", is_json, "As JSON");
}

void add_emulate(CLI::App& app, Run& run) {
  static EmulateOptions options;
  auto* command = add_command(app, run, "emulate", "Be a printer; show its paper as a web page",
                              emulate_help(), [] { return emulate(options); });
  add_emulate_options(*command, options);
}

}  // namespace

int main(int argc, char** argv) {
  CLI::App app(kAbout, "matanai-print");
  app.footer(kExitCodes);
  app.set_version_flag("--version", MATANAI_VERSION);
  app.require_subcommand(1);
  Run run;
  for (const auto add : {add_sample, add_preview, add_encode, add_print, add_status, add_self_test,
                         add_models, add_emulate})
    add(app, run);
  // The parser itself would only say that a command is missing.
  const std::string_view first = argc > 1 ? argv[1] : "-";
  const auto commands = app.get_subcommands([](CLI::App*) { return true; });
  const auto is_first = [&](const CLI::App* command) { return command->get_name() == first; };
  if (!first.starts_with('-') && std::ranges::none_of(commands, is_first)) {
    std::cerr << "matanai-print: there is no command \"" << first << "\" (see --help)\n";
    return kUsage;
  }
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    return app.exit(error) == 0 ? kDone : kUsage;
  }
  try {
    return run();
  } catch (const std::exception& error) {
    std::cerr << "matanai-print: " << error.what() << '\n';
    return kUsage;
  }
}
