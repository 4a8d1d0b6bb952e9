// The whole kiosk against an instructed office server and the virtual printer.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "schema/types/codes.hpp"
#include "tests/unit/kiosk/world.hpp"

namespace matanai::kiosk::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

constexpr std::string_view kKinds = "SELECT kind FROM kiosk_event ORDER BY seq";
constexpr std::string_view kGaps = R"(
  SELECT 'gap before ' || seq
  FROM kiosk_event AS event
  WHERE seq > 1 AND NOT EXISTS (SELECT 1 FROM kiosk_event AS before
                                WHERE before.epoch = event.epoch AND before.seq = event.seq - 1))";
constexpr std::string_view kStates =
    "SELECT state FROM ticket_request ORDER BY created_at, message_id";
constexpr std::string_view kJobs = R"(
  SELECT attempt || ' ' || state || iif(is_copy, ' copy', '')
  FROM print_job
  ORDER BY message_id, attempt)";
// As on a full disk: the end of a print cannot be stored until "has_room" is kept.
constexpr std::string_view kNoOutcomes = R"(
  CREATE TRIGGER no_outcomes BEFORE UPDATE OF state ON print_job
  WHEN NEW.state <> 'sending' AND NOT EXISTS (SELECT 1 FROM kept WHERE name = 'has_room')
  BEGIN
    SELECT RAISE(ABORT, 'no room');
  END)";
constexpr std::string_view kSecrets =
    "SELECT code FROM ticket_request WHERE code IS NOT NULL OR token IS NOT NULL";

std::string value_of(const Refusal& refusal, const std::string& name) {
  for (const auto& [key, value] : refusal.values) {
    if (key == name) return value;
  }
  return {};
}

class KioskTest : public ::testing::Test {
 protected:
  // Given, and on its way to a printer that is slow to print.
  std::string give_and_pull_plug_while_printing() {
    auto faults = world.printer->faults();
    faults.slow = true;
    world.office->when_given = [this, faults] { world.printer->set_faults(faults); };
    world.turn_on_and_wait();
    const auto answer = world.walk_in().value();
    world.until([&] { return world.paper_of(answer.message_id) == PaperState::printing; },
                "bytes on their way");
    world.pull_plug();
    world.office->when_given = nullptr;
    world.printer->power_cycle();
    world.printer->set_faults({});
    return answer.message_id;
  }

  World world;
};

TEST_F(KioskTest, ANumberIsShownBeforeItsPaperAndThenPrintedOnce) {
  world.turn_on_and_wait();
  const auto answer = world.walk_in().value();
  EXPECT_EQ(answer.ticket.number, "A001");
  EXPECT_EQ(answer.paper, PaperState::issued);
  world.until([&] { return world.paper_of(answer.message_id) == PaperState::printed; },
              "the paper");
  EXPECT_EQ(world.printer->cut_count(), 1);
  world.pull_plug();
  EXPECT_THAT(world.rows(kKinds),
              ElementsAre("requested", "issued", "print_sending", "print_sent", "print_confirmed"));
  EXPECT_THAT(world.rows(kGaps), IsEmpty());
}

TEST_F(KioskTest, ARequestNamesTheDeviceAndItsMessageId) {
  world.turn_on_and_wait();
  const auto answer = world.walk_in().value();
  EXPECT_EQ(world.office->given().front().first, answer.message_id);
  EXPECT_EQ(answer.message_id.size(), 26U);
  EXPECT_NE(world.office->last_body.find(R"("issuer":"kokurakita-kiosk-1")"), std::string::npos);
}

TEST_F(KioskTest, WithoutPaperNoNumberIsTaken) {
  world.turn_on_and_wait();
  world.set_paper_out(true);
  world.until([&] { return !world.kiosk().screen().can_print; }, "the kiosk to notice");
  const auto answer = world.walk_in();
  ASSERT_TRUE(answer.has_error());
  EXPECT_EQ(answer.error().code, RefusalCode::printer_not_ready);
  EXPECT_EQ(value_of(answer.error(), "state"), "paper_out");
  EXPECT_TRUE(world.office->given().empty());
}

TEST_F(KioskTest, PaperThatEndsAfterTheNumberIsMadeUpForLater) {
  world.turn_on_and_wait();
  world.office->when_given = [this] { world.set_paper_out(true); };
  const auto answer = world.walk_in().value();
  EXPECT_EQ(answer.ticket.number, "A001");
  world.until([&] { return world.paper_of(answer.message_id) == PaperState::print_failed; },
              "the print to fail");
  world.until([&] { return world.call_stage() == "told"; }, "the counters to be told");
  EXPECT_EQ(world.office->calls().size(), 1U);
  EXPECT_EQ(world.printer->cut_count(), 0);

  world.set_paper_out(false);
  world.until([&] { return world.paper_of(answer.message_id) == PaperState::printed; },
              "the paper");
  EXPECT_EQ(world.printer->cut_count(), 1);
  EXPECT_EQ(world.office->given().size(), 1U);
  world.pull_plug();
  EXPECT_THAT(world.rows(kJobs), ElementsAre("1 failed", "2 confirmed"));
}

TEST_F(KioskTest, ALostAnswerIsAskedForAgainWithTheSameMessageId) {
  world.office->lost_answers = 1;
  world.turn_on_and_wait();
  const auto answer = world.walk_in().value();
  EXPECT_EQ(answer.ticket.number, "A001");
  EXPECT_EQ(world.office->questions(), 2);
  EXPECT_EQ(world.office->given().size(), 1U);
}

TEST_F(KioskTest, ALostAnswerAndThenNoRoomForAConnectionIsStillOneNumber) {
  world.office->lost_answers = 1;
  world.office->when_given = [&] {
    world.office->turns_away = Refusal(RefusalCode::too_many_connections);
  };
  world.turn_on_and_wait();
  const auto answer = world.walk_in().value();
  EXPECT_EQ(answer.ticket.number, "A001");
  EXPECT_EQ(world.office->questions(), 3);
  EXPECT_EQ(world.office->given().size(), 1U);
  world.until([&] { return world.printer->cut_count() == 1; }, "the paper");
}

TEST_F(KioskTest, ALostAnswerIsNotForgottenWhenTheLastTryIsTurnedAway) {
  world.pace.desk.tries = 2;
  world.office->lost_answers = 1;
  world.office->when_given = [&] {
    world.office->turns_away = Refusal(RefusalCode::storage_unavailable);
  };
  world.turn_on_and_wait();
  const auto answer = world.walk_in();
  ASSERT_TRUE(answer.has_error());
  EXPECT_EQ(value_of(answer.error(), "sent"), "true") << "a paper may come";
}

TEST_F(KioskTest, ANumberWhoseAnswerWasLostIsPrintedWhenItComes) {
  world.pace.desk.tries = 1;
  world.office->lost_answers = 1;
  world.turn_on_and_wait();
  const auto answer = world.walk_in();
  ASSERT_TRUE(answer.has_error());
  EXPECT_EQ(answer.error().code, RefusalCode::server_unreachable);
  EXPECT_EQ(value_of(answer.error(), "sent"), "true");
  world.until([&] { return world.printer->cut_count() == 1; },
              "the paper of the number that was given");
  EXPECT_EQ(world.office->given().size(), 1U);
}

TEST_F(KioskTest, ARequestWithoutAnswerOutlivesACrash) {
  world.office->loses_questions = true;
  world.turn_on_and_wait();
  ASSERT_TRUE(world.walk_in().has_error());
  world.pull_plug();
  const auto asked = world.rows("SELECT message_id FROM ticket_request");
  ASSERT_EQ(asked.size(), 1U);

  world.office->loses_questions = false;
  world.turn_on_and_wait();
  world.until([&] { return world.printer->cut_count() == 1; }, "the paper");
  ASSERT_EQ(world.office->given().size(), 1U);
  EXPECT_EQ(world.office->given().front().first, asked.front());
}

TEST_F(KioskTest, APrintThatFailedBeforeACrashIsMadeUpForAfterItWithoutAMark) {
  world.turn_on_and_wait();
  world.office->when_given = [this] { world.set_paper_out(true); };
  const auto answer = world.walk_in().value();
  world.until([&] { return world.paper_of(answer.message_id) == PaperState::print_failed; },
              "the print to fail");
  world.pull_plug();
  world.set_paper_out(false);
  world.turn_on_and_wait();
  world.until([&] { return world.paper_of(answer.message_id) == PaperState::printed; },
              "the paper");
  EXPECT_EQ(world.printer->cut_count(), 1);
  world.pull_plug();
  EXPECT_THAT(world.rows(kJobs), ElementsAre("1 failed", "2 confirmed"));
}

TEST_F(KioskTest, APrintInterruptedByACrashIsAskedAboutAndNotRepeatedByItself) {
  const auto message_id = give_and_pull_plug_while_printing();
  world.turn_on_and_wait();
  const auto question = world.kiosk().screen().question;
  ASSERT_TRUE(question.has_value());
  EXPECT_EQ(question->message_id, message_id);
  EXPECT_EQ(question->number, "A001");
  const auto cut_before = world.printer->cut_count();
  // Another visitor's ticket goes through the same queue: the one in question is passed over.
  const auto next = world.walk_in("press-0002").value();
  world.until([&] { return world.paper_of(next.message_id) == PaperState::printed; },
              "the next paper");
  EXPECT_EQ(world.printer->cut_count(), cut_before + 1);
  EXPECT_EQ(world.paper_of(message_id), PaperState::print_unknown);
}

TEST_F(KioskTest, ItDidNotComeOutPrintsACopy) {
  const auto message_id = give_and_pull_plug_while_printing();
  world.turn_on_and_wait();
  world.answer_print(message_id, false);
  world.until([&] { return world.paper_of(message_id) == PaperState::printed; }, "the copy");
  EXPECT_FALSE(world.kiosk().screen().question.has_value());
  world.pull_plug();
  EXPECT_THAT(world.rows(kJobs), ElementsAre("1 unknown", "2 confirmed copy"));
}

TEST_F(KioskTest, ItCameOutPrintsNothing) {
  const auto message_id = give_and_pull_plug_while_printing();
  world.turn_on_and_wait();
  const auto cut_before = world.printer->cut_count();
  world.answer_print(message_id, true);
  EXPECT_EQ(world.paper_of(message_id), PaperState::printed);
  const auto next = world.walk_in("press-0002").value();
  world.until([&] { return world.paper_of(next.message_id) == PaperState::printed; },
              "the next paper");
  EXPECT_EQ(world.printer->cut_count(), cut_before + 1);
  world.pull_plug();
  EXPECT_THAT(world.rows(kStates), ElementsAre("printed", "printed"));
}

TEST_F(KioskTest, AnOutcomeThatTheJournalDidNotTakeIsWrittenDownLater) {
  world.turn_on_and_wait();
  world.pull_plug();
  world.tamper(kNoOutcomes);
  world.turn_on_and_wait();
  const auto answer = world.walk_in().value();
  world.until([&] { return world.printer->cut_count() == 1 && world.kiosk().prints().is_idle(); },
              "the print to end");
  EXPECT_EQ(world.paper_of(answer.message_id), PaperState::printing);
  ASSERT_TRUE(world.run(world.kiosk().journal().keep("has_room", "")).has_value());
  world.until([&] { return world.paper_of(answer.message_id) == PaperState::printed; },
              "the outcome");
  EXPECT_EQ(world.printer->cut_count(), 1);
  EXPECT_FALSE(world.kiosk().screen().question.has_value());
}

TEST_F(KioskTest, APrintInDoubtThatTheJournalDidNotTakeIsAskedAboutLater) {
  world.turn_on_and_wait();
  world.pull_plug();
  world.tamper(kNoOutcomes);
  world.pace.printer.confirm = std::chrono::milliseconds(20);
  world.pace.printer.hello = std::chrono::milliseconds(100);
  world.pace.printer.slowest_mm_per_s = 10'000;
  world.turn_on_and_wait();
  world.printer->load_script(printer::emulator::parse_script("row 300 silent"));
  const auto answer = world.walk_in().value();
  world.until([&] { return world.paper_of(answer.message_id) == PaperState::printing; },
              "bytes on their way");
  world.until([&] { return world.kiosk().prints().is_idle(); }, "the print to end");
  EXPECT_FALSE(world.kiosk().screen().question.has_value());
  ASSERT_TRUE(world.run(world.kiosk().journal().keep("has_room", "")).has_value());
  world.until([&] { return world.kiosk().screen().question.has_value(); }, "the question");
  EXPECT_EQ(world.kiosk().screen().question->message_id, answer.message_id);
}

TEST_F(KioskTest, ARequestThatNeverReachedTheServerIsGivenUpAndNeverIssued) {
  world.office->loses_questions = true;
  world.turn_on_and_wait();
  ASSERT_TRUE(world.walk_in().has_error());
  ASSERT_TRUE(
      world.check_in({make_reservation_code(4827193).value, std::nullopt, "ja", {}}, "press-0002")
          .has_error());
  const auto given_up_at = world.office->now + kAsksAgainFor + std::chrono::minutes(1);
  world.office->now = given_up_at;
  world.office->publish_board(5);
  world.until([&] { return world.kiosk().screen().now >= given_up_at; }, "three minutes");
  EXPECT_TRUE(world.run(world.kiosk().journal().open_work()).value().unanswered.empty());

  world.office->loses_questions = false;
  const auto again = world.walk_in();
  ASSERT_TRUE(again.has_error());
  EXPECT_EQ(again.error().code, RefusalCode::server_unreachable);
  const auto other = world.walk_in("press-0003").value();
  ASSERT_EQ(world.office->given().size(), 1U);
  EXPECT_EQ(world.office->given().front().first, other.message_id);
  world.pull_plug();
  EXPECT_THAT(world.rows("SELECT kind FROM kiosk_event WHERE kind = 'given_up'"),
              ElementsAre("given_up", "given_up"));
  EXPECT_THAT(world.rows(kSecrets), IsEmpty());
}

TEST_F(KioskTest, AJournalThatCannotBeReadEndsTheProgram) {
  world.office->loses_questions = true;
  world.turn_on_and_wait();
  ASSERT_TRUE(world.walk_in().has_error());
  EXPECT_EQ(world.kiosk().fatal(), "");
  world.pull_plug();
  world.tamper("UPDATE ticket_request SET day = 'no day'");
  world.turn_on();
  world.until([&] { return !world.kiosk().fatal().empty(); }, "the program to end");
  EXPECT_NE(world.kiosk().fatal().find("the loop that"), std::string::npos);
}

TEST_F(KioskTest, TheSamePressTwiceIsOneNumber) {
  world.turn_on_and_wait();
  const auto first = world.walk_in("press-0001").value();
  const auto second = world.walk_in("press-0001").value();
  EXPECT_EQ(first.ticket.number, second.ticket.number);
  EXPECT_EQ(world.office->given().size(), 1U);
}

TEST_F(KioskTest, ARefusalComesThroughWithItsFactsAndLeavesNoSecretBehind) {
  world.office->refuses =
      Refusal(RefusalCode::check_in_too_early).with("slot", "11:30").with("from", "11:15");
  world.turn_on_and_wait();
  const auto code = make_reservation_code(4827193).value;
  const auto answer = world.check_in({code, std::nullopt, "en", {}});
  ASSERT_TRUE(answer.has_error());
  EXPECT_EQ(answer.error().code, RefusalCode::check_in_too_early);
  EXPECT_EQ(value_of(answer.error(), "from"), "11:15");
  world.pull_plug();
  EXPECT_THAT(world.rows(kStates), ElementsAre("refused"));
  EXPECT_THAT(world.rows(kSecrets), IsEmpty());
}

TEST_F(KioskTest, AWrongCheckDigitIsToldWithoutTheServer) {
  world.turn_on_and_wait();
  auto code = make_reservation_code(4827193).value;
  code.back() = code.back() == '0' ? '1' : '0';
  const auto answer = world.check_in({code, std::nullopt, "ja", {}});
  ASSERT_TRUE(answer.has_error());
  EXPECT_EQ(answer.error().code, RefusalCode::invalid_fields);
  EXPECT_EQ(world.office->questions(), 0);
}

TEST_F(KioskTest, WithoutTheServerNothingIsWrittenThatCouldBecomeANumberLater) {
  world.turn_on_and_wait();
  world.stop_office();
  world.until([&] { return !world.kiosk().screen().server_up; }, "the kiosk to notice");
  const auto answer = world.walk_in();
  ASSERT_TRUE(answer.has_error());
  EXPECT_EQ(answer.error().code, RefusalCode::server_unreachable);
  EXPECT_EQ(value_of(answer.error(), "sent"), "");
  world.pull_plug();
  EXPECT_THAT(world.rows(kStates), IsEmpty());
}

TEST_F(KioskTest, TheOfficeIsRememberedWhenTheServerIsAwayAtTheStart) {
  world.turn_on_and_wait();
  world.until([&] { return world.kiosk().link().office_version() > 0; }, "the office");
  world.pull_plug();
  world.stop_office();
  world.turn_on();
  EXPECT_NE(world.kiosk().link().office_json().find("name in ja"), std::string::npos);
  EXPECT_EQ(world.kiosk().link().device_id(), "kokurakita-kiosk-1");
  EXPECT_FALSE(world.kiosk().screen().server_up);
}

TEST_F(KioskTest, TheScreenSaysWhoWaitsAndThatTheClockIsADemo) {
  world.turn_on_and_wait();
  world.office->publish_board(7);
  world.until(
      [&] {
        const auto screen = world.kiosk().screen();
        return screen.waiting.size() == 1 && screen.waiting.front().waiting == 7;
      },
      "the board");
  EXPECT_TRUE(world.kiosk().screen().is_demo);
  EXPECT_EQ(local_day(world.kiosk().screen().now), local_day(world.office->now));
}

}  // namespace
}  // namespace matanai::kiosk::testing
