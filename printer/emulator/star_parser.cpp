// StarPRNT: pictures, documents that are thrown away whole after an error, the end of printing
// confirmed, notices of nine bytes. Bytes as in Star's StarPRNT command specification, research
// printer.md §2.4–2.6. Thread rule: machine.hpp.
#include <algorithm>
#include <array>
#include <utility>

#include "printer/emulator/machine.hpp"

namespace matanai::printer::emulator {
namespace {

constexpr std::uint8_t kEsc = 0x1B, kGs = 0x1D, kRs = 0x1E, kAck = 0x06, kEtx = 0x03, kEtb = 0x17;
constexpr std::array<std::uint8_t, 4> kEndOfDocument = {kEsc, kGs, kEtx, 4};
constexpr Micros kDropTimeout = std::chrono::seconds(10);
constexpr int kLineRows = 24, kDotsPerMm = 8;

int bit(bool is_set, int mask) { return is_set ? mask : 0; }

class StarParser final : public Parser {
 public:
  void watch(Machine& machine, std::uint8_t byte) override;
  bool step(Machine& machine) override;
  void tell_change(Machine& machine) override;
  void on_error(Machine& machine) override;
  bool is_dropping() const override { return drop_until_.has_value(); }
  bool is_in_image() const override { return rows_left_ > 0; }
  std::optional<std::chrono::microseconds> next_event() const override { return drop_until_; }
  void forget_command() override;
  void reset() override;
  void reset_by_other(Machine&) override { has_notices_ = false; }

 private:
  using Length = std::optional<std::size_t>;
  Length escape(Machine& machine);
  Length group(Machine& machine);
  Length document(Machine& machine);
  Length cut(Machine& machine);
  bool take_image_row(Machine& machine);
  bool drop_rest(Machine& machine);
  std::vector<std::uint8_t> notice(const Machine& machine) const;
  void send_notice(Machine& machine);

  std::array<std::uint8_t, 3> tail_{};  // the newest bytes
  std::vector<std::uint8_t> last_notice_;
  bool has_notices_ = true;  // on from the start, as with a network card
  int counter_ = 0;          // of ends printed
  int etb_ = 0;
  bool is_in_document_ = false;
  std::optional<Micros> drop_until_;  // after an error in a document: its rest is thrown away
  int x_ = 0;
  int rows_left_ = 0;
  std::size_t stride_ = 0;
};

void StarParser::forget_command() {
  rows_left_ = 0;
  x_ = 0;
}

void StarParser::reset() {
  forget_command();
  tail_ = {};
  has_notices_ = true;
  counter_ = etb_ = 0;
  is_in_document_ = false;
  drop_until_.reset();
}

// ESC ACK SOH asks for a notice, ESC ACK CAN throws everything away.
void StarParser::watch(Machine& machine, std::uint8_t byte) {
  std::shift_left(tail_.begin(), tail_.end(), 1);
  tail_.back() = byte;
  if (tail_[0] != kEsc || tail_[1] != kAck) return;
  if (byte == 0x01) send_notice(machine);
  if (byte != 0x18) return;
  machine.clear();
  is_in_document_ = false;
  drop_until_.reset();
  machine.recover();
}

void StarParser::on_error(Machine& machine) {
  if (!is_in_document_) return;
  drop_until_ = machine.now + kDropTimeout;
  rows_left_ = 0;
  // The work waiting for the head belongs to the document; what arrived is looked through.
  machine.forget_queue();
  drop_rest(machine);
}

// Up to the end of the document; true when something was done.
bool StarParser::drop_rest(Machine& machine) {
  auto& buffer = machine.buffer;
  const auto end = std::ranges::search(buffer, kEndOfDocument);
  if (!end.empty() && buffer.end() - end.begin() >= 6) {
    buffer.erase(buffer.begin(), end.begin() + 6);
    is_in_document_ = false;
    drop_until_.reset();
    return true;
  }
  if (machine.now >= *drop_until_) {
    is_in_document_ = false;
    drop_until_.reset();
    return true;
  }
  // The mark may have begun: its first bytes stay.
  const auto keep = static_cast<std::ptrdiff_t>(std::min<std::size_t>(5, buffer.size()));
  buffer.erase(buffer.begin(), buffer.end() - keep);
  return false;
}

bool StarParser::step(Machine& machine) {
  if (drop_until_) return drop_rest(machine);
  if (rows_left_ > 0) return take_image_row(machine);
  if (machine.buffer.empty()) return false;
  const auto byte = machine.buffer[0];
  if (byte == kEsc) {
    const auto length = machine.buffer.size() >= 2 ? escape(machine) : std::nullopt;
    if (!length) return false;
    machine.drop(*length);
    return true;
  }
  if (byte == kEtb) {
    etb_ = (etb_ + 1) % 32;
    send_notice(machine);
  } else if (byte == 0x0A) {
    machine.push_feed(kLineRows);
    x_ = 0;
  } else if (byte >= 0x20) {
    ++machine.unknown;  // text mode is not part of this printer
  }
  machine.drop(1);
  return true;
}

StarParser::Length StarParser::escape(Machine& machine) {
  const auto& buffer = machine.buffer;
  const auto has = [&](std::size_t count) { return buffer.size() >= count; };
  switch (buffer[1]) {
    case '@':
      x_ = 0;
      return 2;
    case kAck:
      return has(3) ? Length(3) : std::nullopt;  // executed when it arrived
    case kRs:
      if (!has(4)) return std::nullopt;
      if (buffer[2] != 'a') return 4;
      has_notices_ = buffer[3] != 0;
      last_notice_.clear();
      tell_change(machine);
      return 4;
    case 'J':
    case 'I':  // quarters and eighths of a millimetre
      if (!has(3)) return std::nullopt;
      machine.push_feed(buffer[2] * kDotsPerMm / (buffer[1] == 'J' ? 4 : 8));
      x_ = 0;
      return 3;
    case 'a':
      if (!has(3)) return std::nullopt;
      machine.push_feed(buffer[2] * kLineRows);
      return 3;
    case 'd':
      return cut(machine);
    case '#':
      if (!has(5)) return std::nullopt;
      if (buffer[2] == '*') {
        const auto& model = machine.options.model;
        const auto& firmware = machine.options.firmware;
        std::string text = "\x1B#*," + (model.empty() ? std::string("MCP31L") : model) + "Ver" +
                           (firmware.empty() ? std::string("3.0") : firmware) + "\n";
        text.push_back('\0');
        machine.answers.add(std::vector<std::uint8_t>(text.begin(), text.end()), machine.now,
                            machine.faults, false);
      }
      return 5;
    case kGs:
      return has(3) ? group(machine) : std::nullopt;
    default:
      ++machine.unknown;
      return 2;
  }
}

StarParser::Length StarParser::group(Machine& machine) {
  const auto& buffer = machine.buffer;
  const auto size = buffer.size();
  switch (buffer[2]) {
    case kEtx:
      return size >= 6 ? document(machine) : std::nullopt;
    case 'A':  // ESC GS A n1 n2: place in dots; ignored outside of the print region
      if (size < 5) return std::nullopt;
      if (const int x = buffer[3] | buffer[4] << 8; x < machine.options.dots) x_ = x;
      return 5;
    case 'a':  // ESC GS a n: alignment
      return size >= 4 ? Length(4) : std::nullopt;
    case 'S':  // ESC GS S 1 xL xH yL yH 0: x in bytes
      if (size < 9) return std::nullopt;
      if (buffer[3] != 1 || buffer[8] != 0) ++machine.unknown;
      stride_ = static_cast<std::size_t>(buffer[4] | buffer[5] << 8);
      rows_left_ = stride_ > 0 ? buffer[6] | buffer[7] << 8 : 0;
      return 9;
    default:
      ++machine.unknown;
      return 3;
  }
}

// ESC GS ETX s n1 n2: 1 counts and confirms when the motor stands, 3 starts a document, 4 ends it.
StarParser::Length StarParser::document(Machine& machine) {
  const auto& buffer = machine.buffer;
  const auto what = buffer[3];
  if (what == 3) is_in_document_ = true;
  if (what == 4) is_in_document_ = false;
  if (what == 1) {
    counter_ = (counter_ + 1) % 256;
    machine.push_confirmation(
        {kEsc, kGs, kEtx, 1, buffer[4], buffer[5], static_cast<std::uint8_t>(counter_), 0x00});
  }
  return 6;
}

// ESC d n: 0, 1 here, 2, 3 after feeding to the blade.
StarParser::Length StarParser::cut(Machine& machine) {
  if (machine.buffer.size() < 3) return std::nullopt;
  machine.push_cut(machine.buffer[2] % 48 >= 2, 0);
  x_ = 0;
  return 3;
}

bool StarParser::take_image_row(Machine& machine) {
  if (machine.buffer.size() < stride_) return false;
  const int width = static_cast<int>(stride_) * 8;
  Bitmap row(width, 1), placed(machine.options.dots, 1);
  std::copy_n(machine.buffer.begin(), stride_, row.row(0).begin());
  machine.drop(stride_);
  placed.blend(row, x_, 0);
  const auto bytes = placed.row(0);
  machine.push({.kind = Op::Kind::row, .count = 1, .bytes = {bytes.begin(), bytes.end()}});
  if (--rows_left_ == 0) x_ = 0;
  return true;
}

// Byte 1 holds the length in bits 5, 3, 2, 1, byte 2 the version (4 = StarPRNT).
std::vector<std::uint8_t> StarParser::notice(const Machine& machine) const {
  const auto& faults = machine.faults;
  const auto byte = [](int value) { return static_cast<std::uint8_t>(value); };
  const int counter = (etb_ & 0x07) << 1 | (etb_ & 0x08) << 2 | (etb_ & 0x10) << 2;
  return {0x23,
          0x08,
          byte(bit(faults.cover_open, 0x20) | bit(!machine.is_online(), 0x08)),
          byte(bit(faults.overheated, 0x40) | bit(faults.unrecoverable, 0x20) |
               bit(machine.has_cutter_error, 0x08)),
          0x00,
          byte(bit(faults.paper_out, 0x08) | bit(machine.is_near_end(), 0x04)),
          0x00,
          byte(counter),
          0x00};
}

void StarParser::send_notice(Machine& machine) {
  last_notice_ = notice(machine);
  machine.answers.add(last_notice_, machine.now, machine.faults, false);
}

void StarParser::tell_change(Machine& machine) {
  if (has_notices_ && notice(machine) != last_notice_) send_notice(machine);
}

}  // namespace

std::unique_ptr<Parser> make_star_parser() { return std::make_unique<StarParser>(); }

}  // namespace matanai::printer::emulator
