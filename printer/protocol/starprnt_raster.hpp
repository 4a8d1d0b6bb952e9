// Pictures for StarPRNT printers (ESC GS S). Not for status, cuts or documents (starprnt.hpp). Pure,
// any thread.
#pragma once

#include "printer/bitmap.hpp"
#include "printer/protocol/encoded.hpp"

namespace matanai::printer {

// The picture in bands of at most options.band_limit bytes, cropped to their ink, white rows fed.
// Holds no 1B 1D 03 04, which would end a document (research printer.md §3.4).
Encoded encode_starprnt(const Bitmap& picture, const EncodeOptions& options);

}  // namespace matanai::printer
