// The kiosk's settings ([kiosk] of matanai.toml). Values, any thread.
#pragma once

#include <filesystem>
#include <map>
#include <optional>
#include <string>
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
  std::string printer = "tcp:127.0.0.1:9100";  // printer/transport/make_transport.hpp
  std::string printer_protocol = "auto";
  std::string printer_model = "auto";
  std::string printer_confirm = "auto";
  std::string printer_mode = "auto";            // of tickets: printer::TicketForm
  int paper_mm = 80;                            // width of the roll
  int paper_dots = 0;                           // printable dots of the head; 0 = the model's
  int paper_dpi = 0;                            // 0 = the model's
  int roll_metres = 80;                         // of a new roll
  std::filesystem::path logo{};                 // a PNG file; empty = none
  std::map<std::string, std::string> notice{};  // at the foot of tickets, by language tag
  std::filesystem::path web;                    // folder of the built touch screen
  bool json_log = false;                        // JSON lines instead of text
};

std::vector<Setting<Config>> settings();
// The folders of a program that stands at build/<preset>/bin or beside the state of this user.
Config default_config(const std::filesystem::path& program);
// What is still missing or contradictory, as one sentence.
std::optional<std::string> complaint_about(const Config& config);

}  // namespace kiosk
}  // namespace matanai
