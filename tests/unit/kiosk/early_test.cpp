// Too early for a reservation: an earlier time, or a ticket that gives it up. Both must survive a
// crash with the same message.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "schema/types/codes.hpp"
#include "tests/unit/kiosk/world.hpp"

namespace matanai::kiosk::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

const std::string kCode = make_reservation_code(4827193).value;
constexpr std::string_view kSecrets =
    "SELECT message_id FROM ticket_request WHERE code IS NOT NULL OR token IS NOT NULL";

CheckIn earlier(std::string time = "09:15") { return {kCode, {}, "ja", std::move(time)}; }

bool has_value(const Refusal& refusal, const std::string& name, const std::string& value) {
  for (const auto& [key, held] : refusal.values) {
    if (key == name) return held == value;
  }
  return false;
}

class KioskEarlyTest : public ::testing::Test {
 protected:
  World world;
};

TEST_F(KioskEarlyTest, AnEarlierTimeIsMovedToAndCheckedIn) {
  world.turn_on_and_wait();
  const auto answer = world.check_in(earlier()).value();
  EXPECT_EQ(answer.ticket.number, "A001");
  ASSERT_EQ(world.office->moves.size(), 1U);
  EXPECT_EQ(world.office->moves[0],
            answer.message_id + R"(.move {"code":")" + kCode + R"(","time":"09:15"})");
  EXPECT_THAT(world.office->last_body, HasSubstr(answer.message_id));
  world.until([&] { return world.printer->cut_count() == 1; }, "the paper");
}

TEST_F(KioskEarlyTest, ATimeThatIsGoneTakesNoNumber) {
  world.office->refuses_to_move =
      Refusal(RefusalCode::slot_full).with("slot", "11:30").with("earlier1", "10:45");
  world.turn_on_and_wait();
  const auto answer = world.check_in(earlier());
  ASSERT_TRUE(answer.has_error());
  EXPECT_EQ(answer.error().code, RefusalCode::slot_full);
  EXPECT_TRUE(has_value(answer.error(), "earlier1", "10:45"));
  EXPECT_EQ(world.office->questions(), 0) << "nobody was checked in";
  world.pull_plug();
  EXPECT_THAT(world.rows(kSecrets), IsEmpty());
}

TEST_F(KioskEarlyTest, StillTooEarlyForTheNewTimeSaysThatItWasMoved) {
  world.office->refuses = Refusal(RefusalCode::check_in_too_early).with("slot", "11:00");
  world.turn_on_and_wait();
  const auto answer = world.check_in(earlier("11:00"));
  ASSERT_TRUE(answer.has_error());
  EXPECT_EQ(answer.error().code, RefusalCode::check_in_too_early);
  EXPECT_TRUE(has_value(answer.error(), "slot", "11:00"));
  EXPECT_TRUE(has_value(answer.error(), "moved", "true"));
}

TEST_F(KioskEarlyTest, TheSamePressIsRefusedWithTheSameTimesAlsoAfterACrash) {
  world.office->refuses = Refusal(RefusalCode::check_in_too_early)
                              .with("slot", "11:30")
                              .with("from", "11:15")
                              .with("earlier1", "10:45");
  world.turn_on_and_wait();
  const CheckIn asked{kCode, {}, "ja", {}};
  const auto first = world.check_in(asked);
  ASSERT_TRUE(first.has_error());
  world.pull_plug();
  world.turn_on_and_wait();
  const auto again = world.check_in(asked);
  ASSERT_TRUE(again.has_error());
  EXPECT_EQ(again.error().code, first.error().code);
  EXPECT_EQ(again.error().values, first.error().values);
  EXPECT_EQ(world.office->questions(), 1) << "asked once";
}

TEST_F(KioskEarlyTest, AMoveWithoutAnswerIsAskedAgainAfterACrash) {
  world.office->loses_questions = true;
  world.turn_on_and_wait();
  ASSERT_TRUE(world.check_in(earlier()).has_error());
  world.pull_plug();
  ASSERT_FALSE(world.office->moves.empty());
  const auto asked = world.office->moves.front();
  world.office->moves.clear();

  world.office->loses_questions = false;
  world.turn_on_and_wait();
  world.until([&] { return world.printer->cut_count() == 1; }, "the paper");
  EXPECT_THAT(world.office->moves, ElementsAre(asked));
  EXPECT_EQ(world.office->given().size(), 1U);
  world.pull_plug();
  EXPECT_THAT(world.rows(kSecrets), IsEmpty());
}

TEST_F(KioskEarlyTest, ATicketInsteadNamesTheReservationThatItGivesUp) {
  world.turn_on_and_wait();
  ASSERT_TRUE(world.walk_in("press-0001", ReservationKey{kCode, {}}).has_value());
  EXPECT_THAT(world.office->last_body, HasSubstr(R"("gives_up":{"code":")" + kCode + R"("})"));
  ASSERT_TRUE(world.walk_in("press-0002").has_value());
  EXPECT_THAT(world.office->last_body, Not(HasSubstr("gives_up")));
}

TEST_F(KioskEarlyTest, ATicketInsteadIsAskedForAgainWithTheReservationAfterACrash) {
  world.office->loses_questions = true;
  world.turn_on_and_wait();
  ASSERT_TRUE(world.walk_in("press-0001", ReservationKey{kCode, {}}).has_error());
  const auto asked = world.office->last_body;
  world.pull_plug();

  world.office->loses_questions = false;
  world.turn_on_and_wait();
  world.until([&] { return world.printer->cut_count() == 1; }, "the paper");
  EXPECT_EQ(world.office->last_body, asked);
  world.pull_plug();
  EXPECT_THAT(world.rows(kSecrets), IsEmpty());
}

TEST_F(KioskEarlyTest, MalformedWishesAreToldWithoutTheServer) {
  world.turn_on_and_wait();
  const auto time = world.check_in(earlier("9 o'clock"));
  ASSERT_TRUE(time.has_error());
  EXPECT_EQ(time.error().fields.at(0).pointer, "/move_to");
  const auto nothing = world.walk_in("press-0002", ReservationKey{});
  ASSERT_TRUE(nothing.has_error());
  EXPECT_EQ(nothing.error().fields.at(0).pointer, "/gives_up/code");
  EXPECT_EQ(world.office->questions(), 0);
}

}  // namespace
}  // namespace matanai::kiosk::testing
