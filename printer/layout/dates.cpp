#include "printer/layout/dates.hpp"

#include "schema/types/wareki.hpp"

namespace matanai::printer {

std::string paper_time(Instant instant) { return to_wire(local_time_of_day(instant)); }

std::string paper_day(Instant instant) { return to_wareki(local_day(instant)); }

std::string paper_date(Instant instant, Locale locale) {
  const LocalDay day = local_day(instant);
  return words(locale, "paper.date",
               {{"wareki", to_wareki(day)}, {"date", to_wire(day)}, {"time", paper_time(instant)}});
}

}  // namespace matanai::printer
