#include "server/booking/proof.hpp"

#include "booking_fixture.hpp"

namespace matanai::booking {
namespace {

const NormalContact kPhone{ContactKind::phone, "09077712345"};
constexpr Millis kMs{1};

class ProofTest : public BookingTest {
 protected:
  Proven prove(const Proof& proof, const std::string& address = "192.0.2.1") {
    return *write<Proven>([=, this](db::Transaction& tx) -> Result<Proven> {
      return booking::prove(tx, secrets_, proof, address, {}, clock_.now());
    });
  }
  std::string outcome(const Proof& proof, const std::string& address = "192.0.2.1") {
    const auto proven = prove(proof, address);
    return proven.refusal ? std::string(entry_of(proven.refusal->code).name) : "proven";
  }
  static Proof by_contact(std::string code, std::string contact) {
    return {"", std::move(code), std::move(contact), {}, {}};
  }
  static Proof by_time(std::string code, LocalDay day, TimeOfDay time) {
    return {"", std::move(code), "", day, time};
  }
};

TEST_F(ProofTest, ASecretIsEnough) {
  const auto row = booked("10:00", {kPhone});
  EXPECT_EQ(outcome({secrets_.reservation_secret(row.id), "", "", {}, {}}), "proven");
  EXPECT_EQ(outcome({secrets_.reservation_secret(ReservationId("x")), "", "", {}, {}}),
            "reservation_not_found");
  EXPECT_EQ(outcome({secrets_.hold_secret(row.id), "", "", {}, {}}), "reservation_not_found");
}

TEST_F(ProofTest, CodeAndContactInAnyWriting) {
  const auto row = booked("10:00", {kPhone, {ContactKind::mail, "taro@example.jp"}});
  const auto code = row.code->value;
  EXPECT_EQ(outcome(by_contact(code, "０９０－７７７１－２３４５")), "proven");
  EXPECT_EQ(outcome(by_contact(code.substr(0, 4) + " " + code.substr(4), "+81 90 7771 2345")),
            "proven");
  EXPECT_EQ(outcome(by_contact(code, "TARO@example.jp")), "proven");
  EXPECT_EQ(outcome(by_contact(code, "09077712346")), "reservation_not_found");
}

TEST_F(ProofTest, DateAndTimeCountOnlyWithoutAContact) {
  const auto open = booked("10:00");
  EXPECT_EQ(outcome(by_time(open.code->value, kTuesday, time_of("10:00"))), "proven");
  EXPECT_EQ(outcome(by_time(open.code->value, kTuesday, time_of("10:15"))),
            "reservation_not_found");
  const auto closed = booked("11:00", {kPhone});
  EXPECT_EQ(outcome(by_time(closed.code->value, kTuesday, time_of("11:00"))),
            "reservation_not_found");
}

TEST_F(ProofTest, ErasedContactsDoNotOpenTheDoorToDateAndTime) {
  const auto row = booked("10:00", {kPhone});
  clock_.set(row.end + std::chrono::days(8));
  sweep();
  EXPECT_EQ(outcome(by_time(row.code->value, kTuesday, time_of("10:00"))), "reservation_not_found");
  EXPECT_EQ(outcome(by_contact(row.code->value, "09077712345")), "reservation_not_found");
}

TEST_F(ProofTest, AnUnknownCodeAndAWrongContactSoundTheSame) {
  const auto row = booked("10:00", {kPhone});
  const auto wrong = prove(by_contact(row.code->value, "09000000000"));
  const auto unknown = prove(by_contact(make_reservation_code(9'999'999).value, "09000000000"));
  ASSERT_TRUE(wrong.refusal && unknown.refusal);
  EXPECT_EQ(wrong.refusal->code, unknown.refusal->code);
  EXPECT_EQ(wrong.refusal->values, unknown.refusal->values);
}

TEST_F(ProofTest, FiveTriesAtACodeInFifteenMinutes) {
  const auto row = booked("10:00", {kPhone});
  const auto right = by_contact(row.code->value, "09077712345");
  const auto wrong = by_contact(row.code->value, "09000000000");
  const auto first = clock_.now();
  for (int i = 0; i < 5; ++i)
    EXPECT_EQ(outcome(wrong, "192.0.2." + std::to_string(i)), "reservation_not_found") << i;
  EXPECT_EQ(outcome(wrong), "too_many_tries");
  EXPECT_EQ(outcome(right), "too_many_tries") << "else the limit would guard nothing";
  EXPECT_EQ(outcome({secrets_.reservation_secret(row.id), "", "", {}, {}}), "proven")
      << "the link still works";
  clock_.set(first + Minutes(15) - kMs);
  EXPECT_EQ(outcome(right), "too_many_tries");
  clock_.set(first + Minutes(15));
  EXPECT_EQ(outcome(right), "proven");
}

TEST_F(ProofTest, ANeighbourWhoMistypesBlocksNobodyElse) {
  const auto mine = booked("10:00", {kPhone});
  const auto theirs = booked("11:00", {{ContactKind::mail, "taro@example.jp"}});
  for (int i = 0; i < 6; ++i) prove(by_contact(theirs.code->value, "09000000000"));
  EXPECT_EQ(outcome(by_contact(theirs.code->value, "taro@example.jp")), "too_many_tries");
  EXPECT_EQ(outcome(by_contact(mine.code->value, "09077712345")), "proven");
  EXPECT_EQ(outcome(by_contact(theirs.code->value, "taro@example.jp"), "198.51.100.1"), "proven");
}

TEST_F(ProofTest, UnknownCodesAreCountedTheSame) {
  const auto wrong = by_contact("12345678", "09000000000");
  for (int i = 0; i < 5; ++i) EXPECT_EQ(outcome(wrong), "reservation_not_found") << i;
  EXPECT_EQ(outcome(by_contact("１２３４ ５６７８", "09000000000")), "too_many_tries");
}

TEST_F(ProofTest, TenTriesAtACodeFromEverywhere) {
  const auto row = booked("10:00", {kPhone});
  const auto wrong = by_contact(row.code->value, "09000000000");
  for (int i = 0; i < 10; ++i)
    EXPECT_EQ(outcome(wrong, "10.0." + std::to_string(i) + ".1"), "reservation_not_found") << i;
  EXPECT_EQ(outcome(by_contact(row.code->value, "09077712345"), "10.0.99.1"), "too_many_tries");
}

TEST_F(ProofTest, ThirtyTriesAtAllCodesPerNetwork) {
  const auto row = booked("10:00", {kPhone});
  for (std::uint32_t i = 0; i < 30; ++i) {
    EXPECT_EQ(outcome(by_contact(make_reservation_code(500 + i).value, "09000000000"),
                      "192.0.2." + std::to_string(i)),
              "reservation_not_found")
        << i;
  }
  const auto right = by_contact(row.code->value, "09077712345");
  EXPECT_EQ(outcome(right, "192.0.2.77"), "too_many_tries");
  EXPECT_EQ(outcome(right, "192.0.3.77"), "proven");
}

TEST_F(ProofTest, RightAnswersAreNotCounted) {
  const auto row = booked("10:00", {kPhone});
  for (int i = 0; i < 12; ++i)
    EXPECT_EQ(outcome(by_contact(row.code->value, "09077712345")), "proven") << i;
}

TEST(ReadProof, TakesOneOfThreeWays) {
  const auto is_read = [](messages::ReservationProof message) {
    return read_proof(message).has_value();
  };
  EXPECT_TRUE(is_read({"SECRET", {}, {}, {}, {}}));
  EXPECT_TRUE(is_read({{}, "12345678", "09077712345", {}, {}}));
  EXPECT_TRUE(is_read({{}, "12345678", {}, kTuesday, "10:00"}));
  EXPECT_FALSE(is_read({}));
  EXPECT_FALSE(is_read({"", {}, {}, {}, {}}));
  EXPECT_FALSE(is_read({{}, "12345678", {}, {}, {}}));
  EXPECT_FALSE(is_read({{}, "12345678", {}, kTuesday, {}}));
  EXPECT_FALSE(is_read({{}, {}, "09077712345", {}, {}}));
  EXPECT_FALSE(is_read({{}, "12345678", {}, kTuesday, "25:00"}));
}

}  // namespace
}  // namespace matanai::booking
