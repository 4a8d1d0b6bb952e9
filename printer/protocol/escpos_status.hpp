// What ESC/POS printers send back: DLE EOT answers, notices (ASB), GS r, blocks (37h, 5Fh), flow
// control, and the tagged answers of SII printers. Only blocks that were asked for are taken for
// blocks, so that noise cannot swallow what follows. One thread per reader.
#pragma once

#include <deque>

#include "printer/protocol/dialect.hpp"

namespace matanai::printer {

class EscposReader final : public ReplyReader {
 public:
  void expect(const Question& question) override;
  std::vector<Reply> feed(std::span<const std::uint8_t> bytes) override;
  std::size_t noise() const override { return noise_; }
  void reset() override;

 private:
  using Replies = std::vector<Reply>;
  void take(std::uint8_t byte, Replies& out);
  void begin(std::uint8_t byte, Replies& out);
  void take_notice(std::uint8_t byte, Replies& out);
  void take_sii_notice(std::uint8_t byte, Replies& out);
  void take_block(std::uint8_t byte, Replies& out);
  void take_text(std::uint8_t byte, Replies& out);
  void take_realtime(std::uint8_t byte, Replies& out);
  void take_sii_sign(std::uint8_t byte, Replies& out);
  void answer_state(Replies& out);
  void give_up(std::uint8_t byte, Replies& out);

  std::deque<Asked> states_;  // DLE EOT questions without an answer
  std::deque<Asked> names_;   // GS I questions without an answer
  Bytes partial_;             // its first byte tells which reply it will be
  PrinterFlags flags_;
  bool has_unnamed_error_ = false;  // DLE EOT 2 said so; DLE EOT 3 tells which
  std::size_t noise_ = 0;
};

}  // namespace matanai::printer
