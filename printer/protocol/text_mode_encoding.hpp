// Text as Shift_JIS with Microsoft's and NEC's additions (CP932), as the kanji ROMs of ESC/POS
// printers have it. Pure, any thread.
#pragma once

#include <string_view>

#include "printer/protocol/encoded.hpp"

namespace matanai::printer {

struct ShiftJisText {
  Bytes bytes;
  int replaced = 0;  // characters that became "?"
  int doubtful = 0;  // beyond ASCII and JIS X 0208: NEC's and IBM's additions, half-width kana
};
// Control characters are left out. What CP932 lacks is written with a near sign where one is known
// (dashes, spaces, letters with accents without them), else as "?".
ShiftJisText to_shift_jis(std::string_view utf8);

}  // namespace matanai::printer
