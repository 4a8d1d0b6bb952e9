// matanai-kiosk: the ticket kiosk of one ward office.
#include <spdlog/spdlog.h>
#include <sys/stat.h>

#include <boost/asio/signal_set.hpp>
#include <csignal>
#include <iostream>

#include "kiosk/program.hpp"
#include "schema/types/config_table.hpp"
#include "server/http/logs.hpp"

namespace {

using matanai::kiosk::Config;

constexpr int kExitUsage = 2;
constexpr int kExitBroken = 3;  // a supervisor starts it anew

int run(const Config& config) {
  boost::asio::io_context context(1);
  matanai::kiosk::Program program(context, config);
  boost::asio::signal_set signals(context, SIGTERM, SIGINT);
  signals.async_wait([&](boost::system::error_code error, int) {
    if (error) return;
    spdlog::info("stopping");
    program.stop([&context] { context.stop(); });
  });
  program.start();
  std::cout << "matanai-kiosk ready http://127.0.0.1:" << program.port() << std::endl;
  context.run();
  if (program.fatal().empty()) return 0;
  std::cerr << "matanai-kiosk: " << program.fatal() << "\n";
  return kExitBroken;
}

}  // namespace

int main(int argc, char** argv) {
  std::signal(SIGPIPE, SIG_IGN);
  ::umask(0077);  // the journal is the kiosk's alone
  auto config = matanai::kiosk::default_config(std::filesystem::canonical("/proc/self/exe"));
  CLI::App app("The ticket kiosk of a ward office: touch screen, journal and printer.");
  app.set_version_flag("--version", MATANAI_VERSION);
  matanai::CommandLine<Config> line(app, "kiosk", matanai::kiosk::settings(), config);
  app.fallthrough();  // settings may stand after a command too; commands made below inherit it
  auto* show_config = app.add_subcommand("config", "print the settings in force as matanai.toml");
  try {
    app.parse(argc, argv);
    line.read(config);
    if (show_config->parsed()) {
      std::cout << line.show(config);
      return 0;
    }
    if (const auto complaint = complaint_about(config)) throw std::runtime_error(*complaint);
  } catch (const CLI::ParseError& error) {
    return app.exit(error) == 0 ? 0 : kExitUsage;
  } catch (const std::exception& error) {
    std::cerr << "matanai-kiosk: " << error.what() << "\n";
    return kExitUsage;
  }
  try {
    const matanai::http::Logs logs({.name = "matanai-kiosk", .is_json = config.json_log});
    return run(config);
  } catch (const std::exception& error) {
    std::cerr << "matanai-kiosk: " << error.what() << "\n";
    return 1;
  }
}
