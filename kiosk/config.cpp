#include "kiosk/config.hpp"

#include <charconv>

#include "schema/types/config_table.hpp"

namespace matanai::kiosk {

std::vector<Setting<Config>> settings() {
  return {
      text_setting("office", "O", "the ward office this kiosk stands in, e.g. kokurakita",
                   &Config::office),
      text_setting("data", "DIR", "folder of the journal", &Config::data),
      int_setting("port", "N", "of the touch screen, on 127.0.0.1; 0 = any free port",
                  &Config::port, 0, 65535),
      text_setting("server", "URL", "the office server", &Config::server),
      text_setting("device_key", "K", "this kiosk's key, as given by the server",
                   &Config::device_key),
      text_setting("printer", "HOST:PORT", "the ticket printer", &Config::printer),
      int_setting("paper_dots", "N",
                  "printable dots at 203 dpi: 576 for 80 mm paper, 384 for 58 mm",
                  &Config::paper_dots, 320, 832),
      text_setting("web", "DIR", "folder of the built touch screen", &Config::web),
      flag_setting("json_log", "JSON lines in the log", &Config::json_log),
  };
}

Config default_config(const std::filesystem::path& program) {
  Config config;
  config.data = default_state_folder() / "kiosk";
  config.web = (program.parent_path() / ".." / ".." / "web" / "kiosk").lexically_normal();
  return config;
}

std::optional<std::string> complaint_about(const Config& config) {
  if (config.office.empty()) return "the office is missing: --office kokurakita";
  if (!config.server.starts_with("http://")) {
    return "the server's address must begin with http://";
  }
  if (!parse_host_port(config.printer)) {
    return "the printer must be HOST:PORT, e.g. 127.0.0.1:9100";
  }
  return std::nullopt;
}

std::optional<HostPort> parse_host_port(std::string_view text) {
  const auto colon = text.rfind(':');
  if (colon == std::string_view::npos || colon == 0) return std::nullopt;
  const auto digits = text.substr(colon + 1);
  std::uint16_t port = 0;
  const auto* end = digits.data() + digits.size();
  const auto [stop, error] = std::from_chars(digits.data(), end, port);
  if (error != std::errc() || stop != end || port == 0) return std::nullopt;
  return HostPort{std::string(text.substr(0, colon)), port};
}

}  // namespace matanai::kiosk
