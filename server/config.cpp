#include "server/config.hpp"

#include "schema/types/config_table.hpp"

namespace matanai {

std::vector<Setting<ServerConfig>> server_settings() {
  using C = ServerConfig;
  return {
      text_setting("data", "DIR", "folder of the database, the server's key and the first password",
                   &C::data),
      text_setting("listen", "ADDRESS",
                   "address to listen on; a reverse proxy with TLS stands before it", &C::listen),
      int_setting("port", "N", "port to listen on; 0 = any free port", &C::port, 0, 65535),
      text_setting(
          "public_url", "URL",
          "address that citizens see, in QR codes and links; https:// makes cookies Secure",
          &C::public_url),
      text_setting("seed", "DIR",
                   "CSV folder of offices, services and hours, read when the database is new",
                   &C::seed),
      text_setting("web", "DIR", "folder of the built pages", &C::web),
      flag_setting("behind_proxy",
                   "our own reverse proxy stands before it on this machine and writes "
                   "X-Forwarded-For; nobody else's is believed",
                   &C::behind_proxy),
      text_setting("proxies", "ADDRESSES",
                   "addresses of our own reverse proxies on other machines, with commas between: "
                   "their X-Forwarded-For is believed too",
                   &C::proxies),
      flag_setting("demo",
                   "demo mode: the clock starts on the next open morning and can be moved forward",
                   &C::demo),
      int_setting("connections", "N", "connections at once", &C::connections, 10, 1'000'000),
      int_setting("connections_per_network", "N",
                  "connections at once from one network (/24 or /64); loopback is not counted",
                  &C::connections_per_network, 1, 1'000'000),
      int_setting(
          "hold_share", "N",
          "per cent of a day's places that one network may hold, or book without contact in "
          "a day",
          &C::hold_share, 1, 100),
      flag_setting("quiet", "no log line per request", &C::quiet),
      flag_setting("json_log", "JSON lines in the log", &C::json_log),
      flag_setting("unlimited", "no limits per network: for load tests only", &C::unlimited),
      table_setting(
          "device_keys", "DEVICE = \"KEY\"",
          "keys of kiosks and halls that replace those made by the server, each 20 to 128 "
          "letters, digits, hyphens or underscores; "
          "from the next start on the earlier key is refused. The names, and all keys in "
          "force, are in device-keys.txt of the data folder",
          &C::device_keys),
  };
}

ServerConfig default_server_config(const std::filesystem::path& program) {
  const auto top = program.parent_path() / ".." / "..";  // build/<preset>/bin
  ServerConfig config;
  config.web = (top / "web" / "server").lexically_normal();
  config.seed = (top / ".." / "schema" / "seed" / "kitakyushu").lexically_normal();
  return config;
}

}  // namespace matanai
