#include "kiosk/config.hpp"

#include "kiosk/printer_setup.hpp"
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
      text_setting("printer", "WIRE",
                   "the ticket printer: tcp:HOST[:PORT], usb:/dev/usb/lp0, usb:serial=ABC123, "
                   "serial:/dev/ttyUSB0:38400, file:FOLDER/",
                   &Config::printer),
      text_setting("printer_protocol", "NAME", "auto (asks in each language), escpos, starprnt",
                   &Config::printer_protocol),
      text_setting("printer_model", "NAME",
                   "auto (as the printer says) or a name of `matanai-print models`",
                   &Config::printer_model),
      text_setting("printer_confirm", "NAME",
                   "auto (the best that it proves), epson_process_id, star_print_end, "
                   "sii_execution, paper_sensor, none",
                   &Config::printer_confirm),
      text_setting("printer_mode", "NAME",
                   "auto (text on a serial wire of at most 19200 baud), image, text (the printer's "
                   "own characters; tickets it cannot write so are images)",
                   &Config::printer_mode),
      int_setting("paper_mm", "N", "width of the roll: 80 or 58", &Config::paper_mm, 58, 80),
      int_setting("paper_dots", "N", "printable dots of the head; 0 = as the model has",
                  &Config::paper_dots, 0, 1000),
      int_setting("paper_dpi", "N", "its dots per inch; 0 = as the model has", &Config::paper_dpi,
                  0, 255),
      int_setting("roll_metres", "N", "paper on a new roll", &Config::roll_metres, 1, 1000),
      text_setting("logo", "FILE", "the office's mark on tickets, a PNG file", &Config::logo),
      text_setting("web", "DIR", "folder of the built touch screen", &Config::web),
      flag_setting("json_log", "JSON lines in the log", &Config::json_log),
      table_setting("notice", "ja = \"…\"", "a sentence at the foot of tickets, by language",
                    &Config::notice),
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
  return complaint_about_printer(config);
}

}  // namespace matanai::kiosk
