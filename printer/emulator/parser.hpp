// What differs between families of printers: how bytes become work, and what is answered. The
// machine owns one parser and gives itself to every call.
#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>

namespace matanai::printer::emulator {

struct Machine;

class Parser {
 public:
  virtual ~Parser() = default;
  // A byte arrived: real-time commands act now, in commands and in image data alike.
  virtual void watch(Machine& machine, std::uint8_t byte) = 0;
  // Does the next thing in the buffer; false when more bytes are needed. Called only while the
  // printer is on line and the work is not too far ahead.
  virtual bool step(Machine& machine) = 0;
  // Something about the state changed: a notice, when the host wants them.
  virtual void tell_change(Machine& machine) = 0;
  // An error came while printing.
  virtual void on_error(Machine&) {}
  // True while it throws away what comes: it may do that off line.
  virtual bool is_dropping() const { return false; }
  // While it stores work instead of printing it: until so much paper waits. Nothing: prints as it
  // comes.
  virtual std::optional<double> mm_to_store() const { return std::nullopt; }
  // True while a picture is not complete.
  virtual bool is_in_image() const = 0;
  // When something happens by time alone.
  virtual std::optional<std::chrono::microseconds> next_event() const { return std::nullopt; }
  // The buffer was thrown away: half a command and half a line with it.
  virtual void forget_command() = 0;
  // The power was off: settings too.
  virtual void reset() = 0;
  // ESC @ of another host.
  virtual void reset_by_other(Machine& machine) = 0;
};

std::unique_ptr<Parser> make_epson_parser();
std::unique_ptr<Parser> make_star_parser();

}  // namespace matanai::printer::emulator
