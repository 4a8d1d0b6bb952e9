#include "printer/tool/paper_view.hpp"

#include <cmath>
#include <span>

#include "schema/types/embedded.hpp"
#include "schema/types/json.hpp"
#include "server/http/page.hpp"

namespace matanai::embedded {
std::span<const File> paper_page();  // printer/tool/page/*
}

namespace matanai::printer::tool {
namespace {

constexpr const char* kStates[] = {"ready",        "paper_near_end", "offline",
                                   "overheated",   "paper_out",      "cover_open",
                                   "cutter_error", "error",          "not_answering"};
constexpr const char* kLamps[] = {"paper", "cover", "cutter", "heat", "line"};
constexpr const char* kPaper[] = {"paper_out", "near_end", "cover_open", "jam_before_blade",
                                  "jam_after_blade"};
constexpr const char* kMachine[] = {"offline", "overheated", "unrecoverable", "slow"};
constexpr const char* kWire[] = {"silent",     "late",      "split",      "noise",   "xon_xoff",
                                 "wrong_baud", "half_open", "never_read", "refusing"};
constexpr const char* kOnce[] = {"rst",        "lost_answer",  "second_client",
                                 "drop_bytes", "double_bytes", "es_at_by_other"};

boost::json::array choices(Locale locale, const std::string& prefix,
                           std::span<const char* const> codes) {
  boost::json::array out;
  for (const char* code : codes) {
    out.push_back({{"code", code}, {"name", words(locale, prefix + code)}});
  }
  return out;
}

std::string usual_model(const emulator::DeviceOptions& options) {
  if (!options.model.empty()) return options.model;
  switch (options.dialect) {
    case emulator::Family::epson:
      return "TM-m30";
    case emulator::Family::epson_old:
      return "TM-T88III";
    case emulator::Family::star:
      return "mC-Print3";
    case emulator::Family::sii:
      return "RP-F10";
    case emulator::Family::primex:
      return "NP-2511";
    case emulator::Family::clone:
      return "–";
  }
  return "–";
}

}  // namespace

std::string_view page_file(std::string_view name) {
  for (const auto& file : embedded::paper_page()) {
    if (file.name.ends_with("/page/" + std::string(name))) return file.text;
  }
  return {};
}

std::string render_paper_page(Locale locale, const emulator::Server& printer) {
  const auto& options = printer.device().options();
  const auto say = [&](const char* key, WordValues values = {}) {
    return boost::json::value(words(locale, std::string("paper.page.") + key, values));
  };
  const auto dialect = boost::describe::enum_to_string(options.dialect, "?");
  boost::json::object places = {
      {"lang", std::string(tag_of(locale))},
      {"dots", std::to_string(options.dots)},
      {"device", say("device", {{"dots", std::to_string(options.dots)},
                                {"dpi", std::to_string(options.dpi)},
                                {"port", std::to_string(printer.port())}})},
      {"dialect",
       say((std::string("dialect.") + dialect).c_str(), {{"model", usual_model(options)}})},
      {"count", say("count", {{"count", "{count}"}})},
      {"used", say("used", {{"metres", "{metres}"}})},
      {"left", say("left", {{"metres", "{metres}"}})},
      {"bytes", say("bytes", {{"count", "{count}"}})},
      {"lost", say("lost", {{"count", "{count}"}})},
      {"unknown", say("unknown", {{"count", "{count}"}})},
      {"alt", say("alt", {{"time", "{time}"}, {"id", "{id}"}})},
      {"states", choices(locale, "paper.printer.", kStates)},
      {"lamps", choices(locale, "paper.page.lamp.", kLamps)},
      {"paper_faults", choices(locale, "paper.page.fault.", kPaper)},
      {"machine_faults", choices(locale, "paper.page.fault.", kMachine)},
      {"wire_faults", choices(locale, "paper.page.fault.", kWire)},
      {"once", choices(locale, "paper.page.once.", kOnce)}};
  for (const char* key :
       {"title",       "papers",       "empty",         "empty_next", "hanging",     "state",
        "client",      "no_client",    "gone",          "faults",     "faults_note", "power_cycle",
        "heal",        "group_paper",  "group_machine", "group_wire", "script",      "script_note",
        "script_load", "script_fired", "script_waits"}) {
    places[key == std::string("faults") ? "faults_title" : key] = say(key);
  }
  return http::render_page(page_file("index.html"), places);
}

StateFrame state_frame(const emulator::Server& printer) {
  const auto& device = printer.device();
  StateFrame frame{.epoch = {},
                   .state = device.state(),
                   .faults = device.faults(),
                   .has_cutter_error = device.has_cutter_error(),
                   .has_client = printer.has_client(),
                   .cut = printer.cut_count(),
                   .received = static_cast<std::int64_t>(printer.received()),
                   .mm_used = std::lround(device.mm_used()),
                   .mm_left = {},
                   .hanging_rows = device.hanging_paper().height(),
                   .unknown_commands = device.unknown_commands(),
                   .bytes_lost = device.bytes_lost(),
                   .dots = device.options().dots,
                   .script = {}};
  if (const auto left = device.mm_left()) frame.mm_left = static_cast<int>(std::lround(*left));
  for (const auto& line : device.script()) frame.script.push_back({line.text, line.has_fired});
  return frame;
}

}  // namespace matanai::printer::tool
