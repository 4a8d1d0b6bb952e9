// matanai-server: books windows, gives numbers, calls them.
#include <spdlog/spdlog.h>
#include <sys/resource.h>
#include <sys/stat.h>

#include <boost/asio/signal_set.hpp>
#include <csignal>
#include <iostream>

#include "schema/types/config_table.hpp"
#include "server/http/logs.hpp"
#include "server/program.hpp"
#include "server/staff_tool.hpp"

namespace {

using matanai::ServerConfig;

constexpr int kExitUsage = 2;
constexpr int kExitStorage = 3;

int serve(const ServerConfig& config) {
  boost::asio::io_context network(1);
  matanai::ServerProgram program(network, config);
  boost::asio::signal_set signals(network, SIGTERM, SIGINT);
  signals.async_wait([&](boost::system::error_code error, int) {
    if (error) return;
    spdlog::info("stopping");
    program.stop([&network] { network.stop(); });
  });
  program.start();
  std::cout << "matanai-server ready http://127.0.0.1:" << program.port() << std::endl;
  network.run();
  if (program.fatal().empty()) return 0;
  std::cerr << "matanai-server: " << program.fatal() << "\n";
  return kExitStorage;
}

int run_staff(const matanai::StaffTool& staff, const ServerConfig& config) {
  try {
    staff.run(config);
    return 0;
  } catch (const matanai::db::StartError& error) {
    std::cerr
        << "matanai-server: " << error.what()
        << "\nmatanai-server: staff commands need the data to themselves: stop the server, run "
           "this again, start it\n";
    return kExitStorage;
  }
}

// Every watching screen is an open file; the usual soft limit of 1024 is too low for a hall and its
// phones.
void raise_file_limit() {
  rlimit limit{};
  if (::getrlimit(RLIMIT_NOFILE, &limit) != 0) return;
  limit.rlim_cur = limit.rlim_max;
  ::setrlimit(RLIMIT_NOFILE, &limit);
}

}  // namespace

int main(int argc, char** argv) {
  std::signal(SIGPIPE, SIG_IGN);
  raise_file_limit();
  ::umask(0077);  // database, key and passwords are the server's alone
  auto config = matanai::default_server_config(std::filesystem::canonical("/proc/self/exe"));
  config.data = matanai::default_state_folder() / "server";
  CLI::App app(
      "The server of Matanai: books windows online, issues and calls ticket numbers, shows them in "
      "the hall.");
  app.set_version_flag("--version", MATANAI_VERSION);
  matanai::CommandLine<ServerConfig> line(app, "server", matanai::server_settings(), config);
  app.footer(line.file_help());
  app.fallthrough();  // settings may stand after a command too; commands made below inherit it
  auto* serve_command = app.add_subcommand("serve", "run the server (the default)");
  auto* show_config = app.add_subcommand("config", "print the settings in force as matanai.toml");
  show_config->footer(line.file_help());
  const matanai::StaffTool staff(app);
  app.require_subcommand(0, 1);
  try {
    app.parse(argc, argv);
    line.read(config);
  } catch (const CLI::ParseError& error) {
    return app.exit(error) == 0 ? 0 : kExitUsage;
  } catch (const std::exception& error) {
    std::cerr << "matanai-server: " << error.what() << "\n";
    return kExitUsage;
  }
  try {
    const matanai::http::Logs logs({.name = "matanai-server", .is_json = config.json_log});
    if (staff.is_asked()) return run_staff(staff, config);
    if (show_config->parsed()) {
      std::cout << line.show(config);
      return 0;
    }
    (void)serve_command;
    return serve(config);
  } catch (const std::exception& error) {
    std::cerr << "matanai-server: " << error.what() << "\n";
    return 1;
  }
}
