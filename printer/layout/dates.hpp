// Dates and times as they stand on paper. Pure, any thread.
#pragma once

#include <string>

#include "schema/types/locale.hpp"
#include "schema/types/time.hpp"

namespace matanai::printer {

// Of the office's wall clock: "令和8年11月24日(火) 10:32" in Japanese, "2026-11-24 10:32" where the
// era is not used.
std::string paper_date(Instant instant, Locale locale);
// The day alone in Japanese: "令和8年11月24日(火)".
std::string paper_day(Instant instant);
// "10:32".
std::string paper_time(Instant instant);

}  // namespace matanai::printer
