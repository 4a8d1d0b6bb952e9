// Ids, secrets and codes that people and scanners read. Randomness comes in as bytes (the caller
// draws them). Pure, any thread.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "schema/types/ids.hpp"

namespace matanai {

// Crockford base32 without padding, upper case: 16 bytes → 26 characters.
std::string to_base32(std::span<const std::uint8_t> bytes);

// 8 digits: seven of `number` (0…9,999,999) and the check digit of ISO/IEC 7064 MOD 11,10.
ReservationCode make_reservation_code(std::uint32_t number);
// Accepts full-width digits, spaces and hyphens; nullopt unless 8 digits with the right check
// digit.
std::optional<ReservationCode> parse_reservation_code(std::string_view typed);

// What a reservation's QR code holds: "MR", 26 characters of base32, one check character
// (Luhn mod 32 over the base32 alphabet); only A–Z and 0–9, so that keyboard layouts of scanners do
// not matter.
std::string make_check_in_token(std::span<const std::uint8_t> sixteen_bytes);
// Upper-cases; nullopt unless the form and the check character are right.
std::optional<std::string> parse_check_in_token(std::string_view scanned);

// Ticket number as printed: letter and at least three digits, "A012". After 999 a series goes on at
// 9001.
std::string format_ticket_number(std::string_view letter, int number);
// The number that follows in a series: 999 → 9001; nullopt after 9999.
std::optional<int> next_in_series(int number);

}  // namespace matanai
