// The same ticket for a printer's own characters (Shift_JIS), where a slow serial line has no time
// for a picture. Japanese, easy Japanese and English are written; the others cannot be in
// Shift_JIS, so their words are English and their service stands in Japanese. Pure, any thread.
#pragma once

#include "printer/layout/renderer.hpp"
#include "printer/text_page.hpp"

namespace matanai::printer {

// Whether a ticket in this language loses nothing but its look.
bool is_written_as_text(Locale locale);

// Lines broken at phrases for characters 12 dots wide (kanji 24), the number ≥ 15 mm high.
TextPage text_page_of(const Ticket& ticket, PaperSpec paper, const PaperDecor& decor = {});

}  // namespace matanai::printer
