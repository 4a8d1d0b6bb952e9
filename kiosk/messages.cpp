#include "kiosk/messages.hpp"

namespace matanai::kiosk {

printer::Ticket paper_of(const IssuedTicket& ticket, bool is_copy) {
  printer::Ticket paper;
  paper.office = ticket.office_name;
  paper.place = ticket.section.value_or("");
  paper.number = ticket.number;
  paper.service_ja = ticket.service_name_ja;
  if (ticket.locale != "ja") paper.service = ticket.service_name;
  paper.issued_at = ticket.issued_at;
  paper.zone = ticket.zone;
  paper.people_ahead = ticket.people_ahead;
  if (const auto& told = ticket.estimate) {
    paper.estimate = printer::TicketEstimate{told->low_minutes, told->high_minutes, told->at_latest,
                                             told->is_soon};
  }
  paper.reservation_at = ticket.reserved_for;
  paper.url = ticket.url;
  paper.locale = ticket.locale;
  paper.is_copy = is_copy;
  return paper;
}

}  // namespace matanai::kiosk
