// Faults by script: where they strike, what the printer does then, and how it goes on.
#include <gtest/gtest.h>

#include <sstream>
#include <stdexcept>

#include "printer/emulator/device.hpp"
#include "printer/protocol/escpos.hpp"

namespace matanai::printer::emulator {
namespace {

using namespace std::chrono_literals;

const Bytes kQuestion = {0x1D, '(', 'H', 6, 0, 48, 48, 'a', 'b', 'c', 'd'};
const Bytes kConfirmed = {0x37, 0x22, 'a', 'b', 'c', 'd', 0};
const Bytes kRecover = {0x10, 0x05, 0x01}, kGiveUp = {0x10, 0x05, 0x02};

Bitmap ticket() {
  Bitmap picture(384, 300);
  for (int y = 0; y < 300; ++y) picture.fill(y, y, 20, 1);
  return picture;
}

Bytes job() {
  auto bytes = escpos::encode(ticket()).bytes;
  bytes.insert(bytes.end(), kQuestion.begin(), kQuestion.end());
  return bytes;
}

int status(Device& device, int n) {
  device.take_replies();
  device.receive(escpos::ask_status(n));
  const auto answer = device.take_replies();
  return answer.size() == 1 ? answer[0] : -1;
}

struct Printed {
  explicit Printed(const std::string& script, DeviceOptions options = {.dots = 384})
      : device(options) {
    device.load_script(parse_script(script));
    device.receive(job());
    answers = device.take_replies();
    tickets = device.take_tickets();
  }
  Device device;
  Bytes answers;
  std::vector<Bitmap> tickets;
};

TEST(Script, NamesTheLineThatIsWrong) {
  for (const auto& [text, message] : std::vector<std::pair<std::string, std::string>>{
           {"\n# a note\nrow paper_out", "line 3: \"paper_out\" is no number"},
           {"row 5", "line 1: an action is missing"},
           {"at 5 paper_out", "line 1: \"at\" is no trigger (row byte job cut time now)"},
           {"now fire", "line 1: \"fire\" is no action (they are in emulate --help)"},
           {"row -5 paper_out", "line 1: \"-5\" is no number"},
           {"row 5x paper_out", "line 1: \"5x\" is no number"},
           {"row 99999999999 paper_out",
            "line 1: \"99999999999\" is too large (at most 1000000000)"},
           {"row 99999999999999999999 paper_out",
            "line 1: \"99999999999999999999\" is too large (at most 1000000000)"},
           {"job 0 row 5 paper_out", "line 1: \"0\" is none: it counts from 1"},
           {"cut 0 rst", "line 1: \"0\" is none: it counts from 1"},
           {"now lost_answer 0", "line 1: \"0\" is none: it counts from 1"},
           {"now rst 3s", "line 1: \"rst\" takes neither a time nor a number"},
           {"now cover_close 3s", "line 1: \"cover_close\" takes neither a time nor a number"},
           {"now overheat 3m", "line 1: \"3m\" is no time (500ms, 3s)"},
           {"now overheat 3s 4s", "line 1: \"4s\" is too much"},
           {"job 2 byte 5 rst", "line 1: after job N only row N may stand"},
       }) {
    try {
      parse_script(text);
      ADD_FAILURE() << text;
    } catch (const std::invalid_argument& error) {
      EXPECT_EQ(error.what(), message);
    }
  }
}

TEST(Script, ExplainsEveryActionItKnows) {
  std::istringstream help(script_help());
  int count = 0;
  for (std::string line; std::getline(help, line); ++count) {
    std::istringstream words(line);
    std::string name;
    words >> name;
    EXPECT_EQ(parse_script("now " + name).size(), 1u);
  }
  EXPECT_GE(count, 25);
}

// Stops after exactly this row, wherever the packets end, and keeps the rest.
TEST(Script, RowsOfPaperAreExact) {
  for (const int row : {0, 1, 150, 299, 300, 301, 419}) {
    Printed printed("row " + std::to_string(row) + " paper_out");
    EXPECT_TRUE(printed.tickets.empty());
    EXPECT_TRUE(printed.answers.empty());
    EXPECT_EQ(printed.device.hanging_paper().height(), std::min(row, 300));
    EXPECT_EQ(status(printed.device, 4), 0x72);
    printed.device.set_faults({});
    EXPECT_EQ(printed.device.take_replies(), kConfirmed);
    EXPECT_EQ(printed.device.take_tickets(), std::vector{ticket()}) << row;
  }
}

TEST(Script, JobsAreCountedByTheirPaper) {
  Printed printed("job 2 row 10 cover_open\njob 3 offline");
  EXPECT_EQ(printed.tickets.size(), 1u);
  printed.device.receive(job());
  EXPECT_EQ(printed.device.hanging_paper().height(), 10);
  EXPECT_TRUE(printed.device.faults().cover_open);
  printed.device.set_faults({});
  EXPECT_EQ(printed.device.take_tickets().size(), 1u);
  printed.device.receive(job());
  EXPECT_EQ(printed.device.hanging_paper().height(), 0);
  EXPECT_TRUE(printed.device.faults().offline);
}

TEST(Script, BytesAreExactAndTheRestOfABrokenConnectionIsLost) {
  const auto bytes = job();
  for (const std::size_t at : {std::size_t{1}, bytes.size() / 2, bytes.size() - 1, bytes.size()}) {
    Device one({.dots = 384}), other({.dots = 384});
    const auto script = parse_script("byte " + std::to_string(at) + " rst");
    one.load_script(script);
    one.receive(bytes);
    other.receive(std::span(bytes).first(at));
    EXPECT_EQ(one.take_link_events().size(), 1u);
    EXPECT_EQ(one.hanging_paper(), other.hanging_paper());
    EXPECT_EQ(one.take_tickets(), other.take_tickets());
  }
}

TEST(Script, TimesAndDurationsFollowTheDevicesOwnClock) {
  Device device({.dots = 384});
  device.load_script(parse_script("time 1000 near_end 500ms"));
  device.advance(999ms);
  EXPECT_FALSE(device.faults().near_end);
  device.advance(1ms);
  EXPECT_TRUE(device.faults().near_end);
  EXPECT_EQ(device.next_event(), 1500ms);
  device.advance(500ms);
  EXPECT_FALSE(device.faults().near_end);
  EXPECT_FALSE(device.next_event());
}

TEST(Faults, CoverOpenedWhilePrintingIsAnErrorThatEndsByItself) {
  Printed printed("row 100 cover_open");
  EXPECT_EQ(status(printed.device, 3), 0x52);
  EXPECT_EQ(status(printed.device, 2), 0x56);
  printed.device.set_faults({});
  EXPECT_EQ(status(printed.device, 3), 0x12);
  EXPECT_EQ(printed.device.take_tickets(), std::vector{ticket()});

  Device idle;
  idle.set_faults({.cover_open = true});
  EXPECT_EQ(status(idle, 3), 0x12) << "off line only";
  EXPECT_EQ(status(idle, 1), 0x1A);
}

TEST(Faults, JamBeforeTheBladeLeavesTheTicketUntilTheHostRecovers) {
  for (const bool is_given_up : {false, true}) {
    Printed printed("now jam_before_blade");
    EXPECT_TRUE(printed.tickets.empty());
    EXPECT_TRUE(printed.answers.empty());
    EXPECT_EQ(printed.device.hanging_paper().height(), 300);
    EXPECT_EQ(status(printed.device, 3), 0x1A);
    EXPECT_EQ(status(printed.device, 1), 0x3A) << "waits to be recovered";
    printed.device.receive(kRecover);
    EXPECT_EQ(status(printed.device, 3), 0x1A) << "still jammed";
    printed.device.set_faults({});
    EXPECT_EQ(status(printed.device, 3), 0x1A) << "the error stays when the jam is gone";
    printed.device.receive(is_given_up ? kGiveUp : kRecover);
    EXPECT_EQ(printed.device.take_replies(), is_given_up ? Bytes{} : kConfirmed);
    EXPECT_EQ(printed.device.take_tickets().size(), is_given_up ? 0u : 1u);
    EXPECT_EQ(status(printed.device, 3), 0x12);
  }
}

TEST(Faults, JamAfterTheBladeLetsTheTicketFallAndConfirmsNothing) {
  Printed printed("now jam_after_blade");
  EXPECT_EQ(printed.tickets, std::vector{ticket()});
  EXPECT_TRUE(printed.answers.empty());
  EXPECT_EQ(status(printed.device, 3), 0x1A);
  printed.device.power_cycle();
  EXPECT_EQ(status(printed.device, 3), 0x12);
}

TEST(Faults, HotHeadWaitsAndGoesOn) {
  Printed printed("row 100 overheat 3s");
  EXPECT_EQ(printed.device.hanging_paper().height(), 100);
  EXPECT_EQ(status(printed.device, 3), 0x52);
  printed.device.advance(2999ms);
  EXPECT_TRUE(printed.device.take_tickets().empty());
  printed.device.advance(1ms);
  EXPECT_EQ(printed.device.take_tickets(), std::vector{ticket()});
}

TEST(Faults, UnrecoverableEndsWithThePower) {
  Printed printed("row 100 unrecoverable");
  printed.device.receive(kGiveUp);
  EXPECT_EQ(status(printed.device, 3), 0x32);
  printed.device.power_cycle();
  EXPECT_EQ(status(printed.device, 3), 0x12);
  EXPECT_TRUE(printed.device.take_tickets().empty()) << "the buffer is gone";
  EXPECT_EQ(printed.device.hanging_paper().height(), 100);
}

TEST(Faults, PowerThatStaysOffAnswersNothingAndTakesNothing) {
  Printed printed("row 100 power_cycle 3s");
  EXPECT_EQ(printed.device.state(), PrinterState::not_answering);
  EXPECT_EQ(status(printed.device, 1), -1);
  printed.device.advance(3s);
  EXPECT_EQ(status(printed.device, 1), 0x12);
  EXPECT_EQ(printed.device.hanging_paper().height(), 100);
}

TEST(Faults, AnswersAreLostLateSplitOrNoisy) {
  EXPECT_EQ(Printed("").answers, kConfirmed);
  EXPECT_TRUE(Printed("now silent").answers.empty());
  EXPECT_TRUE(Printed("cut 1 silent").answers.empty());

  Printed lost("now lost_answer");
  EXPECT_TRUE(lost.answers.empty());
  EXPECT_EQ(lost.tickets.size(), 1u);
  lost.device.receive(kQuestion);
  EXPECT_EQ(lost.device.take_replies(), kConfirmed) << "one only";

  Printed late("now late 5s");
  EXPECT_TRUE(late.answers.empty());
  late.device.advance(4999ms);
  EXPECT_TRUE(late.device.take_replies().empty());
  late.device.advance(1ms);
  EXPECT_EQ(late.device.take_replies(), kConfirmed);

  Printed split("now split_answers");
  EXPECT_EQ(split.answers, (Bytes{0x37}));
  split.device.advance(1ms);
  EXPECT_EQ(split.device.take_replies(), (Bytes{0x22}));

  EXPECT_EQ(Printed("now xon_xoff").answers,
            (Bytes{0x37, 0x13, 0x22, 0x11, 'a', 0x13, 'b', 0x11, 'c', 0x13, 'd', 0x11, 0}));
  const auto noisy = Printed("now noise").answers;
  ASSERT_GT(noisy.size(), kConfirmed.size());
  EXPECT_EQ(Bytes(noisy.end() - 7, noisy.end()), kConfirmed);
  EXPECT_EQ(noisy, Printed("now noise").answers) << "the same every time";
}

TEST(Faults, SerialLinesLoseDoubleAndGarble) {
  const Bytes feed = {0x1B, 'J', 50};
  Device lost({.dots = 384});
  lost.load_script(parse_script("now drop_bytes 1"));
  lost.receive(feed);
  EXPECT_EQ(lost.hanging_paper().height(), 0);
  Device twice({.dots = 384});
  twice.load_script(parse_script("byte 2 double_bytes"));
  twice.receive(Bytes{0x1B, 'J', 50, 0x1B, 'J', 7});
  EXPECT_EQ(twice.hanging_paper().height(), 50 + 24) << "the second 50 is a character";
  Device garbled;
  garbled.load_script(parse_script("now wrong_baud"));
  EXPECT_NE(status(garbled, 1), 0x12);
}

TEST(Faults, AnotherHostsResetSwitchesNoticesOff) {
  Device device;
  device.receive(escpos::enable_asb());
  device.take_replies();
  device.load_script(parse_script("now es_at_by_other\nnow paper_out"));
  EXPECT_TRUE(device.take_replies().empty());
}

TEST(Faults, WireThatStandsTakesNothing) {
  for (const char* script : {"now never_read", "now half_open"}) {
    Device device;
    device.load_script(parse_script(script));
    EXPECT_EQ(device.room(), 0u) << script;
    device.load_script(parse_script("now heal"));
    EXPECT_GT(device.room(), 0u);
  }
}

TEST(Faults, BufferFillsWhileThePrinterWaits) {
  const auto bytes = job();
  Device device({.dots = 384, .buffer_bytes = 4096, .rows_ahead = 10});
  device.set_faults({.paper_out = true});
  std::size_t sent = 0;
  while (device.room() > 0 && sent < bytes.size()) {
    device.receive(std::span(bytes).subspan(sent, 1));
    ++sent;
  }
  EXPECT_EQ(sent, std::min<std::size_t>(4096, bytes.size()));
}

TEST(Faults, PaperTimeAndSerialTimeAreKept) {
  Device device({.dots = 384, .mm_per_s = 100, .baud = 9600});
  EXPECT_EQ(device.room(), 0u);
  device.advance(10ms);
  EXPECT_EQ(device.room(), 9u) << "960 bytes a second";
  device.receive(Bytes{0x1B, 'J', 200});
  device.advance(100ms);
  EXPECT_LE(device.hanging_paper().height(), 2) << "the motor starts";
  device.advance(100ms);
  EXPECT_NEAR(device.hanging_paper().height(), 80, 2) << "10 mm";
}

TEST(Faults, RollEndsAndTellsBefore) {
  Device device({.dots = 384, .roll_mm = 100, .near_end_mm = 50});
  for (int i = 0; i < 3; ++i) device.receive(Bytes{0x1B, 'J', 200});
  EXPECT_TRUE(device.faults().near_end);
  EXPECT_NEAR(*device.mm_left(), 25, 0.2);
  for (int i = 0; i < 2; ++i) device.receive(Bytes{0x1B, 'J', 200});
  EXPECT_TRUE(device.faults().paper_out);
  EXPECT_NEAR(device.mm_used(), 100, 0.2);
  device.set_faults({});
  EXPECT_FALSE(device.faults().near_end) << "a new roll";
  EXPECT_GT(*device.mm_left(), 70);
  Device blind({.roll_mm = 100, .near_end_mm = 200, .has_near_end_sensor = false});
  blind.receive(Bytes{0x1B, 'J', 1});
  EXPECT_EQ(status(blind, 4), 0x12);
}

}  // namespace
}  // namespace matanai::printer::emulator
