#include "printer/layout/qr.hpp"

#include <qrencode.h>

#include <memory>

namespace matanai::printer {

std::optional<QrCode> make_qr(const std::string& text) {
  if (text.empty()) return std::nullopt;
  std::unique_ptr<QRcode, void (*)(QRcode*)> code(
      QRcode_encodeString(text.c_str(), 0, QR_ECLEVEL_M, QR_MODE_8, 1), QRcode_free);
  if (!code) return std::nullopt;
  QrCode result{.modules = code->width, .cells = {}};
  const auto count = static_cast<std::size_t>(code->width) * static_cast<std::size_t>(code->width);
  result.cells.reserve(count);
  for (std::size_t i = 0; i < count; ++i) {
    result.cells.push_back(static_cast<std::uint8_t>(code->data[i] & 1));
  }
  return result;
}

}  // namespace matanai::printer
