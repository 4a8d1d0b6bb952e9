// Messages of a kiosk's call for staff as schema/openapi.yaml has them. Plain values; JSON by
// description (json.hpp).
#pragma once

#include <boost/describe.hpp>
#include <cstdint>
#include <optional>
#include <string>

#include "schema/types/time.hpp"

namespace matanai {

// What a kiosk calls staff for: somebody wants help, a reservation is not found, a ticket did not
// come out, no number can be given.
enum class KioskCallReason { help, not_found, printer, no_number };
BOOST_DESCRIBE_ENUM(KioskCallReason, help, not_found, printer, no_number)

// Those, and what the server itself calls for when it hears of a kiosk's printer.
enum class StaffCallReason {
  help,
  not_found,
  printer,
  no_number,
  paper_near_end,
  cover_open,
  not_answering,
  taken
};
BOOST_DESCRIBE_ENUM(StaffCallReason, help, not_found, printer, no_number, paper_near_end,
                    cover_open, not_answering, taken)

struct StaffCallRequest {
  std::string issuer;
  std::string message_id;
  KioskCallReason reason = KioskCallReason::help;
};
BOOST_DESCRIBE_STRUCT(StaffCallRequest, (), (issuer, message_id, reason))

struct StaffCall {
  std::int64_t id = 0;
  std::string place;  // the kiosk's id
  StaffCallReason reason = StaffCallReason::help;
  Instant called_at;
  std::optional<Instant> answered_at;
  std::optional<std::string> answered_by;  // as shown
};
BOOST_DESCRIBE_STRUCT(StaffCall, (), (id, place, reason, called_at, answered_at, answered_by))

}  // namespace matanai
