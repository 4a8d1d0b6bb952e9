// A virtual ESC/POS printer without any I/O: bytes in, replies and cut tickets out. It reads byte
// by byte and never assumes packet borders; real-time commands act on arrival, everything else in
// order, and only while the printer is able to print. Not thread-safe: one thread per device.
#pragma once

#include <boost/describe.hpp>
#include <cstdint>
#include <deque>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "printer/bitmap.hpp"

namespace matanai::printer::emulator {

// What is wrong with the printer; all false is a healthy one.
struct Faults {
  bool paper_out = false;
  bool cover_open = false;
  bool near_end = false;
  bool offline = false;  // switched off line at the panel
  bool silent = false;   // works, but no answer reaches the wire
  bool slow = false;     // prints only as many rows as grant_rows() allows

  bool operator==(const Faults&) const = default;
};
BOOST_DESCRIBE_STRUCT(Faults, (), (paper_out, cover_open, near_end, offline, silent, slow))

struct DeviceOptions {
  int dots = 576;
  bool confirms_with_identity = true;  // answers GS ( H as printers since 2005 do
  std::size_t buffer_bytes = 65536;    // receive buffer, network card included; full = room() is 0
  std::string model = "Matanai virtual printer";
};

class Device {
 public:
  explicit Device(DeviceOptions options = {});
  ~Device();
  Device(const Device&) = delete;
  Device& operator=(const Device&) = delete;

  // Takes what arrived (no more than room()) and works on as far as it can.
  void receive(std::span<const std::uint8_t> bytes);
  // Bytes that fit into the receive buffer now: a wire must not bring more. Real printers stop
  // reading here.
  std::size_t room() const;
  // Answers since the last call, in order.
  std::vector<std::uint8_t> take_replies();
  // Tickets cut since the last call, oldest first: dots as they came, without the blank way from
  // head to blade.
  std::vector<Bitmap> take_tickets();
  // The uncut piece of paper that hangs out.
  const Bitmap& hanging_paper() const;

  const Faults& faults() const;
  // Tells the host by ASB when that is on; a printer that is able again goes on by itself.
  void set_faults(const Faults& faults);
  // Paper runs out after this many more rows (sets paper_out then); nullopt = never.
  void set_paper_left(std::optional<int> rows);
  // With `slow`: rows that may be printed until the next grant.
  void grant_rows(int rows);
  // Buffer, settings and half a command are gone; the hanging paper stays.
  void power_cycle();
  // Commands it did not know, since the start (a correct driver sends none).
  int unknown_commands() const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace matanai::printer::emulator
