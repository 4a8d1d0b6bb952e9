// What strangers' drivers send besides tickets: bit images, characters of their own, counters, jobs
// of a storage printer, and bytes on a serial line that does not wait.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "printer/emulator/device.hpp"
#include "printer/protocol/escpos.hpp"

namespace matanai::printer::emulator {
namespace {

using namespace std::chrono_literals;

std::string text_of(const Bytes& bytes) { return {bytes.begin(), bytes.end()}; }

Bytes answer_to(Device& device, const Bytes& question) {
  device.take_replies();
  device.receive(question);
  return device.take_replies();
}

Bytes operator+(Bytes one, const Bytes& other) {
  one.insert(one.end(), other.begin(), other.end());
  return one;
}

// ---- ESC *

// Two columns: the highest dot of the first, the lowest of the second.
struct BitImage {
  int mode;
  Bytes data;
  int width, height;  // of one dot
  int rows;
};

TEST(BitImages, AreColumnsThatEachModeMakesItsSize) {
  for (const auto& [mode, data, width, height, rows] : std::vector<BitImage>{
           {0, {0x80, 0x01}, 2, 3, 8},
           {1, {0x80, 0x01}, 1, 3, 8},
           {32, {0x80, 0, 0, 0, 0, 0x01}, 2, 1, 24},
           {33, {0x80, 0, 0, 0, 0, 0x01}, 1, 1, 24},
       }) {
    Device device({.dots = 384});
    device.receive(Bytes{0x1B, '*', static_cast<std::uint8_t>(mode), 2, 0} + data + Bytes{0x0A});
    const auto& paper = device.hanging_paper();
    Bitmap wanted(384, paper.height());
    wanted.fill(0, 0, width, height);
    wanted.fill(width, (rows - 1) * height, width, height);
    EXPECT_EQ(paper, wanted) << mode;
    EXPECT_GE(paper.height(), rows * height);
    EXPECT_EQ(device.unknown_commands(), 0);
  }
}

TEST(BitImages, StandInTheLineBehindItsCharactersAndEndAtThePapersEdge) {
  Device device({.dots = 384});
  device.receive(
      Bytes{0x1B, '$', 100, 0, 0x1B, '*', 1, 1, 0, 0xFF, 0x1B, '*', 1, 1, 0, 0xFF, 0x0A});
  EXPECT_FALSE(device.hanging_paper().is_black(99, 0));
  EXPECT_TRUE(device.hanging_paper().is_black(100, 0));
  EXPECT_TRUE(device.hanging_paper().is_black(101, 0));
  EXPECT_FALSE(device.hanging_paper().is_black(102, 0));

  Device wide({.dots = 384});
  wide.receive(Bytes{0x1B, '*', 1, 0x90, 1} + Bytes(400, 0x80) + Bytes{0x0A});
  EXPECT_TRUE(wide.hanging_paper().is_black(383, 0));
  EXPECT_TRUE(wide.take_tickets().empty());
}

TEST(BitImages, OfAnUnknownModeComeOutAsCharacters) {
  Device device({.dots = 384});
  device.receive(Bytes{0x1B, '*', 7, 2, 0, 'A', 'B', 0x0A});
  EXPECT_EQ(device.unknown_commands(), 1);
  device.receive(Bytes{0x1D, 'V', 'B', 0});
  EXPECT_EQ(device.take_pieces().at(0).texts, (std::vector<std::string>{"AB"}));
}

TEST(BitImages, HideRealtimeBytesWhereThePrinterDoes) {
  for (const bool is_executed : {true, false}) {
    Device device({.dots = 384, .executes_realtime_in_images = is_executed});
    device.receive(Bytes{0x1B, '*', 33, 1, 0, 0x10, 0x04, 0x01});
    EXPECT_EQ(device.take_replies().size(), is_executed ? 1u : 0u);
  }
}

// ---- FS 2

TEST(OwnKanji, IsDrawnUntilThePrinterIsInitialised) {
  Device device({.dots = 384});
  Bytes shape(72, 0);
  shape[0] = 0x80;   // top of the first column
  shape[71] = 0x01;  // bottom of the last
  const Bytes code = {0xEC, 0x40}, shift_jis = {0x1C, 'C', 1};
  device.receive(shift_jis + Bytes{0x1C, '2'} + code + shape + code + Bytes{0x0A});
  EXPECT_EQ(device.unknown_commands(), 0);
  Bitmap wanted(384, device.hanging_paper().height());
  wanted.set(0, 0, true);
  wanted.set(23, 23, true);
  EXPECT_EQ(device.hanging_paper(), wanted);
  device.receive(Bytes{0x1D, 'V', 'B', 0, 0x1B, '@'} + shift_jis + code + Bytes{0x0A});
  EXPECT_TRUE(device.hanging_paper().is_black(12, 1)) << "a box again";
}

// ---- GS g

TEST(Counters, TellWhatWasUsedAndBeginAgain) {
  Device device({.dots = 384, .dpi = 180});
  const auto ask = [&](std::uint8_t number) {
    return text_of(answer_to(device, {0x1D, 'g', '2', 0, number, 0}));
  };
  device.receive(Bytes{0x1B, 'J', 90, 0x1D, 'v', '0', 0, 1, 0, 2, 0, 1, 1, 0x1D, 'V', '0'});
  device.advance(2h);
  EXPECT_EQ(ask(20), std::string("_3\0", 3)) << "lines of a sixth of an inch";
  EXPECT_EQ(ask(21), std::string("_2\0", 3));
  EXPECT_EQ(ask(50), std::string("_0\0", 3)) << "no more than the blank way: nothing fell";
  EXPECT_EQ(ask(70), std::string("_2\0", 3));
  EXPECT_EQ(ask(148), ask(20));
  device.receive(Bytes{0x1D, 'g', '0', 0, 20, 0, 0x1D, 'g', '0', 0, 148, 0});
  EXPECT_EQ(ask(20), std::string("_0\0", 3));
  EXPECT_EQ(ask(148), std::string("_3\0", 3)) << "its life cannot be reset";
  EXPECT_EQ(ask(33), "") << "no such counter";
  EXPECT_EQ(device.unknown_commands(), 0);
}

TEST(Cuts, ReservedOnesAreTakenWholeAndNotMade) {
  Device device({.dots = 384});
  device.receive(Bytes{0x1B, 'J', 200, 0x1D, 'V', 'a', 'X', 0x0A});
  EXPECT_EQ(device.unknown_commands(), 1);
  device.receive(Bytes{0x1D, 'V', 'B', 0});
  EXPECT_TRUE(device.take_pieces().at(0).texts.empty()) << "its argument is no character";
}

// ---- GS G of Nippon Primex

const Bytes kJob = {0x1D, 'G', 0x31, 'j', 'o', 'b', '1'}, kJobEnd = {0x1D, 'G', 0x30};
const Bytes kJobDone = {0xFF, 0x13, 'j', 'o', 'b', '1', 0, 0, 0, 0};
const Bytes kJobFailed = {0xFF, 0x13, 'j', 'o', 'b', '1', 1, 0, 0, 0};

Bytes feed(int rows) {
  Bytes out;
  for (; rows > 0; rows -= 200)
    out = out + Bytes{0x1B, 'J', static_cast<std::uint8_t>(std::min(rows, 200))};
  return out;
}

TEST(StoredJobs, PrintNothingBeforeTheirEndAndThenAll) {
  Device device({.dialect = Family::primex, .dots = 384});
  const auto picture = Bitmap(384, 300);
  device.receive(kJob + escpos::encode(picture, {.cut = false}).bytes + feed(300) +
                 Bytes{0x1D, 'V', 'B', 0});
  EXPECT_EQ(device.mm_used(), 0);
  EXPECT_TRUE(device.take_replies().empty());
  EXPECT_EQ(answer_to(device, kJobEnd), kJobDone);
  EXPECT_EQ(device.take_tickets().size(), 1u);
}

TEST(StoredJobs, AreConfirmedWhenTheyAreOnPaper) {
  Device device({.dialect = Family::primex, .dots = 384, .mm_per_s = 100});
  device.receive(kJob + feed(400) + kJobEnd);
  device.advance(400ms);
  EXPECT_TRUE(device.take_replies().empty());
  device.advance(300ms);
  EXPECT_EQ(device.take_replies(), kJobDone);
}

TEST(StoredJobs, LongerThanTheStorePrintInParts) {
  Device device({.dialect = Family::primex, .dots = 384});
  device.receive(kJob + feed(1200));
  EXPECT_EQ(device.mm_used(), 0);
  device.receive(feed(200));
  EXPECT_GE(device.mm_used(), 160);
  const auto used = device.mm_used();
  device.receive(feed(200));
  EXPECT_EQ(device.mm_used(), used) << "stored again";
  EXPECT_EQ(answer_to(device, kJobEnd), kJobDone);
  EXPECT_GT(device.mm_used(), used);
}

TEST(StoredJobs, AfterAnErrorTheRestIsThrownAwayUpToTheEnd) {
  Device device({.dialect = Family::primex, .dots = 384});
  device.set_paper_left(1000);
  device.receive(kJob + feed(1300));
  EXPECT_TRUE(device.faults().paper_out);
  device.receive(feed(200) + Bytes{0x1D});
  EXPECT_TRUE(device.take_replies().empty());
  EXPECT_EQ(answer_to(device, {'G', 0x30}), kJobFailed) << "off line, too";
  device.set_faults({});
  EXPECT_EQ(device.hanging_paper().height(), 1000) << "nothing old comes out";
  EXPECT_EQ(answer_to(device, kJob + feed(100) + kJobEnd), kJobDone);
}

TEST(StoredJobs, AnErrorWhileTheWholeJobPrintsIsToldToo) {
  Device device({.dialect = Family::primex, .dots = 384});
  device.set_paper_left(100);
  EXPECT_EQ(answer_to(device, kJob + feed(400) + kJobEnd), kJobFailed);
  device.set_faults({});
  EXPECT_EQ(device.hanging_paper().height(), 100);
}

TEST(StoredJobs, WithoutAMarkItPrintsAsItComes) {
  Device device({.dialect = Family::primex, .dots = 384});
  device.receive(feed(100));
  EXPECT_EQ(device.hanging_paper().height(), 100);
  EXPECT_EQ(answer_to(device, escpos::ask_status(1)), (Bytes{0x12}));
  EXPECT_EQ(answer_to(device, escpos::ask_paper_sensor()), (Bytes{0x00}));
  EXPECT_TRUE(answer_to(device, {0x1D, 'I', 67}).empty());
}

TEST(StoredJobs, ArePrimexsAlone) {
  Device device({.dialect = Family::epson, .dots = 384});
  device.receive(kJob + Bytes{0x0A} + feed(100));
  EXPECT_EQ(device.unknown_commands(), 1);
  EXPECT_GT(device.mm_used(), 0);
}

// ---- a full buffer

TEST(FullBuffer, LosesBytesButHearsRealtimeCommands) {
  Device device({.dots = 384, .buffer_bytes = 64});
  device.set_faults({.paper_out = true});
  device.receive(Bytes(64, 'A'));
  EXPECT_EQ(device.room(), 0u);
  EXPECT_EQ(answer_to(device, escpos::ask_status(4)), (Bytes{0x72}));
  EXPECT_EQ(device.bytes_lost(), 3);
  EXPECT_EQ(answer_to(device, escpos::clear_buffer()), (Bytes{0x37, 0x25, 0x00}));
  EXPECT_EQ(device.room(), 64u) << "cleared though nothing of the command fitted";
  device.set_faults({});
  device.receive(Bytes{0x0A});
  device.receive(Bytes{0x1D, 'V', 'B', 0});
  EXPECT_THAT(device.take_pieces().at(0).texts, testing::IsEmpty()) << "nothing old comes out";
}

TEST(FullBuffer, StarHearsThatItShallClear) {
  Device device({.dialect = Family::star, .dots = 384, .buffer_bytes = 64});
  device.set_faults({.offline = true});
  device.receive(Bytes(64, 0x0A));
  device.receive(Bytes{0x1B, 0x06, 0x18});
  EXPECT_EQ(device.room(), 64u);
}

TEST(FullBuffer, StopsAHostThatSeesItAndNoOther) {
  for (const bool has_handshake : {true, false}) {
    Device device({.dots = 384, .buffer_bytes = 64, .has_handshake = has_handshake, .baud = 9600});
    device.set_faults({.paper_out = true});
    for (int i = 0; i < 8; ++i) {
      device.advance(10ms);
      device.receive(Bytes(std::min<std::size_t>(device.room(), 9), 'A'));
    }
    device.advance(10ms);
    EXPECT_EQ(device.room() > 0, !has_handshake);
    EXPECT_EQ(device.bytes_lost() > 0, !has_handshake);
  }
}

}  // namespace
}  // namespace matanai::printer::emulator
