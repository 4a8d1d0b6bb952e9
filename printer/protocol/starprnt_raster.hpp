// Pictures for StarPRNT printers (ESC GS S). Not for status, cuts or documents (starprnt.hpp).
// Pure, any thread.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

#include "printer/bitmap.hpp"
#include "printer/protocol/encoded.hpp"

namespace matanai::printer {

// The picture in bands of at most options.band_limit bytes, cropped to their ink (at the right
// only unless options.may_place), white rows fed; ESC d 3 last when cut. Holds nothing that
// find_starprnt_realtime finds. Only for heads of 8 dots a millimetre, as all of Star's are.
Encoded encode_starprnt(const Bitmap& picture, const EncodeOptions& options);

// Where bytes stand that a printer executes on arrival: ESC ACK SOH and CAN, ESC GS ETX (which
// would end a document), or `size()`.
std::size_t find_starprnt_realtime(std::span<const std::uint8_t> bytes, std::size_t from = 0);

}  // namespace matanai::printer
