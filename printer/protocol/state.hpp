// What people are told about a printer, and the facts it is made of. Values, any thread.
#pragma once

#include <string>

#include "schema/types/printer_state.hpp"

namespace matanai::printer {

using matanai::PrinterState;

// "paper_out": the code on the wire and the end of the words key paper.printer.<code>.
std::string code_of(PrinterState state);
inline bool can_print(PrinterState state) {
  return state == PrinterState::ready || state == PrinterState::paper_near_end;
}

// The facts that matter, whichever answers they came from.
struct PrinterFlags {
  bool is_offline = false;
  bool is_cover_open = false;
  bool is_paper_out = false;
  bool is_paper_near_end = false;
  bool is_overheated = false;  // or another error that ends by itself
  bool has_cutter_error = false;
  bool has_other_error = false;  // mechanical or unrecoverable

  PrinterState state() const;
  bool operator==(const PrinterFlags&) const = default;
};

}  // namespace matanai::printer
