// A bitmap as SVG in its true size in millimetres, for previews that are printed or zoomed. Pure,
// any thread.
#pragma once

#include <string>

#include "printer/bitmap.hpp"

namespace matanai::printer {

// Black rectangles on white; every dot of the bitmap and no other is black.
std::string svg_of(const Bitmap& bitmap, int dpi);

}  // namespace matanai::printer
