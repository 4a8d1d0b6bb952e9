// matanai-server: books windows, gives numbers, calls them.
#include <spdlog/async.h>
#include <spdlog/sinks/stdout_color_sinks.h>
#include <spdlog/spdlog.h>
#include <sys/resource.h>
#include <sys/stat.h>

#include <boost/asio/signal_set.hpp>
#include <csignal>
#include <iostream>

#include "schema/types/config_table.hpp"
#include "server/program.hpp"

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

// Every watching screen is an open file; the usual soft limit of 1024 is too low for a hall and its
// phones.
void raise_file_limit() {
  rlimit limit{};
  if (::getrlimit(RLIMIT_NOFILE, &limit) != 0) return;
  limit.rlim_cur = limit.rlim_max;
  ::setrlimit(RLIMIT_NOFILE, &limit);
}

void set_up_logs(const ServerConfig& config) {
  auto logger = spdlog::stderr_color_mt("matanai-server");
  if (config.json_log) {
    logger->set_pattern(R"({"time":"%Y-%m-%dT%H:%M:%S.%e%z","level":"%l","text":"%v"})");
  }
  spdlog::set_default_logger(logger);
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
  app.fallthrough();  // settings may stand after a command too; commands made below inherit it
  auto* serve_command = app.add_subcommand("serve", "run the server (the default)");
  auto* show_config = app.add_subcommand("config", "print the settings in force as matanai.toml");
  auto* staff = app.add_subcommand("staff", "accounts; the server must not be running");
  std::string name;
  auto* reset = staff->add_subcommand("reset", "make up a new password for NAME and print it");
  reset->add_option("NAME", name, "login name")->required();
  staff->require_subcommand(1);
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
    set_up_logs(config);
    if (reset->parsed()) return matanai::reset_staff_password(config, name);
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
