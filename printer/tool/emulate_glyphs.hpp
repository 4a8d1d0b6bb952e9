// The fonts and QR codes that a printer has of its own, for the virtual one. One thread.
#pragma once

#include <string>

#include "printer/bitmap.hpp"

namespace matanai::printer::tool {

// `code`: a byte, or the two bytes of a Shift_JIS character. A box for what is no character.
Bitmap draw_shift_jis_glyph(int code, int width, int height);
Bitmap draw_qr_code(const std::string& data, int module);

}  // namespace matanai::printer::tool
