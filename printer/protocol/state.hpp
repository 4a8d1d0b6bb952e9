// What people are told about a printer, and the facts it is made of. Values, any thread.
#pragma once

#include <boost/describe.hpp>
#include <string>

namespace matanai::printer {

// Ordered by what a person must be told first: the worst that is true.
enum class PrinterState {
  ready,
  paper_near_end,  // goes on printing; staff should bring a roll
  offline,         // switched off line at its panel, or waiting
  overheated,      // goes on by itself when it has cooled
  paper_out,
  cover_open,
  cutter_error,   // a ticket that is printed can be torn off
  error,          // mechanical or unrecoverable: switch it off, call the maintenance
  not_answering,  // no connection, or no answer within the deadline
  taken,          // by another host: connected or busy, but not one answer
};
BOOST_DESCRIBE_ENUM(PrinterState, ready, paper_near_end, offline, overheated, paper_out, cover_open,
                    cutter_error, error, not_answering, taken)

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
