// What a stranger types or holds before a scanner: codes, check-in tokens, phones, mail addresses,
// dates and times. What is accepted has one written form, which is accepted again as itself.
#include <span>
#include <string>

#include "schema/types/codes.hpp"
#include "schema/types/text.hpp"
#include "schema/types/time.hpp"
#include "server/booking/contact.hpp"
#include "tests/fuzz/fuzz.hpp"

namespace matanai {
namespace {

using fuzz::must;

void check_codes(std::string_view typed) {
  if (const auto code = parse_reservation_code(typed)) {
    must(code->value.size() == 8, "a code has eight digits");
    must(make_reservation_code(static_cast<std::uint32_t>(std::stoul(code->value.substr(0, 7)))) ==
             *code,
         "a code's last digit checks the others");
    must(parse_reservation_code(code->value) == code, "a code is read as itself");
  }
  if (const auto token = parse_check_in_token(typed)) {
    must(token->size() == 29 && token->starts_with("MR"), "a token has one form");
    must(parse_check_in_token(*token) == token, "a token is read as itself");
  }
}

// Codes and tokens that the server makes of any number.
void check_made(std::span<const std::uint8_t> bytes) {
  if (bytes.size() < 16) return;
  const auto token = make_check_in_token(bytes.first(16));
  must(parse_check_in_token(token) == token, "a token that was made is accepted");
  const auto number = (bytes[0] * 65536U + bytes[1] * 256U + bytes[2]) % 10'000'000;
  const auto code = make_reservation_code(number);
  must(parse_reservation_code(code.value) == code, "a code that was made is accepted");
}

void check_contact(std::string_view typed) {
  const auto contact = booking::normalise_contact(typed);
  if (!contact) return;
  const auto again = booking::normalise_contact(contact->text);
  must(again && again->kind == contact->kind && again->text == contact->text,
       "a contact has one written form");
  must(!booking::identity_of(*contact).empty() && !booking::mask(*contact).empty(),
       "a contact can be looked up and masked");
}

void check_times(std::string_view typed) {
  if (const auto instant = parse_instant(typed))
    must(parse_instant(to_wire(*instant)) == instant, "an instant is read as itself");
  if (const auto day = parse_day(typed)) must(to_wire(*day) == typed, "a day has one form");
  if (const auto time = parse_time_of_day(typed))
    must(parse_time_of_day(to_wire(*time)) == time, "a time is read as itself");
}

}  // namespace
}  // namespace matanai

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace matanai;
  const auto bytes = fuzz::text_of(data, size);
  check_codes(bytes);
  check_made({data, size});
  check_contact(bytes);
  check_times(bytes);
  fuzz::must(to_valid_utf8(bytes) == bytes || !is_valid_utf8(bytes), "good text is left alone");
  fuzz::must(is_valid_utf8(to_valid_utf8(bytes)), "bad text is made good");
  (void)to_half_width(bytes);
  return 0;
}
