// ESC/POS behind the seam: Epson's command set and everybody who follows it, with SII's own
// confirmation. Thread rule: dialect.hpp.
#pragma once

#include "printer/protocol/dialect.hpp"

namespace matanai::printer {

const Dialect& escpos_dialect();

}  // namespace matanai::printer
