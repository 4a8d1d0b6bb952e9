// What each family of printers answers, byte for byte (research printer.md §2.5, §2.6).
#include <gtest/gtest.h>

#include "printer/emulator/device.hpp"
#include "printer/protocol/dialect.hpp"
#include "printer/protocol/escpos.hpp"
#include "printer/protocol/text_mode.hpp"

namespace matanai::printer::emulator {
namespace {

using namespace std::chrono_literals;

const Bytes kProcessId = {0x1D, '(', 'H', 6, 0, 48, 48, 'a', 'b', 'c', 'd'};
const Bytes kCut = {0x1D, 'V', 'B', 0};
const Bytes kStarCut = {0x1B, 'd', 3};
const Bytes kStarEnd = {0x1B, 0x1D, 0x03, 1, 7, 9};

Bytes answer_to(Device& device, const Bytes& question) {
  device.take_replies();
  device.receive(question);
  return device.take_replies();
}

std::string text_of(const Bytes& bytes) { return {bytes.begin(), bytes.end()}; }

struct Question {
  const char* name;
  Family family;
  Faults faults;
  Bytes question, answer;
};

TEST(Families, AnswerAsTheirManualsSay) {
  const Faults kPaperOut{.paper_out = true}, kCover{.cover_open = true}, kNear{.near_end = true};
  const Faults kHot{.overheated = true}, kDead{.unrecoverable = true}, kOffline{.offline = true};
  const Bytes status_1 = {0x10, 4, 1}, status_2 = {0x10, 4, 2}, status_3 = {0x10, 4, 3},
              status_4 = {0x10, 4, 4}, notices = {0x1D, 'a', 0x0E}, sensor = {0x1D, 'r', 1},
              star = {0x1B, 0x06, 0x01}, clear = escpos::clear_buffer();
  const std::vector<Question> questions = {
      {"ready", Family::epson, {}, status_1, {0x12}},
      {"off line", Family::epson, kOffline, status_1, {0x1A}},
      {"cover", Family::epson, kCover, status_2, {0x16}},
      {"paper end stops", Family::epson, kPaperOut, status_2, {0x32}},
      {"error", Family::epson, kHot, status_2, {0x52}},
      {"hot head ends by itself", Family::epson, kHot, status_3, {0x52}},
      {"unrecoverable", Family::epson, kDead, status_3, {0x32}},
      {"paper", Family::epson, {}, status_4, {0x12}},
      {"near end", Family::epson, kNear, status_4, {0x1E}},
      {"paper end", Family::epson, kPaperOut, status_4, {0x72}},
      {"notice", Family::epson, {}, notices, {0x10, 0, 0, 0x0F}},
      {"sensor", Family::epson, {}, sensor, {0x00}},
      {"sensor near end", Family::epson, kNear, sensor, {0x03}},
      {"no sensor off line", Family::epson, kOffline, sensor, {}},
      {"identity", Family::epson, {}, kProcessId, {0x37, 0x22, 'a', 'b', 'c', 'd', 0}},
      {"clear", Family::epson, {}, clear, {0x37, 0x25, 0}},
      {"clear while out of paper", Family::epson, kPaperOut, clear, {0x37, 0x25, 0}},
      {"no identity", Family::epson_old, {}, kProcessId, {}},
      {"old sensor", Family::epson_old, {}, sensor, {0x00}},
      {"old clear", Family::epson_old, {}, clear, {0x37, 0x25, 0}},
      {"clone status", Family::clone, kPaperOut, status_4, {0x72}},
      {"clone sensor", Family::clone, {}, sensor, {0x00}},
      {"clone has no notices", Family::clone, {}, notices, {}},
      {"clone clears nothing", Family::clone, {}, clear, {}},
      {"clone has no identity", Family::clone, {}, kProcessId, {}},
      {"clone names nothing", Family::clone, {}, {0x1D, 'I', 67}, {}},
      {"SII initialised", Family::sii, {}, {0x1B, '@'}, {0xB0}},
      {"SII status", Family::sii, {}, status_1, {0xA0}},
      {"SII execution", Family::sii, {}, {0x12, 'q', 5}, {0x85}},
      {"SII cover",
       Family::sii,
       kCover,
       {0x10, 0x14, 7, 1},
       {0xC0, 0xD8, 0xD0, 0xD0, 0xD0, 0xD0, 0xD0, 0xD8}},
      {"Star ready", Family::star, {}, star, {0x23, 8, 0, 0, 0, 0, 0, 0, 0}},
      {"Star cover", Family::star, kCover, star, {0x23, 8, 0x28, 0, 0, 0, 0, 0, 0}},
      {"Star paper", Family::star, kPaperOut, star, {0x23, 8, 8, 0, 0, 8, 0, 0, 0}},
      {"Star near end", Family::star, kNear, star, {0x23, 8, 0, 0, 0, 4, 0, 0, 0}},
      {"Star hot", Family::star, kHot, star, {0x23, 8, 8, 0x40, 0, 0, 0, 0, 0}},
      {"Star print end", Family::star, {}, kStarEnd, {0x1B, 0x1D, 3, 1, 7, 9, 1, 0}},
      {"Star counts ETB", Family::star, {}, {0x17}, {0x23, 8, 0, 0, 0, 0, 0, 2, 0}},
  };
  for (const auto& one : questions) {
    Device device({.dialect = one.family});
    device.set_faults(one.faults);
    EXPECT_EQ(answer_to(device, one.question), one.answer) << one.name;
  }
}

TEST(Families, SayWhatTheyAre) {
  Device epson({.model = "TM-T88VI"});
  EXPECT_EQ(text_of(answer_to(epson, {0x1D, 'I', 67})), std::string("_TM-T88VI\0", 10));
  EXPECT_EQ(text_of(answer_to(epson, {0x1D, 'I', 66})), std::string("_EPSON\0", 7));
  Device star({.dialect = Family::star});
  EXPECT_EQ(text_of(answer_to(star, {0x1B, '#', '*', 0x0A, 0})),
            std::string("\x1B#*,MCP31LVer3.0\n\0", 18));
}

TEST(Families, OurReadersUnderstandEveryFault) {
  for (const auto& [family, protocol] :
       {std::pair(Family::epson, Protocol::escpos), std::pair(Family::sii, Protocol::escpos),
        std::pair(Family::star, Protocol::starprnt)}) {
    const auto& dialect = dialect_for(protocol);
    Device device({.dialect = family});
    const auto reader = dialect.make_reader();
    device.receive(dialect.set_up());
    for (const auto& [faults, state] : std::vector<std::pair<Faults, PrinterState>>{
             {{.near_end = true}, PrinterState::paper_near_end},
             {{.paper_out = true}, PrinterState::paper_out},
             {{.cover_open = true}, PrinterState::cover_open},
             {{}, PrinterState::ready}}) {
      device.set_faults(faults);
      PrinterFlags flags;
      for (const auto& reply : reader->feed(device.take_replies())) {
        if (const auto* told = std::get_if<reply::Flags>(&reply)) flags = told->flags;
      }
      EXPECT_EQ(code_of(flags.state()), code_of(state))
          << boost::describe::enum_to_string(family, "?");
    }
    EXPECT_EQ(reader->noise(), 0u);
  }
}

// Every dot arrives, whichever command carries it.
TEST(Families, PrintWhatTheirDialectEncodes) {
  Bitmap picture(384, 200);
  for (int y = 0; y < 150; ++y) picture.fill(y, y, 5 + y, 1);
  const std::vector<std::tuple<Family, Protocol, RasterCommand>> ways = {
      {Family::epson, Protocol::escpos, RasterCommand::gs_v_0},
      {Family::epson, Protocol::escpos, RasterCommand::gs_8_l},
      {Family::epson_old, Protocol::escpos, RasterCommand::gs_v_0},
      {Family::sii, Protocol::escpos, RasterCommand::gs_8_l},
      {Family::clone, Protocol::escpos, RasterCommand::gs_v_0},
      {Family::star, Protocol::starprnt, RasterCommand::gs_v_0},
  };
  for (const auto& [family, protocol, raster] : ways) {
    Device device({.dialect = family, .dots = 384});
    const auto& dialect = dialect_for(protocol);
    const auto encoded = dialect.encode(picture, {.raster = raster});
    device.receive(dialect.begin_ticket());
    device.receive(encoded.bytes);
    const auto tickets = device.take_tickets();
    ASSERT_EQ(tickets.size(), 1u) << boost::describe::enum_to_string(family, "?");
    EXPECT_EQ(tickets[0].height(), picture.height());
    int different = 0;
    for (int y = 0; y < picture.height(); ++y) {
      for (int x = 0; x < picture.width(); ++x)
        different += tickets[0].is_black(x, y) != picture.is_black(x, y) ? 1 : 0;
    }
    EXPECT_LE(different, encoded.dots_changed);
    EXPECT_EQ(device.unknown_commands(), 0);
  }
}

TEST(Families, OldPrintersPrintTheDataOfCommandsTheyDoNotKnow) {
  Bitmap picture(384, 40);
  picture.fill(0, 0, 384, 40);
  Device device({.dialect = Family::clone, .dots = 384});
  device.receive(escpos::encode(picture, {.raster = RasterCommand::gs_8_l}).bytes);
  EXPECT_GT(device.unknown_commands(), 0);
}

// GS r is answered when parsed: the rest of the ticket may never come out.
TEST(Families, SensorAnswersBeforeThePaperIsOut) {
  Device device({.dialect = Family::epson_old, .dots = 384, .mm_per_s = 100});
  Bitmap picture(384, 200);
  picture.fill(0, 0, 384, 200);
  device.set_paper_left(150);
  device.receive(escpos::encode(picture, {.cut = false}).bytes);
  device.receive(escpos::ask_paper_sensor());
  EXPECT_EQ(device.take_replies(), (Bytes{0x00}));
  device.advance(5s);
  EXPECT_TRUE(device.faults().paper_out);
  EXPECT_EQ(device.hanging_paper().height(), 150);
}

TEST(Families, StarThrowsTheRestOfADocumentAway) {
  const auto& star = dialect_for(Protocol::starprnt);
  Bitmap picture(384, 200);
  picture.fill(0, 0, 384, 200);
  Device device({.dialect = Family::star, .dots = 384});
  device.set_paper_left(100);
  device.receive(star.begin_ticket());
  device.receive(star.encode(picture, {}).bytes);
  device.receive(star.end_ticket());
  device.set_faults({});
  device.take_replies();
  EXPECT_EQ(device.hanging_paper().height(), 100);
  EXPECT_EQ(answer_to(device, kStarEnd), (Bytes{0x1B, 0x1D, 3, 1, 7, 9, 1, 0}))
      << "the next document begins clean";
  device.receive(kStarCut);
  EXPECT_EQ(device.take_tickets().size(), 1u) << "the fragment";
}

TEST(Families, StarWaitsTenSecondsForTheEndOfADocument) {
  Device device({.dialect = Family::star, .dots = 384});
  device.set_paper_left(0);
  device.receive(dialect_for(Protocol::starprnt).begin_ticket());
  device.receive(Bytes{0x1B, 'I', 50});
  device.set_faults({});
  device.receive(Bytes{0x1B, 'I', 60, 0, 0, 0, 0, 0});
  EXPECT_EQ(device.hanging_paper().height(), 0) << "still thrown away";
  device.advance(10s);
  device.receive(Bytes{0x1B, 'I', 70});
  EXPECT_EQ(device.hanging_paper().height(), 70);
}

TEST(Families, TextModeIsKeptAsTextAndDrawn) {
  int kanji = 0, ascii = 0;
  DeviceOptions options{.dots = 576};
  options.draw_glyph = [&](int code, int width, int height) {
    ++(code > 0xFF ? kanji : ascii);
    Bitmap out(width, height);
    out.fill(0, 0, width, height);
    return out;
  };
  Device device(options);
  TextPage page;
  page.head = {{.text = "番号 A127", .width = 2, .height = 2}};
  page.url = "https://example.jp/t/1";
  device.receive(escpos::encode_text(page).bytes);
  const auto pieces = device.take_pieces();
  ASSERT_EQ(pieces.size(), 1u);
  EXPECT_EQ(pieces[0].texts, (std::vector<std::string>{"\x94\xD4\x8D\x86 A127"}));
  EXPECT_EQ(pieces[0].codes, (std::vector<std::string>{page.url}));
  EXPECT_EQ(kanji, 2);
  EXPECT_EQ(ascii, 4);
  EXPECT_EQ(device.unknown_commands(), 0);
  // Two kanji of 48 dots and five characters of 24, in the middle.
  const int left = (576 - 2 * 48 - 5 * 24) / 2;
  EXPECT_FALSE(pieces[0].bitmap.is_black(left - 1, 10));
  EXPECT_TRUE(pieces[0].bitmap.is_black(left, 10));
  EXPECT_TRUE(pieces[0].bitmap.is_black(left + 95, 47));
}

TEST(Families, CutInTheMiddleOfALineIsIgnored) {
  Device device;
  device.receive(Bytes{'A', 0x1D, 'V', 'B', 0});
  EXPECT_TRUE(device.take_tickets().empty());
  device.receive(Bytes{0x0A, 0x1D, 'V', 'B', 0});
  EXPECT_EQ(device.take_tickets().size(), 1u);
}

TEST(Families, CutWithoutFeedLeavesTheLastFifteenMillimetres) {
  Device device({.dots = 384});
  device.receive(Bytes{0x1B, 'J', 200, 0x1D, 'V', '0'});
  const auto tickets = device.take_tickets();
  ASSERT_EQ(tickets.size(), 1u);
  EXPECT_EQ(tickets[0].height(), 80);
  EXPECT_EQ(device.hanging_paper().height(), 120);
}

TEST(Families, RealtimeBytesInPicturesCanBeLeftAlone) {
  for (const bool is_executed : {true, false}) {
    Device device({.dots = 384, .executes_realtime_in_images = is_executed});
    device.receive(Bytes{0x1D, 'v', '0', 0, 3, 0, 1, 0, 0x10, 0x04, 0x01});
    EXPECT_EQ(device.take_replies().size(), is_executed ? 1u : 0u);
    EXPECT_EQ(answer_to(device, {0x10, 0x04, 0x01}), (Bytes{0x12})) << "outside of them always";
  }
}

}  // namespace
}  // namespace matanai::printer::emulator
