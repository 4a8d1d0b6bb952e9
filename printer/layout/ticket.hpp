// What is printed on one numbered ticket. Deliberately without a field for a name, phone or mail
// address: nothing personal can reach the paper. Read and written as JSON by description
// (schema/types/json.hpp). A value, any thread.
#pragma once

#include <boost/describe.hpp>
#include <optional>
#include <string>

#include "schema/types/time.hpp"

namespace matanai::printer {

// The promise printed on the ticket: "about 10–20 min, at the latest 10:55", or "soon" instead of
// the minutes.
struct TicketEstimate {
  int low_minutes = 0;  // ≤ high_minutes, both already rounded outward to 5 min by the engine
  int high_minutes = 0;
  Instant at_latest{};
  bool is_soon = false;
};
BOOST_DESCRIBE_STRUCT(TicketEstimate, (), (low_minutes, high_minutes, at_latest, is_soon))

struct Ticket {
  std::string office;                  // "小倉北区役所"
  std::string place;                   // floor and section, "1階 市民課"; may be empty
  std::string number;                  // "A012": letter, then 3 or 4 digits
  std::string service_ja;              // "引っ越し・住所の変更"
  std::optional<std::string> service;  // the same in `locale`; absent when that is Japanese
  Instant issued_at{};
  std::string zone;                        // waiting zone, "A"; empty = no zones in this office
  std::optional<int> people_ahead;         // absent = not known (the kiosk is alone)
  std::optional<TicketEstimate> estimate;  // absent = none can be given, and that is said
  std::optional<Instant> reservation_at;   // the booked time, if there is a reservation
  std::string url;            // of the ticket's status page, printed as QR; empty = no QR
  std::string locale = "ja";  // BCP 47 tag of the second language; "ja" = Japanese alone
  bool is_copy = false;       // 再発行: the same number was printed before
  bool is_test = false;       // 試し刷り: not a number that will be called
};
BOOST_DESCRIBE_STRUCT(Ticket, (),
                      (office, place, number, service_ja, service, issued_at, zone, people_ahead,
                       estimate, reservation_at, url, locale, is_copy, is_test))

// An invented ticket in that language, for samples, previews and tests.
Ticket sample_ticket(const std::string& locale_tag);

}  // namespace matanai::printer
