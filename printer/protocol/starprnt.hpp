// StarPRNT behind the seam: documents that are thrown away whole after a fault, and the end of
// printing confirmed by ESC GS ETX. Bytes as in Star's StarPRNT command specification. Thread rule:
// dialect.hpp.
#pragma once

#include "printer/protocol/dialect.hpp"

namespace matanai::printer {

namespace starprnt {
// The print-end mark that clear_buffer() asks for; no ticket has it.
inline constexpr ProcessId kClearMark = 0xFFFF;
}  // namespace starprnt

const Dialect& starprnt_dialect();

}  // namespace matanai::printer
