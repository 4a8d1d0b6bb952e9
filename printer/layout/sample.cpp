#include "printer/layout/ticket.hpp"
#include "schema/types/locale.hpp"

namespace matanai::printer {
namespace {

// The name of the sample's service in each language, as the seed has it.
const char* service_name(Locale locale) {
  switch (locale) {
    case Locale::en:
      return "Moving in, change of address";
    case Locale::zh_Hans:
      return "搬家、住址变更";
    case Locale::ko:
      return "이사, 주소 변경";
    case Locale::vi:
      return "Chuyển đến, chuyển nhà";
    case Locale::ja_x_easy:
      return "ひっこし・住所が かわる";
    case Locale::ja:
      break;
  }
  return nullptr;
}

}  // namespace

Ticket sample_ticket(const std::string& locale_tag) {
  const Locale locale = locale_from_tag(locale_tag);
  Ticket ticket;
  ticket.office = "小倉北区役所";
  ticket.place = "1階 市民課";
  ticket.number = "A012";
  ticket.service_ja = "引っ越し・住所の変更";
  if (const char* name = service_name(locale)) ticket.service = name;
  ticket.issued_at = parse_instant("2026-11-24T01:32:00.000Z").value_or(Instant{});
  ticket.zone = "A";
  ticket.people_ahead = 5;
  ticket.estimate = TicketEstimate{10, 20, ticket.issued_at + Minutes(23), false};
  ticket.url = "https://matanai.example/t/7KQ2M9X4RT8B3NWC5DHJ";
  ticket.locale = std::string(tag_of(locale));
  return ticket;
}

}  // namespace matanai::printer
