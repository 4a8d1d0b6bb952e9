// Calls for staff: told to the counters, or rung here alone, and said as it is.
#include <gmock/gmock.h>

#include "tests/unit/kiosk/world.hpp"

namespace matanai::kiosk::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

class BellTest : public ::testing::Test {
 protected:
  void call(KioskCallReason reason = KioskCallReason::help) {
    ASSERT_TRUE(world.run(world.kiosk().bell().call(reason)).has_value());
  }
  void until(const std::string& stage) {
    world.until([&] { return world.call_stage() == stage; }, ("\"" + stage + "\"").c_str());
  }

  World world;
};

TEST_F(BellTest, TellsTheCountersAndSaysWhenSomebodyComes) {
  world.turn_on_and_wait();
  EXPECT_EQ(world.call_stage(), "");
  call(KioskCallReason::not_found);
  until("told");
  EXPECT_THAT(world.office->last_body, HasSubstr(R"("reason":"not_found")"));
  world.office->answer_call();
  until("coming");
}

TEST_F(BellTest, SaysNothingMoreWhenTheCallIsDropped) {
  world.turn_on_and_wait();
  call();
  until("told");
  world.office->drop_call();
  until("");
  call();
  until("told");
  EXPECT_EQ(world.office->calls().size(), 2U);
}

TEST_F(BellTest, AnotherPressKeepsTheCallUntilItIsAnswered) {
  world.turn_on_and_wait();
  call();
  call();
  until("told");
  call();
  EXPECT_EQ(world.office->calls().size(), 1U);
  world.office->answer_call();
  until("coming");
  call();
  until("told");
  EXPECT_EQ(world.office->calls().size(), 2U);
  world.pull_plug();
  EXPECT_EQ(world.rows("SELECT message_id FROM kiosk_event WHERE kind = 'staff_called'").size(),
            4U);
}

TEST_F(BellTest, ALostAnswerIsAskedForAgainAsTheSameCall) {
  world.office->lost_answers = 2;
  world.turn_on_and_wait();
  call();
  until("told");
  EXPECT_EQ(world.office->calls().size(), 1U);
}

TEST_F(BellTest, RingsAloneWhileTheServerIsAwayAndTellsItLater) {
  world.office->loses_questions = true;
  world.turn_on_and_wait();
  call();
  until("bell");
  world.office->loses_questions = false;
  until("told");
}

TEST_F(BellTest, RingsAloneWhenTheServerRefuses) {
  world.office->refuses = Refusal(RefusalCode::office_closed);
  world.turn_on_and_wait();
  call();
  until("bell");
  const auto asked = world.office->questions();
  world.office->refuses.reset();
  world.walk_in();
  EXPECT_EQ(world.office->questions(), asked + 1) << "the ticket, not the call again";
  EXPECT_EQ(world.call_stage(), "bell");
}

TEST_F(BellTest, EndsWhenNobodyHeardOfIt) {
  world.pace.bell.lasts = std::chrono::milliseconds(30);
  world.office->loses_questions = true;
  world.turn_on_and_wait();
  call();
  until("bell");
  until("");
}

TEST_F(BellTest, WithoutAServerOnlyTheBell) {
  world.turn_on_and_wait();
  world.stop_office();
  world.until([&] { return !world.kiosk().screen().server_up; }, "the line to break");
  call();
  until("bell");
}

}  // namespace
}  // namespace matanai::kiosk::testing
