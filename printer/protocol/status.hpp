// What ESC/POS printers send back, and what it says about the printer. The parser takes any byte
// stream, in any packets, and finds back into step by itself after noise. Values; one thread per
// parser.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <optional>
#include <span>
#include <variant>
#include <vector>

#include "printer/protocol/escpos.hpp"
#include "printer/protocol/state.hpp"

namespace matanai::printer {

namespace reply {
struct Realtime {  // DLE EOT n
  int n = 0;       // the question it answers, 0 when none was asked
  std::uint8_t byte = 0;
};
struct Notice {  // ASB, sent by itself or after GS a
  std::array<std::uint8_t, 4> bytes{};
};
struct PaperSensor {  // GS r 1, or a one-byte GS I
  std::uint8_t byte = 0;
};
struct Processed {  // GS ( H 48
  escpos::ProcessId id{};
};
struct Cleared {};  // 37 25 00: the buffer was thrown away
}  // namespace reply
using Reply = std::variant<reply::Realtime, reply::Notice, reply::PaperSensor, reply::Processed,
                           reply::Cleared>;

void apply(const reply::Realtime& realtime, PrinterFlags& flags);
void apply(const reply::Notice& notice, PrinterFlags& flags);

class StatusParser {
 public:
  // Tells the parser that DLE EOT n was sent: replies do not carry their n, they come in order.
  void expect_realtime(int n) { expected_.push_back(n); }
  // Takes bytes as they came; returns what they complete. After noise it is back in step within 7
  // bytes.
  std::vector<Reply> feed(std::span<const std::uint8_t> bytes);
  // Bytes that were no reply, since the start.
  std::size_t noise() const { return noise_; }
  // Forgets a half reply and the questions asked (new connection).
  void reset();

 private:
  void take(std::uint8_t byte, std::vector<Reply>& out);
  void begin(std::uint8_t byte, std::vector<Reply>& out);
  void take_in_block(std::uint8_t byte, std::vector<Reply>& out);
  void give_up(std::uint8_t byte, std::vector<Reply>& out);

  std::deque<int> expected_;
  std::vector<std::uint8_t>
      partial_;  // an ASB or a block that is not complete; its first byte tells which
  std::size_t noise_ = 0;
};

}  // namespace matanai::printer
