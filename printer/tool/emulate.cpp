#include "printer/tool/emulate.hpp"

#include <boost/asio/io_context.hpp>
#include <boost/asio/signal_set.hpp>
#include <iostream>
#include <memory>
#include <optional>
#include <stdexcept>
#include <system_error>
#include <utility>

#include "printer/emulator/server.hpp"
#include "printer/tool/commands.hpp"
#include "printer/tool/emulate_glyphs.hpp"
#include "printer/tool/files.hpp"
#include "printer/tool/paper_page.hpp"
#include "server/http/hub.hpp"
#include "server/http/listener.hpp"
#include "server/http/router.hpp"

namespace matanai::printer::tool {
namespace asio = boost::asio;

namespace {

constexpr const char* kExamples =
    "Examples:\n"
    "  matanai-print emulate                          then: matanai-print print t.json\n"
    "  matanai-print emulate --dialect star --speed 250 --roll 80\n"
    "  matanai-print emulate --faults faults.txt      a script of what goes wrong, and when\n"
    "Faults can also be tried live on its page, or by hand:\n"
    "  curl -d '{\"action\":\"rst\"}' -H 'Content-Type: application/json' "
    "http://127.0.0.1:9180/do\n"
    "When it says \"ready\" it listens; Ctrl-C ends it.\n\n"
    "A script of faults has one a line; \"#\" begins a note:\n"
    "  [job N] TRIGGER ACTION [TIME or COUNT]\n"
    "Triggers: now; time MS; byte N (received); row N (of paper, since the start; with job N: of\n"
    "that piece of paper); cut N. A state with a TIME (500ms, 3s) ends by itself.\n"
    "  row 120 paper_out 5s        the roll ends after 120 rows, a new one comes 5 s later\n"
    "  job 2 row 40 cover_open     in the second ticket\n"
    "  cut 1 rst                   printed and cut, but the answer never arrives\n"
    "Actions; in brackets what may follow, and what is usual:\n";

std::vector<emulator::ScriptLine> script_in(const std::string& path) {
  try {
    return emulator::parse_script(read_all(path));
  } catch (const std::invalid_argument& error) {
    throw std::runtime_error(path + ": " + error.what());
  }
}

emulator::DeviceOptions device_of(const EmulateOptions& options) {
  emulator::DeviceOptions device;
  boost::describe::enum_from_string(options.dialect.c_str(), device.dialect);
  device.dots = options.dots;
  device.dpi = options.dpi;
  device.buffer_bytes = static_cast<std::size_t>(options.buffer);
  device.model = options.model;
  device.mm_per_s = options.speed;
  device.baud = options.baud;
  device.has_handshake = !options.has_no_handshake;
  device.roll_mm = options.roll * 1000;
  device.draw_glyph = draw_shift_jis_glyph;
  device.draw_code = draw_qr_code;
  return device;
}

[[noreturn]] void refuse_port(const char* option, int port, const std::system_error& error) {
  throw std::runtime_error(std::string(option) + " " + std::to_string(port) + ": " +
                           error.code().message() + " (0 takes any free one)");
}

std::unique_ptr<emulator::Server> start_printer(asio::io_context& context,
                                                const EmulateOptions& options) {
  try {
    return std::make_unique<emulator::Server>(
        context.get_executor(),
        emulator::ServerOptions{.port = static_cast<std::uint16_t>(options.port),
                                .keep = static_cast<std::size_t>(options.keep),
                                .idle_close = std::chrono::seconds(options.idle_close),
                                .device = device_of(options)});
  } catch (const std::system_error& error) {
    refuse_port("--port", options.port, error);
  }
}

}  // namespace

std::string emulate_help() { return kExamples + emulator::script_help(); }

void add_emulate_options(CLI::App& command, EmulateOptions& options) {
  const auto add = [&](const char* name, auto& value, const char* help) {
    return command.add_option(name, value, help)->capture_default_str();
  };
  add("--port", options.port, "Printer port, 0 = any free one")->check(CLI::Range(0, 65'535));
  add("--page-port", options.page_port, "Page port, 0 = any free one")
      ->check(CLI::Range(0, 65'535));
  add("--dialect", options.dialect,
      "epson; epson_old (TM-T88III: no GS ( H); star (StarPRNT); sii; clone (answers little); "
      "primex (stores a job, prints it whole)")
      ->check(CLI::IsMember({"epson", "epson_old", "star", "sii", "clone", "primex"}));
  add("--model", options.model, "What it calls itself when asked; empty = usual for the dialect");
  add("--faults", options.faults, "A script of faults (see below), \"-\" = standard input");
  add("--dots", options.dots, "Dots across the paper")->check(CLI::Range(300, 1000));
  add("--dpi", options.dpi, "Dots per inch: 203 or 180")->check(CLI::Range(100, 255));
  add("--buffer", options.buffer, "Receive buffer in bytes; printers themselves have 4096")
      ->check(CLI::Range(16, 10'000'000));
  add("--speed", options.speed, "Paper in mm a second (100 to 500 are usual); 0 = at once")
      ->check(CLI::Range(0, 1000));
  add("--baud", options.baud, "Bytes arrive as on a serial line; 0 = at once")
      ->check(CLI::Range(0, 1'000'000));
  command.add_flag("--no-handshake", options.has_no_handshake,
                   "A full buffer does not stop the host: bytes are lost, real-time commands act");
  add("--roll", options.roll, "Metres of paper on a new roll; 0 = endless")
      ->check(CLI::Range(0, 1000));
  add("--idle-close", options.idle_close,
      "Seconds until a client that sends nothing is dropped; 0 = never")
      ->check(CLI::Range(0, 86'400));
  add("--keep", options.keep, "Newest tickets kept")->check(CLI::Range(1, 10'000));
}

int emulate(const EmulateOptions& options) {
  std::vector<emulator::ScriptLine> script;
  if (!options.faults.empty()) script = script_in(options.faults);
  asio::io_context context(1);
  const auto owned = start_printer(context, options);
  auto& printer = *owned;
  if (!script.empty()) printer.load_script(std::move(script));
  http::Hub hub(context);
  http::Router router;
  add_paper_routes(router, hub, printer);
  http::ListenerOptions page;
  page.port = static_cast<std::uint16_t>(options.page_port);
  std::optional<http::Listener> listener;
  try {
    listener.emplace(context, page, router, hub);
    listener->start();
  } catch (const std::system_error& error) {
    refuse_port("--page-port", options.page_port, error);
  }
  std::cout << "matanai-print ready printer 127.0.0.1:" << printer.port()
            << " page http://127.0.0.1:" << listener->port() << std::endl;

  asio::signal_set signals(context, SIGINT, SIGTERM);
  signals.async_wait([&](const boost::system::error_code& error, int) {
    if (error) return;
    printer.stop();
    listener->stop([&] { context.stop(); });
  });
  context.run();
  return kDone;
}

}  // namespace matanai::printer::tool
