#include "printer/protocol/escpos.hpp"

namespace matanai::printer::escpos {
namespace {

constexpr std::uint8_t kDle = 0x10, kEsc = 0x1B, kGs = 0x1D;
}  // namespace

Bytes initialize() { return {kEsc, '@'}; }

Bytes ask_status(int n) { return {kDle, 0x04, static_cast<std::uint8_t>(n)}; }

Bytes enable_asb(std::uint8_t mask) { return {kGs, 'a', mask}; }

Bytes ask_process_id(const ProcessId& id) {
  Bytes out{kGs, '(', 'H', 6, 0, '0', '0'};
  for (char character : id) out.push_back(static_cast<std::uint8_t>(character));
  return out;
}

ProcessId process_id_of(std::uint32_t counter) {
  ProcessId id{};
  for (auto digit = id.rbegin(); digit != id.rend(); ++digit) {
    *digit = static_cast<char>(0x20 + counter % 95);
    counter /= 95;
  }
  return id;
}

Bytes ask_paper_sensor() { return {kGs, 'r', 1}; }

Bytes clear_buffer() { return {kDle, 0x14, 0x08, 0x01, 0x03, 0x14, 0x01, 0x06, 0x02, 0x08}; }

}  // namespace matanai::printer::escpos
