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

TEST_F(KioskPrinterTest, TheCountersAreToldThatThePaperIsOutAndNothingRingsHere) {
  world.turn_on_and_wait();
  EXPECT_THAT(world.office->calls(), IsEmpty());
  world.set_paper_out(true);
  world.until([&] { return world.office->calls().size() == 1; }, "the counters to be told");
  EXPECT_THAT(world.office->last_body, HasSubstr(R"("reason":"printer")"));
  EXPECT_EQ(world.call_stage(), "");
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
