// What StarPRNT printers send back: notices (ASB) whose first byte holds their length, the echo of
// ESC GS ETX when printing has ended, and their name. Every byte of a notice but the first has bit
// 0 clear, so that noise ends at the next notice. One thread per reader.
#pragma once

#include <memory>

#include "printer/protocol/dialect.hpp"

namespace matanai::printer {

std::unique_ptr<ReplyReader> make_starprnt_reader();

}  // namespace matanai::printer
