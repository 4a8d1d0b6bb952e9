// A stranger's bytes as the body of each command that is open to strangers, kiosks and clerks: what
// is accepted is written and read again as the same message, and a refusal stays small.
#include <string>

#include "schema/types/json.hpp"
#include "schema/types/messages_booking.hpp"
#include "schema/types/messages_floor.hpp"
#include "schema/types/messages_staff.hpp"
#include "schema/types/text.hpp"
#include "tests/fuzz/fuzz.hpp"

namespace matanai {
namespace {

using fuzz::must;

template <class Message>
void check_as(const boost::json::value& document) {
  const auto message = from_json<Message>(document);
  if (message.has_error()) {
    must(!message.error().fields.empty(), "a refusal names its fields");
    must(message.error().fields.size() < 100, "a refusal stays small");
    return;
  }
  const auto text = write_json(*message);
  must(is_valid_utf8(text), "what is written is UTF-8");
  const auto again = read_json<Message>(text);
  must(again.has_value() && write_json(*again) == text, "written and read it is the same");
}

}  // namespace
}  // namespace matanai

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace matanai;
  const auto bytes = fuzz::text_of(data, size);
  const auto document = parse_json(bytes);
  if (document.has_error()) return 0;
  fuzz::must(is_valid_utf8(bytes), "accepted JSON is UTF-8");
  check_as<messages::HoldRequest>(*document);
  check_as<messages::ReservationRequest>(*document);
  check_as<messages::ReservationProof>(*document);
  check_as<TicketRequest>(*document);
  check_as<CheckInRequest>(*document);
  check_as<WindowCommand>(*document);
  check_as<messages::SignIn>(*document);
  return 0;
}
