#include "kiosk/printer_setup.hpp"

#include <fstream>
#include <iterator>
#include <stdexcept>

#include "printer/transport/make_transport.hpp"

namespace matanai::kiosk {
namespace {

constexpr const char* kAuto = "auto";
constexpr int kNarrowMm = 58, kWideMm = 80;
constexpr int kFewestDots = 300, kFewestDpi = 100;

// A name of the enumeration; nullopt for "auto". Throws std::invalid_argument for anything else.
template <class E>
std::optional<E> named(const std::string& name, const char* setting) {
  if (name == kAuto) return std::nullopt;
  E value{};
  if (boost::describe::enum_from_string(name.c_str(), value)) return value;
  throw std::invalid_argument(std::string(setting) + " cannot be \"" + name + "\"");
}

std::optional<int> unless_zero(int number) {
  return number == 0 ? std::nullopt : std::optional(number);
}

std::string bytes_of(const std::filesystem::path& file) {
  if (file.empty()) return {};
  std::ifstream in(file, std::ios::binary);
  if (!in) throw std::runtime_error("the logo cannot be read: " + file.string());
  return {std::istreambuf_iterator<char>(in), {}};
}

}  // namespace

std::optional<std::string> complaint_about_printer(const Config& config) {
  if (config.paper_mm != kNarrowMm && config.paper_mm != kWideMm)
    return "the paper is 80 or 58 mm wide: paper_mm";
  if (config.paper_dots != 0 && config.paper_dots < kFewestDots)
    return "paper_dots is 0 or from 300 to 1000";
  if (config.paper_dpi != 0 && config.paper_dpi < kFewestDpi)
    return "paper_dpi is 0 or from 100 to 255";
  try {
    printer::parse_wire(config.printer);
    printer::model_of(printer_setup(config), {});
    named<printer::ConfirmMethod>(config.printer_confirm, "printer_confirm");
  } catch (const std::invalid_argument& wrong) {
    return wrong.what();
  }
  return std::nullopt;
}

printer::PrinterSetup printer_setup(const Config& config) {
  return {.to = config.printer,
          .protocol = named<printer::Protocol>(config.printer_protocol, "printer_protocol"),
          .model = config.printer_model == kAuto ? "" : config.printer_model,
          .dots = unless_zero(config.paper_dots),
          .dpi = unless_zero(config.paper_dpi),
          .is_narrow = config.paper_mm == kNarrowMm,
          .form = named<printer::TicketForm>(config.printer_mode, "printer_mode")};
}

printer::PrinterOptions printer_options(const Config& config, printer::PrinterTimings timings,
                                        std::int64_t used_mm, bool was_interrupted) {
  printer::PrinterOptions options;
  options.confirm = named<printer::ConfirmMethod>(config.printer_confirm, "printer_confirm");
  options.timings = timings;
  options.was_interrupted = was_interrupted;
  options.paper.used_mm = used_mm;
  options.paper.roll_mm = std::int64_t{1000} * config.roll_metres;
  options.decor.logo_png = bytes_of(config.logo);
  options.decor.notice = config.notice;
  return options;
}

}  // namespace matanai::kiosk
