// The kiosk and its printer: who it is, what it confirms, how much paper it has, and who is told.
#include <gmock/gmock.h>

#include "tests/unit/kiosk/world.hpp"

namespace matanai::kiosk::testing {
namespace {

using printer::emulator::Family;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

constexpr std::string_view kUsed = "SELECT value FROM kept WHERE name = 'paper_used_mm'";
constexpr std::string_view kCopies = "SELECT is_copy FROM print_job ORDER BY message_id, attempt";

class KioskPrinterTest : public ::testing::Test {
 protected:
  void be(Family family) {
    printer::emulator::ServerOptions options;
    options.device.dialect = family;
    world.printer =
        std::make_unique<printer::emulator::Server>(world.outside.get_executor(), options);
  }
  void print(const std::string& press) {
    const auto answer = world.walk_in(press).value();
    world.until([&] { return world.paper_of(answer.message_id) == PaperState::printed; },
                "the paper");
    world.until([&] { return world.kiosk().prints().is_idle(); }, "the paper to be counted");
  }
  // What the journal has, with the kiosk off; it is on again afterwards.
  std::int64_t used_mm() {
    world.pull_plug();
    const auto rows = world.rows(kUsed);
    world.turn_on_and_wait();
    return rows.empty() ? -1 : std::stoll(rows.front());
  }

  const PrinterReport& told() { return world.office->reports.back(); }
  void until_told(PrinterState state) {
    world.until([&] { return !world.office->reports.empty() && told().state == state; },
                "the server to be told");
  }

  World world;
};

TEST_F(KioskPrinterTest, StaffSeeWhoItIsAndWhatItConfirms) {
  world.turn_on_and_wait();
  const auto screen = world.kiosk().screen();
  EXPECT_EQ(screen.printer_model, "TM-m30");
  EXPECT_EQ(screen.printer_confirms, "printed");
  EXPECT_EQ(screen.printer_mode, "image");
  EXPECT_EQ(screen.paper_metres, 80);
}

TEST_F(KioskPrinterTest, APrinterWithoutIdentityConfirmsLess) {
  be(Family::epson_old);
  world.turn_on_and_wait();
  EXPECT_EQ(world.kiosk().screen().printer_confirms, "processed");
}

TEST_F(KioskPrinterTest, APrinterOfTheOtherLanguageIsFound) {
  be(Family::star);
  world.turn_on_and_wait();
  print("press-0001");
  EXPECT_EQ(world.printer->cut_count(), 1);
  EXPECT_EQ(world.printer->device().unknown_commands(), 0);
  EXPECT_EQ(world.kiosk().screen().printer_confirms, "printed");
}

TEST_F(KioskPrinterTest, ThePaperUsedOutlivesARestartUntilTheRollIsChanged) {
  world.turn_on_and_wait();
  print("press-0001");
  EXPECT_EQ(world.kiosk().screen().paper_metres, 79);
  const auto used = used_mm();
  EXPECT_GT(used, 50);
  print("press-0002");
  EXPECT_GT(used_mm(), used);
  EXPECT_EQ(world.kiosk().screen().paper_metres, 79);

  world.set_paper_out(true);
  world.until([&] { return !world.kiosk().screen().can_print; }, "the kiosk to notice");
  world.set_paper_out(false);
  world.until([&] { return world.kiosk().screen().can_print; }, "the new roll");
  world.until([&] { return world.kiosk().screen().paper_metres == 80; }, "the count anew");
}

TEST_F(KioskPrinterTest, TheServerIsToldOfEveryChangeAndNothingRingsHere) {
  world.turn_on_and_wait();
  until_told(PrinterState::ready);
  EXPECT_EQ(told().model, "TM-m30");
  EXPECT_EQ(told().confirms, ConfirmStrength::printed);
  EXPECT_EQ(told().paper_metres, 80);
  EXPECT_LE(told().since, world.office->now + std::chrono::minutes(1));

  world.set_fault(&printer::emulator::Faults::near_end, true);
  until_told(PrinterState::paper_near_end);
  print("press-0001");
  world.until([&] { return told().paper_metres == 79; }, "the metres");
  EXPECT_EQ(told().state, PrinterState::paper_near_end);
  world.set_paper_out(true);
  until_told(PrinterState::paper_out);
  EXPECT_THAT(world.office->calls(), IsEmpty());
  EXPECT_EQ(world.call_stage(), "");
}

TEST_F(KioskPrinterTest, WhatTheServerMissedIsToldWhenItIsBackAndAsItBegan) {
  world.turn_on_and_wait();
  until_told(PrinterState::ready);
  world.office->loses_questions = true;
  world.set_paper_out(true);
  world.until([&] { return !world.kiosk().screen().can_print; }, "the kiosk to notice");
  EXPECT_EQ(told().state, PrinterState::ready);
  world.office->loses_questions = false;
  until_told(PrinterState::paper_out);

  const auto first = told();
  world.restart_office();
  until_told(PrinterState::paper_out);
  EXPECT_EQ(told(), first);
  EXPECT_EQ(world.office->reports.size(), 1U);
}

TEST_F(KioskPrinterTest, AReportThatTheServerDoesNotTakeIsNotRepeated) {
  world.office->refuses = Refusal(RefusalCode::forbidden);
  world.turn_on_and_wait();
  world.until([&] { return world.office->refused_reports == 1; }, "the report");
  world.office->refuses.reset();
  world.set_paper_out(true);
  until_told(PrinterState::paper_out);
  EXPECT_EQ(world.office->reports.size(), 1U);
}

TEST_F(KioskPrinterTest, ATicketThatHangsAtTheBladeIsCutBeforeTheNextAlsoAfterACrash) {
  world.turn_on_and_wait();
  world.printer->load_script(printer::emulator::parse_script("row 100 jam_before_blade"));
  print("press-0001");
  EXPECT_EQ(world.printer->cut_count(), 0);
  world.pull_plug();
  world.printer->set_faults({});
  world.turn_on_and_wait();
  print("press-0002");
  ASSERT_EQ(world.printer->cut_count(), 2) << "each number on a piece of its own";
  const auto& papers = world.printer->papers();
  EXPECT_EQ(papers.back().bitmap.height(), papers.front().bitmap.height());

  world.pull_plug();
  world.turn_on_and_wait();
  print("press-0003");
  EXPECT_EQ(world.printer->cut_count(), 3) << "nothing hangs out any more";
}

TEST_F(KioskPrinterTest, AnAnswerThatNeverComesIsAskedAboutAndACopyIsMarked) {
  world.pace.printer.confirm = std::chrono::milliseconds(20);
  world.pace.printer.hello = std::chrono::milliseconds(100);
  world.pace.printer.slowest_mm_per_s = 10'000;
  world.turn_on_and_wait();
  // It prints on and cuts, but no answer arrives for a while.
  world.printer->load_script(printer::emulator::parse_script("row 300 silent 1s"));
  const auto answer = world.walk_in("press-0001").value();
  world.until([&] { return world.kiosk().screen().question.has_value(); }, "the question");
  EXPECT_EQ(world.kiosk().screen().question->message_id, answer.message_id);
  EXPECT_EQ(world.printer->cut_count(), 1);
  world.until([&] { return !world.printer->faults().silent; }, "the printer to answer again");

  world.answer_print(answer.message_id, false);
  world.until([&] { return world.paper_of(answer.message_id) == PaperState::printed; }, "the copy");
  EXPECT_EQ(world.printer->cut_count(), 2);
  EXPECT_EQ(world.office->given().size(), 1U) << "the same number";
  world.pull_plug();
  EXPECT_THAT(world.rows(kCopies), ElementsAre("0", "1"));
}

}  // namespace
}  // namespace matanai::kiosk::testing
