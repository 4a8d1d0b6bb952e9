// What ESC/POS printers send back: DLE EOT answers, notices (ASB), GS r, blocks (37h, 5Fh), flow
// control, and the tagged answers of SII printers. Only blocks that were asked for are taken for
// blocks, so that noise cannot swallow what follows. One thread per reader.
#pragma once

#include <memory>

#include "printer/protocol/dialect.hpp"

namespace matanai::printer {

std::unique_ptr<ReplyReader> make_escpos_reader();

}  // namespace matanai::printer
