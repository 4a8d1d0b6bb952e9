// From the kiosk's settings to its printer. Not for the journal's part (print_queue). Values,
// start-up only.
#pragma once

#include <optional>
#include <string>

#include "kiosk/config.hpp"
#include "printer/job/any_printer.hpp"

namespace matanai::kiosk {

// What is wrong with the printer's settings, as one sentence.
std::optional<std::string> complaint_about_printer(const Config& config);

// The settings must be free of complaints.
printer::PrinterSetup printer_setup(const Config& config);
// used_mm: of the roll that is in the printer; was_interrupted: a print was under way when the
// kiosk stopped. Throws std::runtime_error when the logo cannot be read.
printer::PrinterOptions printer_options(const Config& config, printer::PrinterTimings timings,
                                        std::int64_t used_mm, bool was_interrupted);

}  // namespace matanai::kiosk
