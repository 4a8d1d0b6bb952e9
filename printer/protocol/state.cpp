#include "printer/protocol/state.hpp"

namespace matanai::printer {

std::string code_of(PrinterState state) {
  return boost::describe::enum_to_string(state, "not_answering");
}

PrinterState PrinterFlags::state() const {
  if (has_other_error) return PrinterState::error;
  if (has_cutter_error) return PrinterState::cutter_error;
  if (is_cover_open) return PrinterState::cover_open;
  if (is_paper_out) return PrinterState::paper_out;
  if (is_overheated) return PrinterState::overheated;
  if (is_offline) return PrinterState::offline;
  return is_paper_near_end ? PrinterState::paper_near_end : PrinterState::ready;
}

}  // namespace matanai::printer
