// Bytes for ESC/POS printers: tickets as raster images, status questions, confirmation, buffer
// clearing. Numbers of commands as in Epson's command reference. Not for text mode or other
// dialects (Star, SII). Pure, any thread.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>

#include "printer/bitmap.hpp"
#include "printer/protocol/encoded.hpp"

namespace matanai::printer::escpos {

// GS P, so that one motion unit is one dot, then the picture in bands cropped to their ink (GS v 0,
// or GS 8 L and GS ( L), placed by ESC $, white rows skipped by ESC J; GS V B last when cut. The
// dots come out exactly as given, but for `dots_changed` (raster.hpp).
Encoded encode(const Bitmap& picture, const EncodeOptions& options = {});

// Where bytes stand that a printer executes on arrival even inside image data (DLE EOT, DLE ENQ,
// DLE DC4), or `size()`.
std::size_t find_realtime(std::span<const std::uint8_t> bytes, std::size_t from = 0);

// Real-time status, DLE EOT n (n = 1 printer, 2 offline cause, 3 error cause, 4 paper).
Bytes ask_status(int n);
// GS a: status notices (ASB) whenever something changes. 0Eh: on/offline, errors, paper. 0 switches
// them off.
inline constexpr std::uint8_t kAsbMask = 0x0E;
Bytes enable_asb(std::uint8_t mask = kAsbMask);
// GS ( H function 48: the printer answers with this identity when everything before it is printed.
using ProcessId = std::array<char, 4>;  // each 20h…7Eh
Bytes ask_process_id(const ProcessId& id);
// The counter as base-95 digits; wraps after 95^4.
ProcessId process_id_of(std::uint32_t counter);
// GS r 1: answered in order with the data, when parsed.
Bytes ask_paper_sensor();
// DLE DC4 8: throws away everything received and not printed; answered with 37 25 00.
Bytes clear_buffer();
// ESC @.
Bytes initialize();

}  // namespace matanai::printer::escpos
