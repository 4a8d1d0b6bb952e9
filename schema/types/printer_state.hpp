// What people are told about a ticket printer: its state, and how well it confirms. Codes on the
// wire and ends of words keys. Values, any thread.
#pragma once

#include <boost/describe.hpp>

namespace matanai {

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

// What a confirmation is worth, best first.
enum class ConfirmStrength {
  printed,    // on paper, with this ticket's identity
  processed,  // everything was parsed, and no fault came while it must have been printed
  sent,       // handed to the wire
};
BOOST_DESCRIBE_ENUM(ConfirmStrength, printed, processed, sent)

}  // namespace matanai
