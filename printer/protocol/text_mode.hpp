// A ticket in the printer's own characters, as ESC/POS: some 300 bytes where a picture has 20 000,
// for serial lines of 9600 to 38 400 baud and printers with a Japanese kanji ROM. Not for languages
// that Shift_JIS cannot write (layout/text_ticket.hpp). Pure, any thread.
#pragma once

#include "printer/protocol/encoded.hpp"
#include "printer/text_page.hpp"

namespace matanai::printer::escpos {

// Resets nothing. The QR code is the printer's own (GS ( k, model 2, level M). GS V B last when
// `cut`.
EncodedText encode_text(const TextPage& page, bool cut = true);

}  // namespace matanai::printer::escpos
