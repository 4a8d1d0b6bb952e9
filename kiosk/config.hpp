// The kiosk's settings ([kiosk] of matanai.toml). Values, any thread.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace matanai {

template <class Config>
struct Setting;

namespace kiosk {

struct Config {
  std::string office;          // slug, "kokurakita"
  std::filesystem::path data;  // folder of the journal
  int port = 8081;             // of the touch screen, on loopback; 0 = any free port
  std::string server = "http://127.0.0.1:8080";
  std::string device_key;
  std::string printer = "127.0.0.1:9100";
  int paper_dots = 576;       // printable dots of the printer's head at 203 dpi
  std::filesystem::path web;  // folder of the built touch screen
  bool json_log = false;      // JSON lines instead of text
};

std::vector<Setting<Config>> settings();
// The folders of a program that stands at build/<preset>/bin or beside the state of this user.
Config default_config(const std::filesystem::path& program);
// What is still missing or contradictory, as one sentence.
std::optional<std::string> complaint_about(const Config& config);

// "127.0.0.1:9100" → host and port; nullopt for anything else.
struct HostPort {
  std::string host;
  std::uint16_t port = 0;
};
std::optional<HostPort> parse_host_port(std::string_view text);

}  // namespace kiosk
}  // namespace matanai
