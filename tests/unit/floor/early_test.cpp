// Too early for a reservation: what is offered, a move to an earlier time, a ticket that gives the
// reservation up. Booking is played by the test.
#include "floor_fixture.hpp"
#include "server/floor/arrival.hpp"

namespace matanai::floor {
namespace {

using namespace std::chrono_literals;

class Early : public FloorTest {
 protected:
  Early() {
    context_.earlier_times = [this](db::Transaction&, const std::string&, Instant) {
      return earlier_;
    };
    // As link does: the new time comes back into `expected` in the same transaction.
    context_.move_earlier = [this](db::Transaction& tx, const std::string& reservation,
                                   TimeOfDay time, Instant now) -> Result<void> {
      if (refusal_) return *refusal_;
      auto expected = find_expected(tx, {code_, {}}, kOffice, local_day(now)).value();
      EXPECT_EQ(expected.reservation, reservation);
      expected.start = instant_at(local_day(now), time);
      store::put_expected(tx, expected);
      return {};
    };
    expect_visit("res1", code_, instant_at(local_day(clock_.now()), TimeOfDay(11h + 30min)));
  }

  Result<MovedReservation> move(const std::string& time) {
    return write<MovedReservation>([=, this](db::Transaction& tx) {
      return move_reservation(tx, context_, kOffice, {code_, {}, time}, clock_.now());
    });
  }
  Result<IssuedTicket> ticket_instead(ReservationKey key, const std::string& message = "m1") {
    TicketRequest request{"kiosk", message, ServiceId("move_in"), {}, {}, std::move(key)};
    return write<IssuedTicket>([=, this](db::Transaction& tx) {
      return issue_ticket(tx, context_, kOffice, request, "kiosk", clock_.now());
    });
  }
  static std::string value_of(const Refusal& refusal, const std::string& name) {
    for (const auto& [key, value] : refusal.values) {
      if (key == name) return value;
    }
    return "none";
  }
  std::string state() {
    return *write<std::string>([this](db::Transaction& tx) -> Result<std::string> {
      return store::expected_by_code(tx, code_).at(0).state;
    });
  }
  // How many events name the reservation that was given up.
  std::int64_t given_up_events() {
    return *write<std::int64_t>([](db::Transaction& tx) -> Result<std::int64_t> {
      return *tx.first(
          "SELECT count(*) FROM floor_event WHERE json_extract(data, '$.given_up') = "
          "'res1'",
          [](const db::Row& row) { return row.integer(0); });
    });
  }

  const std::string code_ = make_reservation_code(4827193).value;
  std::vector<TimeOfDay> earlier_{TimeOfDay(10h + 15min), TimeOfDay(11h)};
  std::optional<Refusal> refusal_;
};

TEST_F(Early, IsToldWhenToComeBackAndWhatIsFreeBefore) {
  const auto refused = check_in_code(code_);
  ASSERT_EQ(code_of(refused), RefusalCode::check_in_too_early);
  EXPECT_EQ(value_of(refused.error(), "from"), "11:15");
  EXPECT_EQ(value_of(refused.error(), "slot"), "11:30");
  EXPECT_EQ(value_of(refused.error(), "service"), "move_in");
  EXPECT_EQ(value_of(refused.error(), "earlier1"), "10:15");
  EXPECT_EQ(value_of(refused.error(), "earlier2"), "11:00");
  EXPECT_EQ(value_of(refused.error(), "earlier3"), "none");
}

TEST_F(Early, MovesToAnEarlierTimeAndChecksInThereByTheSameCode) {
  const auto moved = move("10:15");
  ASSERT_TRUE(moved.has_value());
  EXPECT_EQ(moved->time, "10:15");
  EXPECT_EQ(moved->check_in_from, "10:00");
  const auto ticket = check_in_code(code_);
  ASSERT_TRUE(ticket.has_value());
  EXPECT_EQ(ticket->reserved_for, *parse_instant("2026-11-24T01:15:00Z"));
}

TEST_F(Early, ATimeThatWasTakenComesBackWithTheFreeOnes) {
  refusal_ = RefusalCode::slot_full;
  earlier_ = {TimeOfDay(11h)};
  const auto refused = move("10:15");
  ASSERT_EQ(code_of(refused), RefusalCode::slot_full);
  EXPECT_EQ(value_of(refused.error(), "slot"), "11:30");
  EXPECT_EQ(value_of(refused.error(), "from"), "11:15");
  EXPECT_EQ(value_of(refused.error(), "earlier1"), "11:00");
}

TEST_F(Early, ARefusalThatIsNotAboutTheTimeKeepsItsOwnValues) {
  refusal_ = Refusal(RefusalCode::illegal_move).with("from", "checked_in").with("command", "move");
  const auto refused = move("10:15");
  ASSERT_EQ(code_of(refused), RefusalCode::illegal_move);
  EXPECT_EQ(refused.error().values, refusal_->values);
}

TEST_F(Early, MovesOnlyWhatIsAwaitedHereToday) {
  EXPECT_EQ(code_of(move("25:00")), RefusalCode::invalid_fields);
  const auto unknown = write<MovedReservation>([this](db::Transaction& tx) {
    return move_reservation(tx, context_, kOffice, {"00000000", {}, "10:15"}, clock_.now());
  });
  EXPECT_EQ(code_of(unknown), RefusalCode::check_in_not_found);
  const auto elsewhere = write<MovedReservation>([this](db::Transaction& tx) {
    return move_reservation(tx, context_, OfficeId("moji"), {code_, {}, "10:15"}, clock_.now());
  });
  EXPECT_EQ(code_of(elsewhere), RefusalCode::check_in_other_office);
  ASSERT_TRUE(ticket_instead({code_, {}}).has_value());
  EXPECT_EQ(code_of(move("10:15")), RefusalCode::reservation_cancelled);
}

TEST_F(Early, ATicketInsteadCancelsTheReservationInTheSameStep) {
  const auto ticket = ticket_instead({code_, {}});
  ASSERT_TRUE(ticket.has_value());
  EXPECT_EQ(ticket->number, "A001") << "a walk-in's number";
  EXPECT_FALSE(ticket->reserved_for);
  EXPECT_EQ(state(), "cancelled");
  ASSERT_EQ(attendance_.size(), 1U);
  EXPECT_EQ(attendance_[0].kind, Attendance::Kind::given_up);
  EXPECT_EQ(attendance_[0].reservation, "res1");
  EXPECT_EQ(given_up_events(), 1);
  EXPECT_TRUE(floor_now().expected.empty());
}

TEST_F(Early, TheSameMessageGivesTheFirstTicket) {
  const auto first = ticket_instead({code_, {}});
  const auto again = ticket_instead({code_, {}});
  ASSERT_TRUE(again.has_value());
  EXPECT_EQ(again->id, first->id);
  EXPECT_EQ(attendance_.size(), 1U);
}

TEST_F(Early, WhatIsCancelledAlreadyIsNoMatter) {
  ASSERT_TRUE(ticket_instead({code_, {}}, "m1").has_value());
  const auto second = ticket_instead({code_, {}}, "m2");
  ASSERT_TRUE(second.has_value());
  EXPECT_EQ(second->number, "A002");
  EXPECT_EQ(attendance_.size(), 1U);
  EXPECT_EQ(given_up_events(), 1);
}

TEST_F(Early, WhatIsCheckedInOrUnknownGivesNoTicket) {
  EXPECT_EQ(code_of(ticket_instead({"00000000", {}})), RefusalCode::check_in_not_found);
  EXPECT_EQ(code_of(ticket_instead({})), RefusalCode::check_in_not_found);
  ASSERT_TRUE(move("10:15").has_value());
  ASSERT_TRUE(check_in_code(code_).has_value());
  EXPECT_EQ(code_of(ticket_instead({code_, {}})), RefusalCode::already_checked_in);
  EXPECT_EQ(issue("move_in")->number, "A001") << "no number was used up";
}

TEST_F(Early, ATicketThatIsRefusedKeepsTheReservation) {
  clock_.set(*parse_instant("2026-11-24T14:00:00Z"));  // 23:00
  EXPECT_EQ(code_of(ticket_instead({code_, {}})), RefusalCode::office_not_issuing);
  EXPECT_EQ(state(), "booked");
  EXPECT_TRUE(attendance_.empty());
}

}  // namespace
}  // namespace matanai::floor
