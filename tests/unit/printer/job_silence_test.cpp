// One ticket while answers are missing: a printer that waits, a line that breaks, another host.
#include <gmock/gmock.h>

#include "tests/unit/printer/job_fixture.hpp"

namespace matanai::printer::job {
namespace {

using ::testing::ElementsAre;
using enum JobState;

TEST_F(JobTest, LostAnswersAreUnknown) {
  start();
  ASSERT_EQ(status(), PrinterState::ready);
  epson_.answers_marks = false;
  const auto outcome = print();
  EXPECT_EQ(outcome.state, unknown);
  EXPECT_EQ(outcome.detail, "no answer in time");
  EXPECT_THAT(journal_.states, ElementsAre(sending, sent, unknown));
}

// The printer took it, and perhaps more, for dots; or its answer was falsified on the way.
TEST_F(JobTest, AMarkThatIsPassedOverInSilenceIsNoConfirmation) {
  start();
  ASSERT_EQ(status(), PrinterState::ready);
  const auto answer = end().answer;
  end().answer = [&](std::uint8_t byte) {
    auto out = answer(byte);
    if (epson_.marks == 2 && out.size() == 7) out.clear();
    return out;
  };
  const auto outcome = print();
  EXPECT_EQ(outcome.state, unknown);
  EXPECT_EQ(outcome.detail, "a mark was not answered");
}

TEST_F(JobTest, ALineThatBreaksBeforeTheLowestBandFails) {
  start();
  ASSERT_EQ(status(), PrinterState::ready);
  end().breaks_after = end().received.size() + 300;
  const auto outcome = print();
  EXPECT_EQ(outcome.state, failed) << outcome.detail;
  EXPECT_THAT(journal_.states, ElementsAre(sending, failed));
}

TEST_F(JobTest, ALineThatBreaksAtTheFirstByteFails) {
  start();
  ASSERT_EQ(status(), PrinterState::ready);
  const auto asked = end().received.size() + 12;  // the state, once more
  end().breaks_after = asked;
  EXPECT_EQ(print().detail, "no byte was accepted");
  EXPECT_THAT(journal_.states, ElementsAre(sending, failed));
}

TEST_F(JobTest, ALineThatBreaksInTheLowestBandIsUnknownAndTheRestIsThrownAway) {
  start();
  ASSERT_EQ(print().state, confirmed);
  const auto ticket = find({0x1B, '@', 0x1D, 'a'});  // of the ticket, not of the set-up
  const auto begun = find({0x1D, '(', 'H'}, ticket);
  const auto image = find({0x1D, '(', 'H'}, begun + 11);
  ASSERT_LT(image, end().received.size());
  const auto before = end().received.size();
  end().breaks_after = before + 12 + (image - ticket) - 5;
  journal_.states.clear();
  const auto outcome = print();
  EXPECT_EQ(outcome.state, unknown) << outcome.detail;
  EXPECT_THAT(journal_.states, ElementsAre(sending, unknown));
  EXPECT_LT(find({0x10, 0x14, 0x08}, before), end().received.size()) << "cleared";

  const auto next = end().received.size();
  EXPECT_EQ(print().state, confirmed);
  EXPECT_LT(find({0x1D, 'V', 'B', 0}, next), find({0x1D, 'v', '0'}, next)) << "cut, then printed";
}

TEST_F(JobTest, AnAnswerThatComesOnTheNextConnectionConfirms) {
  start();
  ASSERT_EQ(status(), PrinterState::ready);
  Bytes late;
  epson_.mute_from = 3;
  epson_.on_mark = [&](int mark) {
    if (mark != 3) return;
    late = {0x37, 0x22};
    late.insert(late.end(), epson_.tail.end() - 4, epson_.tail.end());
    late.push_back(0);
    end().breaks_after = end().received.size();  // the next question finds the line dead
  };
  const auto answer = end().answer;
  end().answer = [&](std::uint8_t byte) {
    auto out = answer(byte);
    if (end().opened < 2 || late.empty()) return out;
    out.insert(out.end(), late.begin(), late.end());
    late.clear();
    return out;
  };
  const auto outcome = print();
  EXPECT_EQ(end().opened, 2);
  EXPECT_EQ(outcome.state, confirmed) << outcome.detail;
  EXPECT_EQ(outcome.detail, "confirmed late");
}

TEST_F(JobTest, APrinterThatForgotEverythingIsNotWaitedFor) {
  // Nobody waits so long: its answer to the question behind everything ends the waiting.
  options_.timings.confirm = std::chrono::hours(1);
  start();
  ASSERT_EQ(status(), PrinterState::ready);
  epson_.on_mark = [&](int mark) {
    if (mark == 1) epson_.answers_marks = false;
    if (mark == 3) end().breaks_after = end().received.size();
  };
  end().on_open = [this] {
    epson_.answers_marks = true;
    return boost::system::error_code();
  };
  EXPECT_EQ(print().state, unknown);
}

// Off line from this mark on, which it answers when it goes on.
TEST_F(JobTest, APrinterThatWaitsIsWaitedFor) {
  start();
  ASSERT_EQ(status(), PrinterState::ready);
  Bytes answer_to_cut;
  int questions = 0;
  epson_.mute_from = 3;
  epson_.on_mark = [&](int mark) {
    if (mark != 3) return;
    epson_.trip(1, 0x1A);
    answer_to_cut = {0x37, 0x22};
    answer_to_cut.insert(answer_to_cut.end(), epson_.tail.end() - 4, epson_.tail.end());
    answer_to_cut.push_back(0);
  };
  const auto answer = end().answer;
  end().answer = [&](std::uint8_t byte) {
    auto out = answer(byte);
    const bool is_asked = epson_.status[0] == 0x1A && epson_.ends_with({0x10, 0x04, 1});
    // Longer than it would be waited for if it did not say that it waits.
    if (is_asked && ++questions == 200) {
      epson_.trip(1, 0x12);
      out = {0x12};
      out.insert(out.end(), answer_to_cut.begin(), answer_to_cut.end());
    }
    return out;
  };
  const auto outcome = print();
  EXPECT_EQ(outcome.state, confirmed) << outcome.detail;
  EXPECT_TRUE(outcome.is_cut);
  EXPECT_EQ(questions, 200);
}

TEST_F(JobTest, APrinterThatWaitsTooLongIsClearedAndItsTicketFails) {
  options_.timings.pause = std::chrono::milliseconds(100);
  start();
  ASSERT_EQ(status(), PrinterState::ready);
  epson_.mute_from = 1;
  epson_.on_mark = [&](int) { epson_.trip(1, 0x1A); };
  const auto before = end().received.size();
  const auto outcome = print();
  EXPECT_EQ(outcome.state, failed) << outcome.detail;
  EXPECT_EQ(outcome.printer, PrinterState::offline);
  EXPECT_LT(find({0x10, 0x14, 0x08}, before), end().received.size()) << "nothing old comes out";
  const auto refused = end().received.size();
  EXPECT_EQ(print().state, failed);
  EXPECT_EQ(find({0x1D, 'v', '0'}, refused), end().received.size()) << "nothing while it waits";
}

TEST_F(JobTest, APrinterThatWaitsTooLongInTheLowestBandIsAskedAbout) {
  options_.timings.pause = std::chrono::milliseconds(100);
  start();
  ASSERT_EQ(status(), PrinterState::ready);
  epson_.mute_from = 2;
  epson_.on_mark = [&](int mark) {
    if (mark == 2) epson_.trip(1, 0x1A);
  };
  const auto before = end().received.size();
  EXPECT_EQ(print().state, unknown);
  EXPECT_LT(find({0x10, 0x14, 0x08}, before), end().received.size()) << "nothing old comes out";
}

TEST_F(JobTest, SilenceOnASharedLineMeansAnotherHost) {
  epson_.answers_status = false;
  end().is_shared = true;
  start();
  EXPECT_EQ(status(), PrinterState::taken);
  end().is_shared = false;
  EXPECT_EQ(status(), PrinterState::not_answering);
}

TEST_F(JobTest, ABusyPortMeansAnotherHost) {
  end().on_open = [] { return make_error_code(boost::system::errc::device_or_resource_busy); };
  start();
  EXPECT_EQ(status(), PrinterState::taken);
}

TEST_F(JobTest, ARefusalMeansAnotherHostOnlyWhereAPrinterAnsweredBefore) {
  start();
  const auto refuse = [] { return boost::system::error_code(asio::error::connection_refused); };
  end().on_open = refuse;
  EXPECT_EQ(status(), PrinterState::not_answering);
  end().on_open = [] { return boost::system::error_code(); };
  EXPECT_EQ(status(), PrinterState::ready);
  printer_->close();
  end().on_open = refuse;
  EXPECT_EQ(status(), PrinterState::taken);
}

}  // namespace
}  // namespace matanai::printer::job
