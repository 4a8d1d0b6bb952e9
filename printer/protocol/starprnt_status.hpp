// What StarPRNT printers send back: notices (ASB) whose first byte holds their length, the echo of
// ESC GS ETX when printing has ended, and their name. Every byte of a notice but the first has bit
// 0 clear, so that noise ends at the next notice. One thread per reader.
#pragma once

#include <deque>

#include "printer/protocol/dialect.hpp"

namespace matanai::printer {

class StarprntReader final : public ReplyReader {
 public:
  void expect(const Question& question) override;
  std::vector<Reply> feed(std::span<const std::uint8_t> bytes) override;
  std::size_t noise() const override { return noise_; }
  void reset() override;

 private:
  using Replies = std::vector<Reply>;
  void take(std::uint8_t byte, Replies& out);
  void begin(std::uint8_t byte);
  void take_notice(std::uint8_t byte, Replies& out);
  void take_echo(std::uint8_t byte, Replies& out);
  void take_name(std::uint8_t byte, Replies& out);
  void read_notice(Replies& out);
  void give_up(std::uint8_t byte);

  std::deque<Asked> states_;  // questions without an answer
  bool is_name_asked_ = false;
  Bytes partial_;
  PrinterFlags flags_;
  std::size_t noise_ = 0;
};

}  // namespace matanai::printer
