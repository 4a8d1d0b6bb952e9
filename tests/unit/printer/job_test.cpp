// One ticket against a printer that fails in one way each: what may be said of it afterwards.
#include <gmock/gmock.h>

#include "tests/unit/printer/job_fixture.hpp"

namespace matanai::printer::job {
namespace {

using ::testing::ElementsAre;
using enum JobState;

TEST_F(JobTest, IsConfirmedByItsLastMark) {
  start();
  const auto outcome = print();
  EXPECT_EQ(outcome.state, confirmed) << outcome.detail;
  EXPECT_EQ(outcome.strength, ConfirmStrength::printed);
  EXPECT_TRUE(outcome.is_cut);
  EXPECT_EQ(printer_->confirm_method(), ConfirmMethod::epson_process_id);
  EXPECT_THAT(journal_.states, ElementsAre(sending, sent, confirmed));
  EXPECT_FALSE(journal_.has_rest);
  EXPECT_EQ(printer_->paper().used_mm, 37 + 15);
}

TEST_F(JobTest, PaperEndInTheMiddleFails) {
  start();
  epson_.on_mark = [this](int mark) {
    if (mark == 1 && journal_.states.size() == 1) {
      epson_.trip(4, 0x7E);
      epson_.mute_from = 1;
    }
  };
  const auto outcome = print();
  EXPECT_EQ(outcome.state, failed) << outcome.detail;
  EXPECT_EQ(outcome.printer, PrinterState::paper_out);
}

TEST_F(JobTest, AFaultWithinTheLowestBandIsUnknown) {
  start();
  ASSERT_EQ(status(), PrinterState::ready);
  epson_.on_mark = [this](int mark) {
    if (mark == 2) epson_.trip(2, 0x16);
  };
  epson_.mute_from = 2;
  const auto outcome = print();
  EXPECT_EQ(outcome.state, unknown) << outcome.detail;
  EXPECT_EQ(outcome.printer, PrinterState::cover_open);
}

TEST_F(JobTest, AJammedCutterLeavesAPrintedTicket) {
  start();
  ASSERT_EQ(status(), PrinterState::ready);
  epson_.on_mark = [this](int mark) {
    if (mark == 3) epson_.trip(3, 0x1A);
  };
  epson_.mute_from = 3;
  const auto outcome = print();
  EXPECT_EQ(outcome.state, confirmed) << outcome.detail;
  EXPECT_FALSE(outcome.is_cut);
  EXPECT_TRUE(journal_.has_rest) << "it hangs at the blade, also for the next process";
  EXPECT_EQ(outcome.printer, PrinterState::cutter_error);
}

TEST_F(JobTest, AFaultIsUnknownWhenTheBufferMayStillHoldTheTicket) {
  start();
  ASSERT_EQ(status(), PrinterState::ready);
  epson_.on_mark = [this](int) { epson_.trip(4, 0x7E); };
  epson_.mute_from = 1;
  epson_.answers_clear = false;
  EXPECT_EQ(print().state, unknown);
}

TEST_F(JobTest, WithoutIdentityItIsProcessed) {
  epson_.has_identity = false;
  start();
  const auto outcome = print();
  EXPECT_EQ(outcome.state, confirmed) << outcome.detail;
  EXPECT_EQ(outcome.strength, ConfirmStrength::processed);
  EXPECT_EQ(printer_->confirm_method(), ConfirmMethod::paper_sensor);
}

TEST_F(JobTest, WithoutIdentityAFaultAfterParsingIsUnknown) {
  epson_.has_identity = false;
  start();
  ASSERT_EQ(status(), PrinterState::ready);
  epson_.on_mark = [this](int mark) {
    if (mark == 3) epson_.trip(4, 0x7E);
  };
  EXPECT_EQ(print().state, unknown);
}

TEST_F(JobTest, APrinterThatConfirmsNothingIsOnlySent) {
  epson_.answers_marks = false;
  start();
  const auto outcome = print();
  EXPECT_EQ(printer_->confirm_method(), ConfirmMethod::none);
  EXPECT_EQ(outcome.state, confirmed);
  EXPECT_EQ(outcome.strength, ConfirmStrength::sent);
}

TEST_F(JobTest, AOneWayWireIsOnlySent) {
  end().is_two_way = false;
  start();
  auto outcome = print();
  EXPECT_EQ(outcome.state, confirmed);
  EXPECT_EQ(outcome.strength, ConfirmStrength::sent);
  end().port = PortStatus{.is_paper_out = true};
  outcome = print();
  EXPECT_EQ(outcome.state, failed);
  EXPECT_EQ(outcome.printer, PrinterState::paper_out);
  end().port.reset();
  end().can_finish = false;
  EXPECT_EQ(print().state, unknown);
}

TEST_F(JobTest, TheConfirmationCanBeForced) {
  options_.confirm = ConfirmMethod::paper_sensor;
  start();
  EXPECT_EQ(print().strength, ConfirmStrength::processed);
}

TEST_F(JobTest, AfterARestartWhatIsLeftIsClearedAndCutFirst) {
  options_.was_interrupted = true;
  start();
  ASSERT_EQ(print().state, confirmed);
  const auto cleared = find({0x10, 0x14, 0x08});
  const auto cut = find({0x1D, 'V', 'B', 0});
  const auto image = find({0x1D, 'v', '0'});
  EXPECT_LT(cleared, cut);
  EXPECT_LT(cut, image);
  const auto next = end().received.size();
  ASSERT_EQ(print().state, confirmed);
  EXPECT_GT(find({0x1D, 'V', 'B', 0}, next), find({0x1D, 'v', '0'}, next)) << "once only";
}

TEST_F(JobTest, AHalfPictureIsEndedBeforeAnythingElse) {
  options_.was_interrupted = true;
  epson_.answers_clear = false;
  start();
  EXPECT_EQ(status(), PrinterState::ready);
  const auto& all = end().received;
  EXPECT_GE(std::ranges::count(all, 0), static_cast<std::ptrdiff_t>(kBandLimit));
}

TEST_F(JobTest, TheCountBeginsAnewWithANewRoll) {
  options_.paper = {.used_mm = 70'000, .roll_mm = 80'000, .waste_per_cut_mm = 15};
  start();
  EXPECT_EQ(printer_->paper().metres_left(), 10);
  epson_.trip(4, 0x7E);
  EXPECT_EQ(status(), PrinterState::paper_out);
  EXPECT_EQ(printer_->paper().used_mm, 70'000);
  epson_.trip(4, 0x12);
  EXPECT_EQ(status(), PrinterState::ready);
  EXPECT_EQ(printer_->paper().metres_left(), 80);
}

}  // namespace
}  // namespace matanai::printer::job
