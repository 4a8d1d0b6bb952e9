// Giving somebody a number: a walk-in ticket, or the check-in of a reservation. Decides and stores
// inside the caller's transaction; the event is written in the same one. Database threads only.
#pragma once

#include "server/floor/context.hpp"
#include "server/floor/types.hpp"

namespace matanai::floor {

// Allots the next number of the service's series. The same issuer and message id get the same
// ticket (is_repeat). `gives_up` cancels that reservation of today with it; one that is over is no
// matter. `now` is read once by the caller. Refusals: unknown_office, unknown_service,
// office_not_issuing, numbers_exhausted; with gives_up also check_in_not_found,
// check_in_other_office, check_in_other_day, already_checked_in.
Result<IssuedTicket> issue_ticket(db::Transaction& tx, const Context& context,
                                  const OfficeId& office, const TicketRequest& request,
                                  const std::string& actor, Instant now);

// By token or code. Refusals: unknown_office, check_in_not_found, reservation_cancelled,
// already_checked_in, check_in_other_office, check_in_other_day, check_in_too_early,
// check_in_too_late, office_not_issuing, numbers_exhausted; each with the values its words need.
Result<IssuedTicket> check_in(db::Transaction& tx, const Context& context, const OfficeId& office,
                              const CheckInRequest& request, const std::string& actor, Instant now);

// The ticket as it was issued, with its token rebuilt. Throws std::logic_error for an unknown id.
IssuedTicket issued_ticket(db::Transaction& tx, const Context& context, const TicketId& id,
                           bool is_repeat);

// What the holder of the status page's token sees. Refusal: unknown_ticket.
Result<TicketStatus> ticket_status(db::Transaction& tx, const Context& context,
                                   std::string_view token, Locale locale);
// The status's ETag: of all that it says but as_of, so that it changes when the holder has
// something new to read and not with every move elsewhere in the office.
std::string etag_of(TicketStatus status);

}  // namespace matanai::floor
