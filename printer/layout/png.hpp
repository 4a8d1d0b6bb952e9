// PNG files: of bitmaps, for previews, the paper page and tests, and into bitmaps, for an office's
// mark. Pure, any thread.
#pragma once

#include <string>

#include "printer/bitmap.hpp"

namespace matanai::printer {

// The picture as a PNG file's bytes, with `border` white dots around it. Throws std::runtime_error
// when cairo cannot.
std::string png_of(const Bitmap& bitmap, int border = 0);

// The PNG file's picture on white, scaled to fit into `width` × `height` dots, black where it is
// darker than half. Throws std::runtime_error when it is not a PNG.
Bitmap bitmap_of_png(const std::string& png, int width, int height);

}  // namespace matanai::printer
