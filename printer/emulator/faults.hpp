// What can be wrong with the virtual printer and its wire. A value, any thread.
#pragma once

#include <boost/describe.hpp>

namespace matanai::printer::emulator {

// All false is a healthy printer. Each stays until it is taken back.
struct Faults {
  // The paper and the panel.
  bool paper_out = false;   // taken back: a new roll
  bool cover_open = false;  // opened while printing it is an error that ends by itself
  bool near_end = false;
  bool offline = false;  // switched off line at the panel
  // The machine.
  bool jam_before_blade = false;  // the next cut fails and leaves the ticket hanging; the error
                                  // stays when the jam is gone, until the host or power recovers it
  bool jam_after_blade = false;   // the next cut is done, but the blade does not come back
  bool overheated = false;        // waits, and goes on by itself
  bool unrecoverable = false;     // ends with the power
  bool slow = false;              // prints slow_mm_per_s
  bool powered_off = false;       // forgets all but the paper
  // The wire.
  bool silent = false;      // works, but no answer reaches the wire
  bool late = false;        // answers come DeviceOptions::late later
  bool split = false;       // every answer byte comes alone, a millisecond after the one before
  bool noise = false;       // bytes that are no answer come between the answers
  bool xon_xoff = false;    // 13h and 11h stand between any two answer bytes
  bool wrong_baud = false;  // both directions are garbled
  bool half_open = false;   // nothing passes, and nobody notices
  bool never_read = false;  // the connection stands, not one byte is taken
  bool refusing = false;    // no new connection

  bool operator==(const Faults&) const = default;
};
BOOST_DESCRIBE_STRUCT(Faults, (),
                      (paper_out, cover_open, near_end, offline, jam_before_blade, jam_after_blade,
                       overheated, unrecoverable, slow, powered_off, silent, late, split, noise,
                       xon_xoff, wrong_baud, half_open, never_read, refusing))

}  // namespace matanai::printer::emulator
