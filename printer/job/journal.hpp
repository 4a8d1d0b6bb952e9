// The states of one print, and where they are written down before the bytes that depend on them.
//   reserved → sending → sent → confirmed | failed | unknown      sending → failed | unknown
// reserved is written by whoever allots the number, in the same transaction; the rest by
// Printer::print.
#pragma once

#include <boost/asio/awaitable.hpp>
#include <boost/describe.hpp>

#include "printer/protocol/state.hpp"
#include "schema/types/ids.hpp"

namespace matanai::printer {

using JobId = Id<struct PrintJobTag>;  // chosen by the caller, unique in its journal

enum class JobState {
  reserved,   // the number is given, nothing was sent
  sending,    // bytes may be on their way: after a crash the outcome is unknown
  sent,       // every byte was accepted by the wire
  confirmed,  // the printer said so (PrintOutcome::strength)
  failed,     // no whole ticket came out: print again without a mark
  unknown,    // it may be on paper: ask, then print a copy marked 再発行
};
BOOST_DESCRIBE_ENUM(JobState, reserved, sending, sent, confirmed, failed, unknown)

class Journal {
 public:
  virtual ~Journal() = default;
  // Completes when both are durable, together. What it throws ends the print before the next byte
  // is sent. has_rest: from now on the printer may hold, or show, a part of this ticket or of an
  // earlier one; the next owner must know (PrinterOptions::was_interrupted).
  virtual boost::asio::awaitable<void> record(JobId job, JobState state, bool has_rest) = 0;
};

}  // namespace matanai::printer
