#include "printer/protocol/status.hpp"

namespace matanai::printer {
namespace {

constexpr std::uint8_t kXon = 0x11, kXoff = 0x13;
constexpr std::uint8_t kBlock = 0x37, kProcessed = 0x22, kCleared = 0x25;

bool is_notice_start(std::uint8_t byte) { return (byte & 0x93) == 0x10; }
bool is_realtime(std::uint8_t byte) { return (byte & 0x93) == 0x12; }
bool is_plain(std::uint8_t byte) { return (byte & 0x90) == 0; }

}  // namespace

void apply(const reply::Realtime& realtime, PrinterFlags& flags) {
  const auto has = [&](int mask) { return (realtime.byte & mask) != 0; };
  switch (realtime.n) {
    case 1:
      flags.is_offline = has(0x08);
      return;
    case 2:
      flags.is_cover_open = has(0x04);
      if (has(0x20)) flags.is_paper_out = true;
      if (!has(0x40)) flags.has_cutter_error = false;
      flags.has_other_error = has(0x40) && !flags.has_cutter_error;  // n = 3 tells which
      return;
    case 3:
      flags.has_cutter_error = has(0x08);
      flags.has_other_error = has(0x04 | 0x20);
      flags.is_overheated = has(0x40);
      return;
    case 4:
      flags.is_paper_near_end = has(0x0C);
      flags.is_paper_out = has(0x60);
      return;
    default:
      return;
  }
}

void apply(const reply::Notice& notice, PrinterFlags& flags) {
  const auto& bytes = notice.bytes;
  flags.is_offline = (bytes[0] & 0x08) != 0;
  flags.is_cover_open = (bytes[0] & 0x20) != 0;
  flags.has_cutter_error = (bytes[1] & 0x08) != 0;
  flags.has_other_error = (bytes[1] & (0x04 | 0x20 | 0x40)) != 0;
  flags.is_paper_near_end = (bytes[2] & 0x03) != 0;
  flags.is_paper_out = (bytes[2] & 0x0C) != 0;
}

void StatusParser::reset() {
  expected_.clear();
  partial_.clear();
}

std::vector<Reply> StatusParser::feed(std::span<const std::uint8_t> bytes) {
  std::vector<Reply> out;
  for (auto byte : bytes) take(byte, out);
  return out;
}

void StatusParser::take(std::uint8_t byte, std::vector<Reply>& out) {
  if (partial_.empty()) {
    begin(byte, out);
    return;
  }
  if (partial_.front() == kBlock) {
    take_in_block(byte, out);
    return;
  }
  if (byte == kXon || byte == kXoff) return;
  if (!is_plain(byte)) {
    give_up(byte, out);
    return;
  }
  partial_.push_back(byte);
  if (partial_.size() < 4) return;
  out.push_back(reply::Notice{{partial_[0], partial_[1], partial_[2], partial_[3]}});
  partial_.clear();
}

void StatusParser::begin(std::uint8_t byte, std::vector<Reply>& out) {
  if (byte == kXon || byte == kXoff) return;
  if (is_realtime(byte)) {
    int n = 0;
    if (!expected_.empty()) {
      n = expected_.front();
      expected_.pop_front();
    }
    out.push_back(reply::Realtime{n, byte});
    return;
  }
  if (is_notice_start(byte) || byte == kBlock) {
    partial_.push_back(byte);
    return;
  }
  if (is_plain(byte)) {
    out.push_back(reply::PaperSensor{byte});
    return;
  }
  ++noise_;
}

// 37 22 id(4) 00 or 37 25 00. Anything else was no block: at most 6 bytes are lost before this
// byte.
void StatusParser::take_in_block(std::uint8_t byte, std::vector<Reply>& out) {
  const auto at = partial_.size();
  const bool is_kind = at == 1 && (byte == kProcessed || byte == kCleared);
  const bool is_id =
      at >= 2 && at <= 5 && partial_[1] == kProcessed && byte >= 0x20 && byte <= 0x7E;
  if (is_kind || is_id) {
    partial_.push_back(byte);
    return;
  }
  if (byte == 0 && at == 6) {
    reply::Processed processed;
    for (std::size_t i = 0; i < 4; ++i) processed.id[i] = static_cast<char>(partial_[i + 2]);
    out.push_back(processed);
    partial_.clear();
    return;
  }
  if (byte == 0 && at == 2 && partial_[1] == kCleared) {
    out.push_back(reply::Cleared{});
    partial_.clear();
    return;
  }
  give_up(byte, out);
}

void StatusParser::give_up(std::uint8_t byte, std::vector<Reply>& out) {
  noise_ += partial_.size();
  partial_.clear();
  begin(byte, out);
}

}  // namespace matanai::printer
