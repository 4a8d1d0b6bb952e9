// The server's settings ([server] of matanai.toml). Values, any thread.
#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <vector>

namespace matanai {

template <class Config>
struct Setting;

struct ServerConfig {
  std::filesystem::path data;  // database, key, first password
  std::string listen = "127.0.0.1";
  int port = 8080;             // 0 = any free port
  std::string public_url;      // as citizens type it; default http://localhost:<port>
  std::filesystem::path seed;  // CSV folder, read when the database is new
  std::filesystem::path web;   // built pages
  bool behind_proxy = false;   // by a proxy on loopback: believes its X-Forwarded-For
  std::string proxies;         // on other machines: "192.0.2.7, 2001:db8::7"
  bool demo = false;           // the clock starts on an open morning and may be moved forward
  int connections = 20'000;    // at once, in total
  int connections_per_network = 4000;  // at once, of one /24 or /64; loopback is not counted
  int hold_share = 25;  // per cent of a day's places for one network (booking/rules.hpp)
  std::map<std::string, std::string> device_keys{};  // by device id; the others' are derived
  bool quiet = false;                                // no line per request
  bool json_log = false;                             // JSON lines instead of text
  bool unlimited = false;                            // no limits per network: for load tests only
};

std::vector<Setting<ServerConfig>> server_settings();
ServerConfig default_server_config(const std::filesystem::path& program);

}  // namespace matanai
