// What the readers of both languages do alike: replies come in any packets with XON and XOFF
// between their bytes, half a reply is kept, and what began and is none is noise whose last byte
// may begin the next. Internal to printer/protocol. One thread per reader.
#pragma once

#include <deque>

#include "printer/protocol/dialect.hpp"

namespace matanai::printer {

class FrameReader : public ReplyReader {
 public:
  std::vector<Reply> feed(std::span<const std::uint8_t> bytes) final {
    Replies out;
    for (const auto byte : bytes) {
      if (is_flow_control(byte)) continue;
      partial_.empty() ? begin(byte, out) : go_on(byte, out);
    }
    return out;
  }
  std::size_t noise() const final { return noise_; }
  void reset() override {
    states_.clear();
    partial_.clear();
    flags_ = {};
  }

 protected:
  using Replies = std::vector<Reply>;

  virtual bool is_flow_control(std::uint8_t byte) const { return byte == 0x11 || byte == 0x13; }
  // The first byte of a reply, and the others.
  virtual void begin(std::uint8_t byte, Replies& out) = 0;
  virtual void go_on(std::uint8_t byte, Replies& out) = 0;

  void give_up(std::uint8_t byte, Replies& out) {
    noise_ += partial_.size();
    partial_.clear();
    begin(byte, out);
  }
  // The flags as they are now; the oldest question about the state is answered by them.
  void answer_state(Replies& out) {
    out.push_back(reply::Flags{flags_});
    if (states_.empty()) return;
    out.push_back(reply::Answered{states_.front()});
    states_.pop_front();
  }

  std::deque<Asked> states_;  // questions about the state without an answer
  Bytes partial_;             // its first byte tells which reply it will be
  PrinterFlags flags_;
  std::size_t noise_ = 0;
};

}  // namespace matanai::printer
