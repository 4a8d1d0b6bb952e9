// A picture as the bytes of one protocol: what every encoder takes and gives. Values, any thread.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace matanai::printer {

using Bytes = std::vector<std::uint8_t>;

// The ESC/POS command that carries dots; StarPRNT has one only and ignores it.
enum class RasterCommand {
  gs_v_0,  // called obsolete by Epson, understood by every clone
  gs_8_l,  // stored, then printed by GS ( L
};

// No graphics command is longer than this, its head included: so many NULs then surely end an
// interrupted one.
inline constexpr std::size_t kBandLimit = 8192;

struct EncodeOptions {
  int dpi = 203;  // 1…255
  RasterCommand raster = RasterCommand::gs_v_0;
  bool cut = true;                      // feed to the blade and cut at the end
  std::size_t band_limit = kBandLimit;  // of one graphics command, 256…kBandLimit
  // What stands twice on paper is sent once (GS v 0 m, GS 8 L bx by). For printers that ignore it.
  bool may_double = true;
  // StarPRNT: a band begins at its ink (ESC GS A). False for printers that may not move a picture:
  // all bands begin at the left edge then.
  bool may_place = true;
};

// A picture and, when asked for, a cut. Begins and ends at the left edge of an empty line, resets
// nothing (Dialect::begin_ticket does), and holds no byte sequence that a printer executes on
// arrival.
struct Encoded {
  Bytes bytes;
  int dots_changed = 0;  // toggled because nothing else broke a real-time command
  int bands = 0;
  // Where the command of the lowest band begins: a printer that got no byte from here on cannot
  // have printed the whole ticket. 0 for an empty picture.
  std::size_t last_band = 0;
};

// A ticket in the printer's own characters and, when asked for, a cut. Begins and ends at the left
// edge of an empty line with the characters' size and the kanji mode set back.
struct EncodedText {
  Bytes bytes;
  std::size_t last_line = 0;  // where the lowest line begins, as Encoded::last_band
  int rows = 0;               // of paper, about
  int replaced = 0;           // characters that the printer cannot write: "?" on paper
  int doubtful = 0;           // characters that not every printer's kanji have

  // Every character comes out, whatever the printer's kanji.
  bool is_sure() const { return replaced == 0 && doubtful == 0; }
};

}  // namespace matanai::printer
