// What an ESC/POS printer says about itself, and what it does the moment its bytes arrive.
#include <algorithm>
#include <utility>

#include "printer/emulator/epson_parser.hpp"

namespace matanai::printer::emulator {
namespace {

constexpr std::uint8_t kDle = 0x10, kEsc = 0x1B, kGs = 0x1D;
constexpr std::array<std::uint8_t, 10> kClear = {0x10, 0x14, 0x08, 0x01, 0x03,
                                                 0x14, 0x01, 0x06, 0x02, 0x08};

int bit(bool is_set, int mask) { return is_set ? mask : 0; }

// Length of the real-time command that `bytes` begin with; 0 = none, −1 = not yet to be told.
int realtime_length_of(Family family, std::span<const std::uint8_t> bytes) {
  if (bytes[0] != kDle) return 0;
  if (bytes.size() < 2) return -1;
  const bool knows_status_alone = is_bare(family);
  if (bytes[1] == 0x04) {
    if (bytes.size() < 3) return -1;
    return bytes[2] >= 1 && bytes[2] <= 4 ? 3 : 0;
  }
  if (bytes[1] == 0x05 && !knows_status_alone) {
    if (bytes.size() < 3) return -1;
    return bytes[2] <= 2 ? 3 : 0;
  }
  if (bytes[1] != 0x14 || knows_status_alone) return 0;
  if (bytes.size() < 3) return -1;
  if (bytes[2] == 0x07) return bytes.size() < 4 ? -1 : 4;
  const auto known = std::min(bytes.size(), kClear.size());
  if (!std::ranges::equal(bytes.first(known), std::span(kClear).first(known))) return 0;
  return known == kClear.size() ? static_cast<int>(known) : -1;
}

}  // namespace

int EpsonParser::realtime_length(const Machine& machine) const {
  return realtime_length_of(machine.options.dialect, realtime_);
}

// Counts the data of GS v 0, GS 8 L and ESC * as it arrives.
bool EpsonParser::is_image_data(std::uint8_t byte) {
  if (data_left_ > 0) {
    --data_left_;
    tail_ = {};
    return true;
  }
  std::shift_left(tail_.begin(), tail_.end(), 1);
  tail_.back() = byte;
  const auto at = [this](std::size_t i) { return static_cast<std::size_t>(tail_.at(i)); };
  if (at(0) == kGs && at(1) == 'v' && at(2) == '0') {
    data_left_ = (at(4) | at(5) << 8) * (at(6) | at(7) << 8);
  } else if (at(1) == kGs && at(2) == '8' && at(3) == 'L') {
    data_left_ = at(4) | at(5) << 8 | at(6) << 16 | at(7) << 24;
  } else if (at(3) == kEsc && at(4) == '*') {
    data_left_ = (at(6) | at(7) << 8) * (at(5) >= 32 ? 3 : 1);
  }
  return false;
}

void EpsonParser::watch(Machine& machine, std::uint8_t byte) {
  if (!machine.options.executes_realtime_in_images && is_image_data(byte)) {
    realtime_.clear();
    return;
  }
  realtime_.push_back(byte);
  while (!realtime_.empty()) {
    const int length = realtime_length(machine);
    if (length < 0) return;
    if (length == 0) {
      realtime_.erase(realtime_.begin());
      continue;
    }
    execute_realtime(machine);
  }
}

void EpsonParser::execute_realtime(Machine& machine) {
  const auto command = std::exchange(realtime_, {});
  if (command[1] == 0x04) return answer_status(machine, command[2]);
  if (command[1] == 0x05) {
    // Both work only while an error that can be recovered stands.
    if (!machine.has_cutter_error || command[2] == 0) return;
    if (command[2] == 2) machine.clear();
    return machine.recover();
  }
  if (command[2] == 0x07) return send_notice(machine);
  machine.clear();
  machine.answer({0x37, 0x25, 0x00});
}

void EpsonParser::answer_status(Machine& machine, int n) const {
  const auto& faults = machine.faults;
  const bool ends_by_itself = faults.overheated || machine.was_opened_while_printing;
  const int offline = bit(!machine.is_online(), 0x08);
  const int end = bit(faults.paper_out, 0x60), near = bit(machine.is_near_end(), 0x0C);
  if (machine.options.dialect == Family::sii)
    return machine.answer({0xA0 | (n == 1 ? offline : 0)});
  if (n == 1) machine.answer({0x12 | offline | bit(machine.has_cutter_error, 0x20)});
  if (n == 2) {
    machine.answer({0x12 | bit(faults.cover_open, 0x04) | bit(faults.paper_out, 0x20) |
                    bit(machine.has_error(), 0x40)});
  }
  if (n == 3) {
    machine.answer({0x12 | bit(machine.has_cutter_error, 0x08) | bit(faults.unrecoverable, 0x20) |
                    bit(ends_by_itself, 0x40)});
  }
  if (n == 4) machine.answer({0x12 | near | end});
}

std::vector<std::uint8_t> EpsonParser::notice(const Machine& machine) const {
  const auto& faults = machine.faults;
  const bool ends_by_itself = faults.overheated || machine.was_opened_while_printing;
  const auto byte = [](int value) { return static_cast<std::uint8_t>(value); };
  if (machine.options.dialect == Family::sii) {
    const int errors = bit(machine.has_cutter_error, 0x08) | bit(faults.unrecoverable, 0x02) |
                       bit(ends_by_itself, 0x01);
    const int paper = bit(faults.cover_open, 0x08) | bit(machine.is_near_end(), 0x02) |
                      bit(faults.paper_out, 0x01);
    return {byte(0xC0 | errors),
            byte(0xD0 | paper),
            0xD0,
            0xD0,
            0xD0,
            0xD0,
            0xD0,
            byte(0xD0 | bit(!machine.is_online(), 0x08))};
  }
  return {byte(0x10 | bit(!machine.is_online(), 0x08) | bit(faults.cover_open, 0x20)),
          byte(bit(machine.has_cutter_error, 0x09) | bit(faults.unrecoverable, 0x20) |
               bit(ends_by_itself, 0x40)),
          byte(bit(machine.is_near_end(), 0x03) | bit(faults.paper_out, 0x0C)), 0x0F};
}

void EpsonParser::send_notice(Machine& machine) {
  last_notice_ = notice(machine);
  machine.answers.add(last_notice_, machine.now, machine.faults, false);
}

void EpsonParser::tell_change(Machine& machine) {
  const bool is_online = machine.is_online();
  if (was_online_ && !is_online && tells_offline_) machine.answer({0x37, 0x23, 0x00});
  was_online_ = is_online;
  const auto now = notice(machine);
  if (notice_mask_ == 0 || now == last_notice_) return;
  // GS a: bit 1 on line and off, bit 2 errors, bit 3 paper. SII sends all for any.
  const auto has_changed = [&](std::size_t i) { return now.at(i) != last_notice_.at(i); };
  const int changed =
      bit(has_changed(0), 0x02) | bit(has_changed(1), 0x04) | bit(has_changed(2), 0x08);
  if (machine.options.dialect == Family::sii || (changed & notice_mask_) != 0)
    return send_notice(machine);
  last_notice_ = now;
}

// GS g 0 m nL nH: such a counter begins again; GS g 2 m nL nH: tells it. 20 lines fed, 21 rows
// printed, 50 cuts, 70 hours; 128 more: since the printer was made.
EpsonParser::Length EpsonParser::counter(Machine& machine) {
  if (machine.buffer.size() < 6) return std::nullopt;
  const int what = machine.buffer[2], number = machine.buffer[4] | machine.buffer[5] << 8;
  if (is_bare(machine.options.dialect) || (what != '0' && what != '2')) {
    ++machine.unknown;
    return 3;
  }
  const auto value = [&](int of) -> std::optional<std::int64_t> {
    if (of == 20) return machine.paper.rows_moved() / (machine.options.dpi / 6);
    if (of == 21) return machine.rows_printed;
    if (of == 50) return machine.paper.cuts();
    if (of == 70) return std::chrono::floor<std::chrono::hours>(machine.now).count();
    return std::nullopt;
  };
  const bool is_lifelong = number >= 128;
  const auto count = value(is_lifelong ? number - 128 : number);
  if (!count) return 6;
  if (what == '0') {
    if (!is_lifelong) counters_from_[number] = *count;
  } else {
    machine.answer_text(std::to_string(*count - (is_lifelong ? 0 : counters_from_[number])));
  }
  return 6;
}

// GS I.
void EpsonParser::identify(Machine& machine, int n) const {
  const auto& options = machine.options;
  if (is_bare(options.dialect)) return;
  const bool is_sii = options.dialect == Family::sii;
  const auto either = [](const std::string& given, const char* usual) {
    return given.empty() ? std::string(usual) : given;
  };
  const char* model = options.dialect == Family::epson_old ? "TM-T88III" : "TM-m30";
  if (n >= 1 && n <= 3) machine.answer({n == 2 ? 0x02 : 0x20});
  if (n == 65) machine.answer_text(either(options.firmware, "1.00"));
  if (n == 66) machine.answer_text(either(options.maker, is_sii ? "SII" : "EPSON"));
  if (n == 67) machine.answer_text(either(options.model, is_sii ? "RP-F10" : model));
  if (n == 68) machine.answer_text("00000001");
}

}  // namespace matanai::printer::emulator
