// QR codes as matrices of modules (libqrencode, model 2, error correction M). A value, any thread.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace matanai::printer {

struct QrCode {
  int modules = 0;  // per side, quiet zone not included
  std::vector<std::uint8_t> cells;

  bool is_black(int column, int row) const {
    return cells[static_cast<std::size_t>(row * modules + column)] != 0;
  }
};

// Parts of the text in digits and capitals take less room than others. Nothing when the text is
// empty or longer than a code can hold.
std::optional<QrCode> make_qr(const std::string& text);

}  // namespace matanai::printer
