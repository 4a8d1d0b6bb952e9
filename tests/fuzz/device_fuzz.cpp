// Bytes of a stranger's driver for the virtual printer, every family: it takes no more than fits,
// prints the same however the bytes are cut, also when the roll ends in the middle, and answers
// after it was switched off and on. The first byte chooses the family, the second the packets and
// the roll.
#include <algorithm>
#include <utility>

#include "printer/emulator/device.hpp"
#include "tests/fuzz/fuzz.hpp"

namespace matanai::printer::emulator {
namespace {

using fuzz::must;

struct Printed {
  std::vector<Bitmap> tickets;
  Bitmap hanging;
  bool operator==(const Printed&) const = default;
};

DeviceOptions options_of(std::uint8_t choice) {
  DeviceOptions options;
  options.dialect = static_cast<Family>(choice % 6);
  options.dots = 64;
  return options;
}

// rows: of paper on the roll, 0 = endless.
Printed print(std::uint8_t choice, std::span<const std::uint8_t> bytes, std::size_t packet,
              int rows) {
  Device device(options_of(choice));
  if (rows > 0) device.set_paper_left(rows);
  for (std::size_t at = 0; at < bytes.size();) {
    const auto count = std::min({packet, bytes.size() - at, device.room()});
    if (count == 0) break;  // it waits for the end of a command that is longer than its buffer
    device.receive(bytes.subspan(at, count));
    must(device.room() <= device.options().buffer_bytes, "no more than fits");
    at += count;
  }
  Printed printed{device.take_tickets(), device.hanging_paper()};
  // Off and on it is a printer again.
  device.power_cycle();
  device.set_faults({});
  (void)device.take_replies();
  static constexpr std::uint8_t kAskEpson[] = {0x10, 0x04, 0x01}, kAskStar[] = {0x1B, 0x06, 0x01};
  device.receive(device.options().dialect == Family::star ? kAskStar : kAskEpson);
  must(!device.take_replies().empty(), "it answers after a power cycle");
  return printed;
}

// What is thrown away on arrival depends on how much has arrived.
bool may_clear(std::span<const std::uint8_t> bytes) {
  for (std::size_t i = 0; i + 1 < bytes.size(); ++i) {
    const auto [a, b] = std::pair(bytes[i], bytes[i + 1]);
    if ((a == 0x10 && (b == 0x05 || b == 0x14)) || (a == 0x1B && b == 0x06)) return true;
  }
  return false;
}

}  // namespace
}  // namespace matanai::printer::emulator

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace matanai::printer::emulator;
  if (size < 2) return 0;
  const std::span bytes(data + 2, size - 2);
  const int rows = data[1] / 16 * 20;
  const auto whole = print(data[0], bytes, bytes.size(), rows);
  const auto cut = print(data[0], bytes, 1 + data[1] % 16u, rows);
  matanai::fuzz::must(whole == cut || may_clear(bytes), "the same in any packets");
  return 0;
}
