#include "schema/types/codes.hpp"

#include <gtest/gtest.h>

#include <set>

namespace matanai {
namespace {

constexpr std::array<std::uint8_t, 16> kBytes = {0x00, 0x11, 0x22, 0x33, 0x44, 0x55, 0x66, 0x77,
                                                 0x88, 0x99, 0xAA, 0xBB, 0xCC, 0xDD, 0xEE, 0xFF};

// ISO/IEC 7064 MOD 11,10 written out again, to check the check digit.
int check_digit(const std::string& digits) {
  int product = 10;
  for (const char c : digits) {
    int sum = (c - '0' + product) % 10;
    if (sum == 0) sum = 10;
    product = sum * 2 % 11;
  }
  return (11 - product) % 10;
}

TEST(Base32, SixteenBytesBecomeTwentySixCharactersWithoutAmbiguousLetters) {
  const auto text = to_base32(kBytes);
  EXPECT_EQ(text.size(), 26u);
  EXPECT_EQ(text.find_first_not_of("0123456789ABCDEFGHJKMNPQRSTVWXYZ"), std::string::npos) << text;
}

TEST(Base32, DiffersWhenOneBitDiffers) {
  std::set<std::string> texts = {to_base32(kBytes)};
  for (std::size_t bit = 0; bit < 128; ++bit) {
    auto bytes = kBytes;
    bytes[bit / 8] = static_cast<std::uint8_t>(bytes[bit / 8] ^ (1u << (bit % 8)));
    EXPECT_TRUE(texts.insert(to_base32(bytes)).second) << bit;
  }
}

TEST(ReservationCode, HasTheStandardsCheckDigit) {
  for (const std::uint32_t number : {0u, 1u, 794u, 4827193u, 9'999'999u}) {
    const auto code = make_reservation_code(number).value;
    ASSERT_EQ(code.size(), 8u);
    EXPECT_EQ(code[7] - '0', check_digit(code.substr(0, 7))) << code;
    EXPECT_EQ(std::stoul(code.substr(0, 7)), number);
  }
}

TEST(ReservationCode, IsReadHoweverItIsTyped) {
  const auto code = make_reservation_code(4827193);
  const auto& digits = code.value;
  EXPECT_EQ(parse_reservation_code(digits), code);
  EXPECT_EQ(parse_reservation_code(" " + digits.substr(0, 4) + " " + digits.substr(4) + " "), code);
  EXPECT_EQ(parse_reservation_code(digits.substr(0, 4) + "-" + digits.substr(4)), code);
  std::string full_width;
  for (const char c : digits)
    full_width += std::string("\xEF\xBC") + static_cast<char>(0x90 + (c - '0'));
  EXPECT_EQ(parse_reservation_code(full_width), code);
}

TEST(ReservationCode, OneWrongDigitIsAlwaysSeen) {
  const auto code = make_reservation_code(4827193).value;
  for (std::size_t i = 0; i < code.size(); ++i) {
    for (char wrong = '0'; wrong <= '9'; ++wrong) {
      if (wrong == code[i]) continue;
      auto typed = code;
      typed[i] = wrong;
      EXPECT_EQ(parse_reservation_code(typed), std::nullopt) << typed;
    }
  }
}

TEST(ReservationCode, OtherTextIsNoCode) {
  for (const auto* text :
       {"", "1234567", "123456789", "abcdefgh", "1234567x", "12345678901234567890"}) {
    EXPECT_EQ(parse_reservation_code(text), std::nullopt) << text;
  }
}

TEST(CheckInToken, ComesBackInAnyCase) {
  const auto token = make_check_in_token(kBytes);
  EXPECT_EQ(token.size(), 29u);
  EXPECT_TRUE(token.starts_with("MR"));
  std::string lower = token;
  for (char& c : lower) c = static_cast<char>(std::tolower(c));
  EXPECT_EQ(parse_check_in_token(token), token);
  EXPECT_EQ(parse_check_in_token(lower), token);
}

TEST(CheckInToken, OneWrongCharacterIsSeen) {
  const auto token = make_check_in_token(kBytes);
  for (std::size_t i = 0; i < token.size(); ++i) {
    auto scanned = token;
    scanned[i] = scanned[i] == 'Z' ? 'Y' : 'Z';
    EXPECT_EQ(parse_check_in_token(scanned), std::nullopt) << scanned;
  }
  EXPECT_EQ(parse_check_in_token(token + "0"), std::nullopt);
  EXPECT_EQ(parse_check_in_token(token.substr(1)), std::nullopt);
  EXPECT_EQ(parse_check_in_token(""), std::nullopt);
}

TEST(TicketNumber, IsALetterAndAtLeastThreeDigits) {
  EXPECT_EQ(format_ticket_number("A", 1), "A001");
  EXPECT_EQ(format_ticket_number("R", 999), "R999");
  EXPECT_EQ(format_ticket_number("A", 9001), "A9001");
}

TEST(TicketNumber, ASeriesGoesOnAtFourDigitsAndEnds) {
  EXPECT_EQ(next_in_series(0), 1);
  EXPECT_EQ(next_in_series(998), 999);
  EXPECT_EQ(next_in_series(999), 9001);
  EXPECT_EQ(next_in_series(9998), 9999);
  EXPECT_EQ(next_in_series(9999), std::nullopt);
}

}  // namespace
}  // namespace matanai
