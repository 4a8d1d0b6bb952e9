// PNG files of bitmaps, for previews, the paper page and tests. Pure, any thread.
#pragma once

#include <string>

#include "printer/bitmap.hpp"

namespace matanai::printer {

// The picture as a PNG file's bytes, with `border` white dots around it. Throws std::runtime_error
// when cairo cannot.
std::string png_of(const Bitmap& bitmap, int border = 0);

}  // namespace matanai::printer
