#include "printer/protocol/starprnt_status.hpp"

#include <array>
#include <utility>

#include "printer/protocol/frame_reader.hpp"
#include "printer/protocol/starprnt.hpp"

namespace matanai::printer {
namespace {

constexpr std::uint8_t kEsc = 0x1B;
constexpr std::array<std::uint8_t, 4> kEcho = {0x1B, 0x1D, 0x03, 0x01};  // then n1 n2 counter 00
constexpr std::array<std::uint8_t, 3> kName = {0x1B, '#', '*'};          // then text LF 00
constexpr std::size_t kEchoLength = 8, kLongestName = 64;
constexpr std::size_t kShortestNotice = 7;

bool is_notice_start(std::uint8_t byte) { return (byte & 0x91) == 0x01; }
bool is_notice_rest(std::uint8_t byte) { return (byte & 0x91) == 0x00; }

// Bits 5, 3, 2, 1 of the first byte.
std::size_t length_of(std::uint8_t first) {
  return static_cast<std::size_t>((first >> 2 & 0x08) | (first >> 1 & 0x07));
}

class StarprntReader final : public FrameReader {
 public:
  void expect(const Question& question) override;
  void reset() override;

 private:
  bool is_flow_control(std::uint8_t byte) const override;
  void begin(std::uint8_t byte, Replies& out) override;
  void go_on(std::uint8_t byte, Replies& out) override;
  void take_notice(std::uint8_t byte, Replies& out);
  void take_echo(std::uint8_t byte, Replies& out);
  void take_name(std::uint8_t byte, Replies& out);
  void read_notice(Replies& out);

  bool is_name_asked_ = false;
};

void StarprntReader::expect(const Question& question) {
  for (const auto asked : question.answers) {
    if (asked == Asked::model) {
      is_name_asked_ = true;
      continue;
    }
    states_.push_back(asked);
  }
}

void StarprntReader::reset() {
  FrameReader::reset();
  is_name_asked_ = false;
}

// In an echo these two may be the mark or the counter.
bool StarprntReader::is_flow_control(std::uint8_t byte) const {
  const bool is_in_echo = partial_.size() >= kEcho.size() && partial_.front() == kEsc;
  return !is_in_echo && FrameReader::is_flow_control(byte);
}

void StarprntReader::go_on(std::uint8_t byte, Replies& out) {
  if (partial_.front() != kEsc) return take_notice(byte, out);
  if (partial_.size() > 1 && partial_[1] == kName[1]) return take_name(byte, out);
  if (partial_.size() == 1 && byte == kName[1] && is_name_asked_) {
    partial_.push_back(byte);
    return;
  }
  take_echo(byte, out);
}

void StarprntReader::begin(std::uint8_t byte, Replies&) {
  const bool is_notice = is_notice_start(byte) && length_of(byte) >= kShortestNotice;
  if (!is_notice && byte != kEsc) {
    ++noise_;
    return;
  }
  partial_.push_back(byte);
}

void StarprntReader::take_notice(std::uint8_t byte, Replies& out) {
  if (!is_notice_rest(byte)) return give_up(byte, out);
  partial_.push_back(byte);
  if (partial_.size() == length_of(partial_.front())) read_notice(out);
}

// Byte 3: b5 cover, b3 off line. Byte 4: b6 head hot, b5 unrecoverable, b3 cutter, b2 mechanical.
// Byte 5: b6 receive buffer overflow. Byte 6: b3 paper end, b2 near end.
void StarprntReader::read_notice(Replies& out) {
  const auto has = [this](std::size_t byte, int mask) { return (partial_[byte - 1] & mask) != 0; };
  flags_.is_cover_open = has(3, 0x20);
  flags_.is_offline = has(3, 0x08);
  flags_.is_overheated = has(4, 0x40);
  flags_.has_cutter_error = has(4, 0x08);
  flags_.has_other_error = has(4, 0x20 | 0x04) || has(5, 0x40);
  flags_.is_paper_out = has(6, 0x08);
  flags_.is_paper_near_end = has(6, 0x04);
  partial_.clear();
  answer_state(out);
}

void StarprntReader::take_echo(std::uint8_t byte, Replies& out) {
  const auto at = partial_.size();
  if (at < kEcho.size() && byte != kEcho[at]) return give_up(byte, out);
  if (at + 1 == kEchoLength && byte != 0) return give_up(byte, out);
  partial_.push_back(byte);
  if (partial_.size() < kEchoLength) return;
  const auto mark = static_cast<ProcessId>(partial_[4] | partial_[5] << 8);
  partial_.clear();
  if (mark == starprnt::kClearMark) {
    out.push_back(reply::Cleared{});
    return;
  }
  out.push_back(reply::Confirmed{ConfirmMethod::star_print_end, mark});
}

// ESC # * text LF NUL, a comma before the text.
void StarprntReader::take_name(std::uint8_t byte, Replies& out) {
  const auto at = partial_.size();
  if (at < kName.size()) {
    if (byte != kName[at]) return give_up(byte, out);
    partial_.push_back(byte);
    return;
  }
  const bool has_ended = partial_.back() == 0x0A;
  if (has_ended ? byte != 0 : (byte < 0x20 && byte != 0x0A) || at > kLongestName)
    return give_up(byte, out);
  partial_.push_back(byte);
  if (!has_ended) return;
  std::string text(partial_.begin() + kName.size(), partial_.end() - 2);
  if (text.starts_with(',')) text.erase(0, 1);
  partial_.clear();
  is_name_asked_ = false;
  out.push_back(reply::Identity{Asked::model, std::move(text)});
  out.push_back(reply::Answered{Asked::model});
}

}  // namespace

std::unique_ptr<ReplyReader> make_starprnt_reader() { return std::make_unique<StarprntReader>(); }

}  // namespace matanai::printer
