#include "printer/protocol/escpos_status.hpp"

#include <deque>
#include <utility>

#include "printer/protocol/escpos.hpp"
#include "printer/protocol/frame_reader.hpp"

namespace matanai::printer {
namespace {

constexpr std::uint8_t kBlock = 0x37, kProcessed = 0x22, kOfflineCause = 0x23, kCleared = 0x25;
constexpr std::uint8_t kText = 0x5F;
constexpr std::size_t kNotice = 4, kSiiNotice = 8;
constexpr std::size_t kLongestText = 64;
constexpr std::size_t kLongestCause = 8;  // of 37 23 …, its head included

bool is_notice_start(std::uint8_t byte) { return (byte & 0x93) == 0x10; }
bool is_realtime(std::uint8_t byte) { return (byte & 0x93) == 0x12; }
bool is_plain(std::uint8_t byte) { return (byte & 0x90) == 0; }
bool is_sii_notice_start(std::uint8_t byte) { return (byte & 0xF0) == 0xC0; }
bool is_sii_notice_rest(std::uint8_t byte) { return (byte & 0xF0) == 0xD0; }

bool has(std::uint8_t byte, int mask) { return (byte & mask) != 0; }

ProcessId process_id_in(const Bytes& block) {
  ProcessId id = 0;
  for (std::size_t i = 2; i < 6; ++i) id = id * 95 + (block[i] - 0x20u);
  return id;
}

class EscposReader final : public FrameReader {
 public:
  void expect(const Question& question) override;
  void reset() override;

 private:
  void begin(std::uint8_t byte, Replies& out) override;
  void go_on(std::uint8_t byte, Replies& out) override;
  void take_notice(std::uint8_t byte, Replies& out);
  void take_sii_notice(std::uint8_t byte, Replies& out);
  void take_block(std::uint8_t byte, Replies& out);
  void take_text(std::uint8_t byte, Replies& out);
  void take_realtime(std::uint8_t byte, Replies& out);
  void take_sii_sign(std::uint8_t byte, Replies& out);

  std::deque<Asked> names_;         // GS I questions without an answer
  bool has_unnamed_error_ = false;  // DLE EOT 2 said so; DLE EOT 3 tells which
};

void EscposReader::expect(const Question& question) {
  for (const auto asked : question.answers) {
    const bool is_name = asked == Asked::maker || asked == Asked::model || asked == Asked::firmware;
    (is_name ? names_ : states_).push_back(asked);
  }
}

void EscposReader::reset() {
  FrameReader::reset();
  names_.clear();
  has_unnamed_error_ = false;
}

void EscposReader::go_on(std::uint8_t byte, Replies& out) {
  if (partial_.front() == kBlock) return take_block(byte, out);
  if (partial_.front() == kText) return take_text(byte, out);
  if (is_sii_notice_start(partial_.front())) return take_sii_notice(byte, out);
  take_notice(byte, out);
}

void EscposReader::begin(std::uint8_t byte, Replies& out) {
  if (is_realtime(byte)) return take_realtime(byte, out);
  const bool is_text = byte == kText && !names_.empty();
  if (is_notice_start(byte) || is_sii_notice_start(byte) || byte == kBlock || is_text) {
    partial_.push_back(byte);
    return;
  }
  if (is_plain(byte)) {
    out.push_back(reply::Sensor{.is_near_end = has(byte, 0x03)});
    return;
  }
  take_sii_sign(byte, out);
}

// The DLE EOT table of Epson's reference. An answer that nobody asked for is noise.
void EscposReader::take_realtime(std::uint8_t byte, Replies& out) {
  if (states_.empty()) {
    ++noise_;
    return;
  }
  switch (states_.front()) {
    case Asked::printer:
      flags_.is_offline = has(byte, 0x08);
      break;
    case Asked::offline_cause:
      flags_.is_cover_open = has(byte, 0x04);
      if (has(byte, 0x20)) flags_.is_paper_out = true;
      has_unnamed_error_ = has(byte, 0x40);
      break;
    case Asked::error_cause:
      flags_.has_cutter_error = has(byte, 0x08);
      flags_.is_overheated = has(byte, 0x40);
      flags_.has_other_error =
          has(byte, 0x04 | 0x20) || (has_unnamed_error_ && !has(byte, 0x08 | 0x40));
      break;
    case Asked::paper:
      flags_.is_paper_near_end = has(byte, 0x0C);
      flags_.is_paper_out = has(byte, 0x60);
      break;
    default:
      break;
  }
  answer_state(out);
}

// SII's tags (RP-F10 technical reference, 6.4): 8x what DC2 q asked has ended, 9x progress, Ax the
// answer to DLE EOT (bit 3 off line, as Epson's; the other facts come by notice), Bx initialised.
void EscposReader::take_sii_sign(std::uint8_t byte, Replies& out) {
  const auto low = static_cast<ProcessId>(byte & 0x0F);
  switch (byte & 0xF0) {
    case 0x80:
      out.push_back(reply::Confirmed{ConfirmMethod::sii_execution, low});
      return;
    case 0x90:
      return;
    case 0xA0:
      if (states_.empty()) break;
      if (states_.front() == Asked::printer) flags_.is_offline = has(byte, 0x08);
      return answer_state(out);
    case 0xB0:
      out.push_back(reply::Identity{Asked::maker, "SII"});
      return;
    default:
      break;
  }
  ++noise_;
}

void EscposReader::take_notice(std::uint8_t byte, Replies& out) {
  if (!is_plain(byte)) return give_up(byte, out);
  partial_.push_back(byte);
  if (partial_.size() < kNotice) return;
  flags_.is_offline = has(partial_[0], 0x08);
  flags_.is_cover_open = has(partial_[0], 0x20);
  flags_.has_cutter_error = has(partial_[1], 0x08);
  flags_.is_overheated = has(partial_[1], 0x40);
  flags_.has_other_error = has(partial_[1], 0x04 | 0x20);
  flags_.is_paper_near_end = has(partial_[2], 0x03);
  flags_.is_paper_out = has(partial_[2], 0x0C);
  partial_.clear();
  out.push_back(reply::Flags{flags_});
}

// C. D. D. …, eight bytes: cover in bit 3 and paper end in bit 0 of the second, errors in bits 3, 1
// and 0 of the first (as receiptio reads them on real printers). Near end in bit 1 of the second is
// our assumption.
void EscposReader::take_sii_notice(std::uint8_t byte, Replies& out) {
  if (!is_sii_notice_rest(byte)) return give_up(byte, out);
  partial_.push_back(byte);
  if (partial_.size() < kSiiNotice) return;
  flags_.is_cover_open = has(partial_[1], 0x08);
  flags_.is_paper_out = has(partial_[1], 0x01);
  flags_.is_paper_near_end = has(partial_[1], 0x02);
  flags_.has_other_error = has(partial_[0], 0x0B) && !flags_.is_cover_open && !flags_.is_paper_out;
  partial_.clear();
  out.push_back(reply::Flags{flags_});
}

// 37 22 id(4) 00, 37 25 00, or 37 23 causes 00 (which some other host asked for: read over).
void EscposReader::take_block(std::uint8_t byte, Replies& out) {
  const auto at = partial_.size();
  const std::uint8_t kind = at > 1 ? partial_[1] : byte;
  const bool is_kind = at == 1 && (kind == kProcessed || kind == kOfflineCause || kind == kCleared);
  const bool is_id = at > 1 && at < 6 && kind == kProcessed && byte >= 0x20 && byte <= 0x7E;
  const bool is_cause =
      at > 1 && at + 1 < kLongestCause && kind == kOfflineCause && byte >= 0x40 && byte <= 0x7F;
  if (is_kind || is_id || is_cause) {
    partial_.push_back(byte);
    return;
  }
  const bool is_whole = at > 1 && byte == 0 && (kind != kProcessed || at == 6);
  if (!is_whole || (kind == kCleared && at != 2)) return give_up(byte, out);
  if (kind == kProcessed) {
    out.push_back(reply::Confirmed{ConfirmMethod::epson_process_id, process_id_in(partial_)});
  }
  if (kind == kCleared) out.push_back(reply::Cleared{});
  partial_.clear();
}

// 5F text 00, the answers of GS I in their order.
void EscposReader::take_text(std::uint8_t byte, Replies& out) {
  if (byte == 0) {
    out.push_back(reply::Identity{names_.front(), {partial_.begin() + 1, partial_.end()}});
    out.push_back(reply::Answered{names_.front()});
    names_.pop_front();
    partial_.clear();
    return;
  }
  if (byte < 0x20 || byte > 0x7E || partial_.size() > kLongestText) return give_up(byte, out);
  partial_.push_back(byte);
}

}  // namespace

std::unique_ptr<ReplyReader> make_escpos_reader() { return std::make_unique<EscposReader>(); }

}  // namespace matanai::printer
