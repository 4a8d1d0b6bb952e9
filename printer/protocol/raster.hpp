// From a picture to the graphics commands of a printer, whatever their form: the cheapest cut into
// bands that are cropped to their ink, white rows fed and not sent, dots and rows that stand twice
// sent once where the command can double them, and byte sequences that a printer executes even
// inside a picture found and broken. The forms: escpos_raster.cpp, starprnt_raster.cpp. Pure, any
// thread.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

#include "printer/bitmap.hpp"
#include "printer/protocol/encoded.hpp"

namespace matanai::printer::raster {

// What one graphics command carries.
struct Strip {
  int left = 0;          // in dots from the edge of the head
  int columns = 0;       // dots of a row as sent: half of those on paper when is_wide
  int rows = 0;          // as sent: half of those on paper when is_tall
  bool is_wide = false;  // every dot of a row stands twice
  bool is_tall = false;  // every row stands twice
  Bytes dots;            // rows × row_bytes()

  int row_bytes() const { return (columns + 7) / 8; }
};

// How a printer takes pictures.
struct Form {
  std::size_t head = 0;    // bytes of a complete command before its dots
  std::size_t tail = 0;    // and after them
  int max_rows = 255;      // on paper
  bool can_place = true;   // a strip may begin anywhere; else always at the left edge
  bool can_double = true;  // is_wide and is_tall are understood
  Bytes (*command)(const Strip&) = nullptr;  // places and prints the strip
  void (*feed)(Bytes&, int rows) = nullptr;  // adds white rows
  // Where the first sequence that is executed on arrival begins, at or after `from`; size() if
  // none.
  std::size_t (*find_executed)(std::span<const std::uint8_t>, std::size_t from) = nullptr;
};

// The whole picture, feeds included. What is executed on arrival is broken by moving the strip's
// edge or cutting it elsewhere; only where neither helps is a dot toggled (dots_changed).
// `limit` bounds each command, its head included; at least 256 is taken.
Encoded encode(const Bitmap& picture, const Form& form, std::size_t limit);

}  // namespace matanai::printer::raster
