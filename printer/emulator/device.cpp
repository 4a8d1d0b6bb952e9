#include "printer/emulator/device.hpp"

#include <algorithm>
#include <array>
#include <initializer_list>
#include <string_view>
#include <utility>

namespace matanai::printer::emulator {
namespace {

constexpr std::uint8_t kDle = 0x10, kEsc = 0x1B, kFs = 0x1C, kGs = 0x1D;
constexpr int kMaxHanging = 4000;  // rows of uncut paper before it tears off by itself

enum class Step {
  done,  // a command was executed
  wait,  // more bytes are needed
  stop,  // the printer cannot go on now (no paper, no grant)
};

}  // namespace

struct Device::State {
  DeviceOptions options;
  Faults faults;
  std::optional<int> paper_left;
  int grant = 0;

  std::deque<std::uint8_t> buffer;
  std::vector<std::uint8_t> replies;
  std::vector<Bitmap> tickets;
  Bitmap paper;
  int unknown = 0;

  std::vector<std::uint8_t>
      realtime;  // a real-time command of which only the beginning has arrived
  std::uint8_t asb_mask = 0;
  int x = 0;           // print position in dots
  int image_left = 0;  // rows of the image being received
  std::size_t image_stride = 0;

  bool can_print() const { return !faults.paper_out && !faults.cover_open && !faults.offline; }

  void answer(std::initializer_list<int> bytes) {
    if (faults.silent) return;
    for (int byte : bytes) replies.push_back(static_cast<std::uint8_t>(byte));
  }
  void answer_text(std::string_view text) {
    if (faults.silent) return;
    replies.push_back(0x5F);
    replies.insert(replies.end(), text.begin(), text.end());
    replies.push_back(0);
  }

  // --- real time
  // -------------------------------------------------------------------------------------------------
  void answer_status(int n) {
    const int near = faults.near_end ? 0x0C : 0, end = faults.paper_out ? 0x60 : 0;
    const int cover = faults.cover_open ? 0x04 : 0, stopped = faults.paper_out ? 0x20 : 0;
    if (n == 1) answer({0x12 | (can_print() ? 0 : 0x08)});
    if (n == 2) answer({0x12 | cover | stopped});
    if (n == 3) answer({0x12});
    if (n == 4) answer({0x12 | near | end});
  }
  void answer_notice() {
    answer({0x10 | (can_print() ? 0 : 0x08) | (faults.cover_open ? 0x20 : 0), 0,
            (faults.near_end ? 0x03 : 0) | (faults.paper_out ? 0x0C : 0), 0x0F});
  }
  void forget_buffer() {
    buffer.clear();
    image_left = 0;
    x = 0;
  }

  // Length of the real-time command that `bytes` begin with; 0 = none, −1 = not yet to be told.
  static int realtime_length(std::span<const std::uint8_t> bytes) {
    constexpr std::array<std::uint8_t, 10> kClear = {0x10, 0x14, 0x08, 0x01, 0x03,
                                                     0x14, 0x01, 0x06, 0x02, 0x08};
    if (bytes[0] != kDle) return 0;
    if (bytes.size() < 2) return -1;
    if (bytes[1] == 0x14) {
      const auto length = std::min(bytes.size(), kClear.size());
      if (!std::equal(bytes.begin(), bytes.begin() + static_cast<std::ptrdiff_t>(length),
                      kClear.begin()))
        return 0;
      return length == kClear.size() ? 10 : -1;
    }
    if (bytes[1] != 0x04 && bytes[1] != 0x05) return 0;
    if (bytes.size() < 3) return -1;
    if (bytes[1] == 0x04) return bytes[2] >= 1 && bytes[2] <= 4 ? 3 : 0;
    return bytes[2] <= 2 ? 3 : 0;
  }

  // Watches every byte that arrives, in commands and in image data alike, as printers do.
  void watch(std::uint8_t byte) {
    realtime.push_back(byte);
    while (!realtime.empty()) {
      const int length = realtime_length(realtime);
      if (length < 0) return;
      if (length == 0) {
        realtime.erase(realtime.begin());
        continue;
      }
      execute_realtime(std::exchange(realtime, {}));
    }
  }

  void execute_realtime(const std::vector<std::uint8_t>& command) {
    if (command[1] == 0x04) {
      answer_status(command[2]);
      return;
    }
    const bool is_clear = command[1] == 0x14;
    if (!is_clear && command[2] != 2) return;
    forget_buffer();
    if (is_clear) answer({0x37, 0x25, 0x00});
  }

  // --- paper
  // -----------------------------------------------------------------------------------------------------
  // Moves the paper by one row, if that may be done now.
  bool take_row() {
    if (!can_print()) return false;
    if (faults.slow && grant <= 0) return false;
    if (paper_left && *paper_left <= 0) {
      faults.paper_out = true;
      if (asb_mask != 0) answer_notice();
      return false;
    }
    if (faults.slow) --grant;
    if (paper_left) --*paper_left;
    if (paper.height() >= kMaxHanging) paper = Bitmap(options.dots, 0);
    paper.resize_height(paper.height() + 1);
    return true;
  }

  void print_row(std::size_t stride) {
    const int y = paper.height() - 1;
    for (std::size_t i = 0; i < stride; ++i) {
      const auto byte = buffer[i];
      for (int bit = 0; bit < 8; ++bit) {
        if ((byte >> (7 - bit) & 1) != 0) paper.set(x + static_cast<int>(i) * 8 + bit, y, true);
      }
    }
  }

  Step print_image() {
    while (image_left > 0) {
      if (buffer.size() < image_stride) return Step::wait;
      if (!take_row()) return Step::stop;
      print_row(image_stride);
      drop(image_stride);
      --image_left;
    }
    x = 0;
    return Step::done;
  }

  Step feed(int rows, std::size_t length) {
    for (int done = 0; done < rows; ++done) {
      if (take_row()) continue;
      // What is left of the feed stays in the buffer as a shorter command.
      buffer[length - 1] = static_cast<std::uint8_t>(rows - done);
      return Step::stop;
    }
    return drop(length);
  }

  void cut() {
    if (paper.height() > 0) tickets.push_back(paper);
    paper = Bitmap(options.dots, 0);
  }

  // --- commands in order
  // -----------------------------------------------------------------------------------------
  Step drop(std::size_t count) {
    buffer.erase(buffer.begin(), buffer.begin() + static_cast<std::ptrdiff_t>(count));
    return Step::done;
  }
  bool has(std::size_t count) const { return buffer.size() >= count; }
  int word(std::size_t at) const { return buffer[at] | buffer[at + 1] << 8; }

  Step unknown_command(std::size_t length) {
    ++unknown;
    return drop(length);
  }

  Step step() {
    if (image_left > 0) return print_image();
    if (buffer.empty()) return Step::wait;
    if (!can_print()) return Step::stop;
    switch (buffer[0]) {
      case kEsc:
        return has(2) ? escape() : Step::wait;
      case kGs:
        return has(2) ? group() : Step::wait;
      case kDle:
        return has(2) ? skip_realtime() : Step::wait;
      case kFs:
        return has(3) ? unknown_command(3) : Step::wait;
      case 0x0A:
        return feed_line();
      case 0x00:
      case 0x0D:
        return drop(1);
      default:
        return unknown_command(1);  // text: this printer has no characters of its own
    }
  }

  Step feed_line() {
    if (!take_row()) return Step::stop;
    return drop(1);
  }

  // Already executed when it arrived.
  Step skip_realtime() {
    const std::vector<std::uint8_t> head(
        buffer.begin(),
        buffer.begin() + static_cast<std::ptrdiff_t>(std::min<std::size_t>(10, buffer.size())));
    const int length = realtime_length(head);
    if (length < 0) return Step::wait;
    return length == 0 ? unknown_command(1) : drop(static_cast<std::size_t>(length));
  }

  Step escape() {
    switch (buffer[1]) {
      case '@':
        asb_mask = 0;
        x = 0;
        return drop(2);
      case '$':
        if (!has(4)) return Step::wait;
        x = word(2);
        return drop(4);
      case 'J':
        return has(3) ? feed(buffer[2], 3) : Step::wait;
      case 'c':
        return has(4) ? drop(4) : Step::wait;
      case 'a':
      case '3':
      case 'E':
      case '!':
        return has(3) ? drop(3) : Step::wait;
      default:
        return unknown_command(2);
    }
  }

  Step group() {
    switch (buffer[1]) {
      case 'a':
        if (!has(3)) return Step::wait;
        asb_mask = buffer[2];
        if (asb_mask != 0) answer_notice();
        return drop(3);
      case 'r':
        if (!has(3)) return Step::wait;
        answer({faults.near_end ? 0x03 : 0x00});
        return drop(3);
      case 'I':
        return identify();
      case 'P':
      case 'L':
      case 'W':
        return has(4) ? drop(4) : Step::wait;
      case 'V':
        return cut_command();
      case 'v':
        return begin_image();
      case '(':
        return block_command();
      default:
        return unknown_command(2);
    }
  }

  Step identify() {
    if (!has(3)) return Step::wait;
    const int n = buffer[2];
    if (n >= 1 && n <= 3) answer({n == 2 ? 0x02 : 0x20});
    if (n == 65) answer_text(options.confirms_with_identity ? "2.0" : "1.0");
    if (n == 66) answer_text("MATANAI");
    if (n == 67) answer_text(options.model);
    if (n == 68) answer_text("00000001");
    return drop(3);
  }

  Step cut_command() {
    if (!has(3)) return Step::wait;
    const bool has_feed = buffer[2] == 'A' || buffer[2] == 'B';
    if (has_feed && !has(4)) return Step::wait;
    const int rows = has_feed ? buffer[3] : 0;
    if (rows > 0 && feed(rows, 4) == Step::stop) return Step::stop;
    if (rows == 0) drop(has_feed ? 4 : 3);
    cut();
    return Step::done;
  }

  Step begin_image() {
    if (!has(8)) return Step::wait;
    image_stride = static_cast<std::size_t>(word(4));
    image_left = word(6);
    const bool is_known = buffer[2] == '0' && buffer[3] == 0;
    drop(8);
    if (!is_known) ++unknown;
    return image_left > 0 ? print_image() : Step::done;
  }

  // GS ( x pL pH …
  Step block_command() {
    if (!has(5)) return Step::wait;
    const auto length = static_cast<std::size_t>(word(3)) + 5;
    if (!has(length)) return Step::wait;
    const bool is_identity = buffer[2] == 'H' && length == 11 && buffer[5] == 48 && buffer[6] == 48;
    if (is_identity && options.confirms_with_identity) {
      answer({0x37, 0x22, buffer[7], buffer[8], buffer[9], buffer[10], 0x00});
    }
    return drop(length);
  }

  void run() {
    while (step() == Step::done) {
      if (buffer.empty() && image_left == 0) return;
    }
  }
};

Device::Device(DeviceOptions options) : state_(std::make_unique<State>()) {
  state_->paper = Bitmap(options.dots, 0);
  state_->options = std::move(options);
}

Device::~Device() = default;

void Device::receive(std::span<const std::uint8_t> bytes) {
  for (auto byte : bytes) {
    state_->buffer.push_back(byte);
    state_->watch(byte);
  }
  state_->run();
}

std::size_t Device::room() const {
  const auto limit = state_->options.buffer_bytes;
  return limit - std::min(limit, state_->buffer.size());
}

std::vector<std::uint8_t> Device::take_replies() { return std::exchange(state_->replies, {}); }

std::vector<Bitmap> Device::take_tickets() { return std::exchange(state_->tickets, {}); }

const Bitmap& Device::hanging_paper() const { return state_->paper; }

const Faults& Device::faults() const { return state_->faults; }

void Device::set_faults(const Faults& faults) {
  if (faults == state_->faults) return;
  if (state_->faults.paper_out && !faults.paper_out) state_->paper_left.reset();  // a new roll
  state_->faults = faults;
  if (state_->asb_mask != 0) state_->answer_notice();
  state_->run();
}

void Device::set_paper_left(std::optional<int> rows) { state_->paper_left = rows; }

void Device::grant_rows(int rows) {
  state_->grant = rows;
  state_->run();
}

void Device::power_cycle() {
  state_->forget_buffer();
  state_->realtime.clear();
  state_->replies.clear();
  state_->asb_mask = 0;
}

int Device::unknown_commands() const { return state_->unknown; }

}  // namespace matanai::printer::emulator
