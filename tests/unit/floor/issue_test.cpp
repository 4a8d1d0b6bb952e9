#include "server/floor/issue.hpp"

#include "floor_fixture.hpp"

namespace matanai::floor {
namespace {

using namespace std::chrono_literals;

class Issue : public FloorTest {};

TEST_F(Issue, NumbersAreDenseAndOwnToEachSeries) {
  EXPECT_EQ(issue("move_in")->number, "A001");
  EXPECT_EQ(issue("seal")->number, "A002");
  EXPECT_EQ(issue("cert")->number, "C001");
  EXPECT_EQ(issue("move_out")->number, "A003");
}

TEST_F(Issue, NextDayStartsAtOneAgain) {
  ASSERT_EQ(issue("move_in")->number, "A001");
  clock_.advance(24h);
  EXPECT_EQ(issue("move_in")->number, "A001");
}

TEST_F(Issue, SameMessageGetsTheSameTicket) {
  const auto first = issue("move_in", false, "message-1");
  const auto again = issue("move_in", false, "message-1");
  ASSERT_TRUE(again.has_value());
  EXPECT_EQ(again->id, first->id);
  EXPECT_EQ(again->number, first->number);
  EXPECT_EQ(again->token, first->token);
  EXPECT_TRUE(again->is_repeat);
  EXPECT_EQ(issue("move_in")->number, "A002");
}

TEST_F(Issue, SeriesGoesOnAt9001After999) {
  ASSERT_TRUE(write<bool>([](db::Transaction& tx) -> Result<bool> {
                store::set_last_number(tx, kOffice, *parse_day("2026-11-24"), "A", 998);
                return true;
              }).has_value());
  EXPECT_EQ(issue("move_in")->number, "A999");
  EXPECT_EQ(issue("move_in")->number, "A9001");
}

TEST_F(Issue, ExhaustedSeriesIsRefused) {
  ASSERT_TRUE(write<bool>([](db::Transaction& tx) -> Result<bool> {
                store::set_last_number(tx, kOffice, *parse_day("2026-11-24"), "A", 9999);
                return true;
              }).has_value());
  EXPECT_EQ(code_of(issue("move_in")), RefusalCode::numbers_exhausted);
}

TEST_F(Issue, PeopleAheadCountsTheOwnLineOnly) {
  issue("move_in");
  issue("cert");
  issue("seal");
  EXPECT_EQ(issue("move_out")->people_ahead, 2);
}

TEST_F(Issue, ClosedOfficeIssuesNothing) {
  clock_.set(*parse_instant("2026-11-23T01:00:00Z"));  // Labour Thanksgiving Day
  const auto refused = issue("move_in");
  ASSERT_EQ(code_of(refused), RefusalCode::office_not_issuing);
  clock_.set(*parse_instant("2026-11-24T14:00:00Z"));  // 23:00
  EXPECT_EQ(code_of(issue("move_in")), RefusalCode::office_not_issuing);
}

TEST_F(Issue, UnknownServiceIsRefused) {
  EXPECT_EQ(code_of(issue("no_such")), RefusalCode::unknown_service);
}

TEST_F(Issue, StatusIsFoundByTokenOnly) {
  const auto ticket = issue("move_in");
  const auto status = write<TicketStatus>(
      [&](db::Transaction& tx) { return ticket_status(tx, context_, ticket->token, Locale::en); });
  ASSERT_TRUE(status.has_value());
  EXPECT_EQ(status->number, "A001");
  EXPECT_EQ(status->people_ahead, 0);
  EXPECT_EQ(status->service_name, "Moving in (other city / abroad)");
  const auto by_id = write<TicketStatus>([&](db::Transaction& tx) {
    return ticket_status(tx, context_, ticket->id.value, Locale::en);
  });
  EXPECT_EQ(code_of(by_id), RefusalCode::unknown_ticket);
}

// 10:00 now; the office's window is −15…+10 min, no-show after 20.
struct CheckInCase {
  const char* name;
  const char* slot;  // UTC
  std::optional<RefusalCode> refusal;
  bool is_late;
};

class CheckIn : public FloorTest, public testing::WithParamInterface<CheckInCase> {};

TEST_P(CheckIn, WindowOfTheSlot) {
  const auto code = make_reservation_code(1234567);
  expect_visit("res1", code.value, *parse_instant(GetParam().slot));
  const auto ticket = check_in_code(code.value);
  if (GetParam().refusal) {
    EXPECT_EQ(code_of(ticket), *GetParam().refusal) << GetParam().name;
    EXPECT_TRUE(attendance_.empty());
    return;
  }
  ASSERT_TRUE(ticket.has_value()) << GetParam().name;
  EXPECT_EQ(ticket->number, "R001");
  EXPECT_EQ(ticket->is_late, GetParam().is_late) << GetParam().name;
  ASSERT_EQ(attendance_.size(), 1U);
  EXPECT_EQ(attendance_[0].reservation, "res1");
}

INSTANTIATE_TEST_SUITE_P(
    Cases, CheckIn,
    testing::Values(CheckInCase{"at the slot", "2026-11-24T01:00:00Z", {}, false},
                    CheckInCase{"exactly 15 min early", "2026-11-24T01:15:00Z", {}, false},
                    CheckInCase{"15 min and 1 ms early", "2026-11-24T01:15:00.001Z",
                                RefusalCode::check_in_too_early, false},
                    CheckInCase{"exactly 10 min late", "2026-11-24T00:50:00Z", {}, false},
                    CheckInCase{"10 min and 1 ms late", "2026-11-24T00:49:59.999Z", {}, true},
                    CheckInCase{"exactly 20 min late", "2026-11-24T00:40:00Z", {}, true},
                    CheckInCase{"20 min and 1 ms late", "2026-11-24T00:39:59.999Z",
                                RefusalCode::check_in_too_late, false},
                    CheckInCase{"tomorrow", "2026-11-25T01:00:00Z", RefusalCode::check_in_other_day,
                                false}));

TEST_F(Issue, ReservationChecksInOnce) {
  const auto code = make_reservation_code(42);
  expect_visit("res1", code.value, clock_.now());
  ASSERT_TRUE(check_in_code(code.value).has_value());
  const auto again = check_in_code(code.value);
  ASSERT_EQ(code_of(again), RefusalCode::already_checked_in);
  EXPECT_EQ(again.error().values.at(0).second, "R001");
}

TEST_F(Issue, WrongCodesAreNotFound) {
  for (const auto* code : {"", "00000000", "1234", "12345678901", "abcdefgh"}) {
    EXPECT_EQ(code_of(check_in_code(code)), RefusalCode::check_in_not_found) << code;
  }
}

TEST_F(Issue, CodeMayBeTypedFullWidth) {
  const auto code = make_reservation_code(7);
  expect_visit("res1", code.value, clock_.now());
  std::string wide;
  for (const char digit : code.value) {
    wide += "\xEF\xBC";
    wide += static_cast<char>(0x90 + (digit - '0'));
  }
  EXPECT_TRUE(check_in_code(wide).has_value());
}

TEST_F(Issue, OtherOfficeIsNamed) {
  const auto code = make_reservation_code(9);
  ASSERT_TRUE(write<bool>([&](db::Transaction& tx) -> Result<bool> {
                store::put_expected(tx, {"res2",
                                         OfficeId("moji"),
                                         code.value,
                                         "hash",
                                         ServiceId("move_in"),
                                         GroupId("A"),
                                         clock_.now(),
                                         "booked",
                                         "ja",
                                         {},
                                         1});
                return true;
              }).has_value());
  const auto refused = check_in_code(code.value);
  ASSERT_EQ(code_of(refused), RefusalCode::check_in_other_office);
  EXPECT_EQ(refused.error().values.at(0).second, "moji");
}

}  // namespace
}  // namespace matanai::floor
