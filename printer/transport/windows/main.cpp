// matanai-print-windows: sends a file of printer bytes (matanai-print encode) by the wires that
// Windows has, and shows what they tell.
#include <CLI/CLI.hpp>
#include <algorithm>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>
#include <exception>
#include <fstream>
#include <iostream>
#include <iterator>

#include "printer/transport/make_transport.hpp"
#include "printer/transport/windows/spool_queue.hpp"
#include "printer/transport/windows/text.hpp"
#include "printer/transport/windows/usb_print.hpp"

namespace {

namespace asio = boost::asio;
using namespace matanai::printer;

constexpr int kDone = 0, kUsage = 1, kRefused = 2, kUnknown = 3;
constexpr const char* kExitCodes =
    "Exit codes: 0 done; 1 usage or file error; 2 nothing was sent; 3 a part may have been sent.\n"
    "\"sent\" is all that a queue can tell; usbprint: and tcp: printers are driven by the kiosk.";

struct Options {
  std::string file, queue, wire;
  int seconds = 20;
  std::string spec() const { return queue.empty() ? wire : "spool:" + queue; }
  std::chrono::milliseconds deadline() const { return std::chrono::seconds(seconds); }
};

void report(const std::string& what, const boost::system::error_code& error) {
  std::cerr << "matanai-print-windows: " << what << ": " << error.message() << " (" << error.value()
            << ")\n";
}

void show(const std::optional<PortStatus>& status) {
  if (!status) {
    std::cout << "unknown\n";
    return;
  }
  std::cout << (status->is_offline ? "offline" : "online")
            << (status->is_paper_out ? ", paper out" : "") << (status->has_error ? ", error" : "")
            << '\n';
}

asio::awaitable<int> send(Transport& wire, std::vector<std::uint8_t> bytes, Options options) {
  if (const auto error = co_await wire.open(options.deadline())) {
    report(wire.name(), error);
    co_return kRefused;
  }
  const auto result = co_await wire.write(bytes, options.deadline());
  if (result.error) {
    report("after " + std::to_string(result.accepted) + " bytes", result.error);
    co_return result.accepted == 0 ? kRefused : kUnknown;
  }
  if (const auto error = co_await wire.finish(options.deadline())) {
    report("at the end", error);
    co_return kUnknown;
  }
  std::cout << "sent " << result.accepted << " bytes to " << wire.name() << '\n';
  co_return kDone;
}

asio::awaitable<int> ask(Transport& wire, Options options) {
  if (const auto error = co_await wire.open(options.deadline())) {
    report(wire.name(), error);
    co_return kRefused;
  }
  show(co_await wire.port_status(options.deadline()));
  co_return kDone;
}

int run(asio::io_context& context, Transport& wire, asio::awaitable<int> work) {
  int code = kUnknown;
  std::exception_ptr failure;
  asio::co_spawn(context, std::move(work), [&](std::exception_ptr error, int value) {
    failure = error;
    code = value;
    wire.close();
  });
  context.run();
  if (failure) std::rethrow_exception(failure);
  return code;
}

int print(const Options& options) {
  std::ifstream file(std::filesystem::path(to_wide(options.file)), std::ios::binary);
  const std::vector<std::uint8_t> bytes{std::istreambuf_iterator<char>(file), {}};
  if (!file || bytes.empty()) {
    std::cerr << "matanai-print-windows: cannot read " << options.file << '\n';
    return kUsage;
  }
  asio::io_context context(1);
  const auto wire = make_transport(context.get_executor(), options.spec());
  return run(context, *wire, send(*wire, bytes, options));
}

int status(const Options& options) {
  asio::io_context context(1);
  const auto wire = make_transport(context.get_executor(), options.spec());
  return run(context, *wire, ask(*wire, options));
}

int list() {
  for (const auto& name : spool_queues()) std::cout << "spool:" << name << '\n';
  for (const auto& path : usb_printers()) std::cout << "usbprint:" << path << '\n';
  return kDone;
}

void add_wire(CLI::App& command, Options& options) {
  auto* queue = command.add_option("--queue", options.queue, "A printer queue's name");
  auto* wire =
      command.add_option("--wire", options.wire, "spool:QUEUE, usbprint:[PATH] or tcp:HOST[:PORT]");
  queue->excludes(wire);
  command.add_option("--seconds", options.seconds, "How long each step may take")
      ->check(CLI::Range(1, 600))
      ->capture_default_str();
}

int parse_and_run(std::vector<std::string> arguments) {
  CLI::App app("Printer bytes to a Windows printer", "matanai-print-windows");
  app.footer(kExitCodes);
  app.set_version_flag("--version", MATANAI_VERSION);
  app.allow_windows_style_options(false);  // a path may begin with "/"
  app.require_subcommand(1);
  Options options;
  auto* print_command = app.add_subcommand("print", "Send a file as one raw document");
  print_command->add_option("file", options.file, "What matanai-print encode wrote")->required();
  add_wire(*print_command, options);
  auto* status_command = app.add_subcommand("status", "What the queue or the port tells");
  add_wire(*status_command, options);
  app.add_subcommand("list", "Queues and USB printers there are");
  try {
    std::reverse(arguments.begin(), arguments.end());
    app.parse(arguments);
  } catch (const CLI::ParseError& error) {
    return app.exit(error) == 0 ? kDone : kUsage;
  }
  if (*print_command) return print(options);
  if (*status_command) return status(options);
  return list();
}

}  // namespace

int wmain(int argc, wchar_t** argv) {
  std::vector<std::string> arguments;
  for (int i = 1; i < argc; ++i) arguments.push_back(to_utf8(argv[i]));
  try {
    return parse_and_run(std::move(arguments));
  } catch (const std::exception& error) {
    std::cerr << "matanai-print-windows: " << error.what() << '\n';
    return kUsage;
  }
}
