// Faults that come by themselves at a place of the work: one a line, e.g. "row 120 paper_out 5s".
// Not for deciding what a fault does (machine.hpp). Values, any thread.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "printer/emulator/faults.hpp"

namespace matanai::printer::emulator {

enum class Trigger {
  now,   // when the script is loaded
  time,  // this many ms later
  byte,  // after this many received bytes
  row,   // before the row after this many rows: so many came out
  cut,   // after the n-th stroke of the blade that cut something off, before any answer to it
};

struct Action {
  enum class Kind {
    set,             // `fault` becomes `value`
    heal,            // every fault ends
    power_cycle,     // off and on
    lost_answer,     // the next `count` confirmations are not sent
    drop_bytes,      // the next `count` received bytes are lost (serial overrun)
    double_bytes,    // the next `count` received bytes arrive twice
    flip_bytes,      // one bit of each of the next `count` received bytes is wrong
    drop_answer,     // the next `count` bytes of answers are lost
    flip_answer,     // one bit of each of them is wrong
    extra_answer,    // another byte comes before each of them
    reset_by_other,  // another host's ESC @
    rst,             // the connection breaks
    second_client,   // another host connects and waits until it is served; stays `amount` long
    late,            // answers come `amount` later from now on
  };
  Kind kind = Kind::set;
  bool Faults::* fault = nullptr;
  bool value = true;
  std::chrono::milliseconds amount{0};  // of a fault: it ends by itself after this; 0 = stays
  int count = 1;
};

struct ScriptLine {
  std::string text;                 // as written
  std::optional<std::int64_t> job;  // only while the n-th piece of paper is printed (row counts
                                    // from its top)
  Trigger trigger = Trigger::now;
  std::int64_t value = 0;
  Action action;
  bool has_fired = false;
};

// Empty lines and "# …" are left out. Throws std::invalid_argument that names the line.
std::vector<ScriptLine> parse_script(std::string_view text);

// Every action with what it does, for --help: one line each.
std::string script_help();

}  // namespace matanai::printer::emulator
