// Messages of kiosks and their printers as schema/openapi.yaml has them. Plain values; JSON by
// description (json.hpp).
#pragma once

#include <boost/describe.hpp>
#include <cstdint>
#include <optional>
#include <string>

#include "schema/types/printer_state.hpp"
#include "schema/types/time.hpp"

namespace matanai {

struct PrinterReport {
  PrinterState state = PrinterState::not_answering;
  Instant since;      // in this state
  std::string model;  // as it calls itself; empty = not known
  std::optional<ConfirmStrength> confirms;
  std::int64_t paper_metres = 0;  // left on the roll, by the kiosk's count
  bool operator==(const PrinterReport&) const = default;
};
BOOST_DESCRIBE_STRUCT(PrinterReport, (), (state, since, model, confirms, paper_metres))

// A kiosk as staff see it.
struct FloorKiosk {
  std::string id;
  PrinterReport printer;               // as last heard
  std::optional<Instant> alone_since;  // without connection
};
BOOST_DESCRIBE_STRUCT(FloorKiosk, (), (id, printer, alone_since))

}  // namespace matanai
