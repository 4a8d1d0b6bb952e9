#include <gtest/gtest.h>

#include "printer/protocol/escpos.hpp"
#include "tests/unit/printer/replies.hpp"

namespace matanai::printer {
namespace {

const Dialect& dialect() { return dialect_for(Protocol::escpos); }

struct Case {
  const char* name;
  Bytes bytes;
  PrinterState state;
};

TEST(EscposReader, RealtimeAnswersSayWhatIsWrong) {
  const std::vector<Case> cases = {
      {"fine", {0x12, 0x12, 0x12, 0x12}, PrinterState::ready},
      {"off line", {0x1A, 0x12, 0x12, 0x12}, PrinterState::offline},
      {"cover open", {0x1A, 0x16, 0x12, 0x12}, PrinterState::cover_open},
      {"cover opened while printing", {0x1A, 0x56, 0x52, 0x12}, PrinterState::cover_open},
      {"stopped by paper end", {0x1A, 0x32, 0x12, 0x7E}, PrinterState::paper_out},
      {"paper end, not stopped yet", {0x12, 0x12, 0x12, 0x7E}, PrinterState::paper_out},
      {"cutter", {0x1A, 0x52, 0x1A, 0x12}, PrinterState::cutter_error},
      {"mechanical", {0x1A, 0x52, 0x16, 0x12}, PrinterState::error},
      {"unrecoverable", {0x1A, 0x52, 0x32, 0x12}, PrinterState::error},
      {"head hot", {0x1A, 0x52, 0x52, 0x12}, PrinterState::overheated},
      {"an error without a name", {0x1A, 0x52, 0x12, 0x12}, PrinterState::error},
      {"near end", {0x12, 0x12, 0x12, 0x1E}, PrinterState::paper_near_end},
  };
  for (const auto& one : cases) {
    const auto reader = dialect().make_reader();
    reader->expect(dialect().ask_state());
    const auto replies = reader->feed(one.bytes);
    EXPECT_EQ(count<reply::Answered>(replies), 4u) << one.name;
    EXPECT_EQ(last_flags(replies).state(), one.state) << one.name;
  }
}

TEST(EscposReader, NoticesSayWhatIsWrong) {
  const std::vector<Case> cases = {
      {"fine", {0x10, 0x00, 0x00, 0x0F}, PrinterState::ready},
      {"off line", {0x18, 0x00, 0x00, 0x0F}, PrinterState::offline},
      {"cover open", {0x38, 0x00, 0x00, 0x0F}, PrinterState::cover_open},
      {"cutter", {0x18, 0x08, 0x00, 0x0F}, PrinterState::cutter_error},
      {"unrecoverable", {0x18, 0x20, 0x00, 0x0F}, PrinterState::error},
      {"mechanical", {0x18, 0x04, 0x00, 0x0F}, PrinterState::error},
      {"head hot", {0x18, 0x40, 0x00, 0x0F}, PrinterState::overheated},
      {"near end", {0x10, 0x00, 0x03, 0x0F}, PrinterState::paper_near_end},
      {"paper end", {0x18, 0x00, 0x0F, 0x0F}, PrinterState::paper_out},
      {"SII fine", {0xC0, 0xD0, 0xD0, 0xD0, 0xD0, 0xD0, 0xD0, 0xD0}, PrinterState::ready},
      {"SII cover", {0xC8, 0xD8, 0xD0, 0xD0, 0xD0, 0xD0, 0xD0, 0xD0}, PrinterState::cover_open},
      {"SII paper", {0xC0, 0xD1, 0xD0, 0xD0, 0xD0, 0xD0, 0xD0, 0xD0}, PrinterState::paper_out},
      {"SII error", {0xC1, 0xD0, 0xD0, 0xD0, 0xD0, 0xD0, 0xD0, 0xD0}, PrinterState::error},
  };
  for (const auto& one : cases) {
    const auto reader = dialect().make_reader();
    const auto replies = reader->feed(one.bytes);
    ASSERT_EQ(replies.size(), 1u) << one.name;
    EXPECT_EQ(last_flags(replies).state(), one.state) << one.name;
  }
}

TEST(EscposReader, MendedFaultsAreForgotten) {
  const auto reader = dialect().make_reader();
  reader->expect(dialect().ask_state());
  EXPECT_EQ(last_flags(reader->feed(Bytes{0x1A, 0x72, 0x5A, 0x7E})).state(),
            PrinterState::cutter_error);
  reader->expect(dialect().ask_state());
  EXPECT_EQ(last_flags(reader->feed(Bytes{0x12, 0x12, 0x12, 0x12})), PrinterFlags{});
}

TEST(EscposReader, RepliesComeWholeFromAnyPackets) {
  const auto mark = ProcessId{81'000'000};
  Bytes stream = {0x12, 0x18, 0x00, 0x0F, 0x0F, 0x37, 0x22};
  for (char c : escpos::process_id_of(carried_by(ConfirmMethod::epson_process_id, mark)))
    stream.push_back(static_cast<std::uint8_t>(c));
  for (int byte : {0x00, 0x03, 0x37, 0x25, 0x00, 0x12, 0x12, 0x12, 0x85})
    stream.push_back(static_cast<std::uint8_t>(byte));
  for (std::size_t packet = 1; packet <= stream.size(); ++packet) {
    const auto reader = dialect().make_reader();
    reader->expect(dialect().ask_state());
    const auto replies = feed_in_packets(*reader, stream, packet);
    EXPECT_EQ(count<reply::Answered>(replies), 4u) << packet;
    EXPECT_EQ(count<reply::Cleared>(replies), 1u) << packet;
    EXPECT_EQ(count<reply::Sensor>(replies), 1u) << packet;
    const auto confirmed = all<reply::Confirmed>(replies);
    ASSERT_EQ(confirmed.size(), 2u) << packet;
    EXPECT_EQ(confirmed[0].id, carried_by(ConfirmMethod::epson_process_id, mark));
    EXPECT_EQ(confirmed[1].method, ConfirmMethod::sii_execution);
    EXPECT_EQ(confirmed[1].id, 5u);
    EXPECT_EQ(reader->noise(), 0u);
  }
}

TEST(EscposReader, FlowControlMayStandBetweenAnyBytes) {
  const auto reader = dialect().make_reader();
  const auto replies = reader->feed(Bytes{0x13, 0x10, 0x11, 0x00, 0x13, 0x00, 0x0F, 0x11});
  EXPECT_EQ(replies.size(), 1u);
  EXPECT_EQ(count<reply::Flags>(replies), 1u);
}

TEST(EscposReader, NamesComeInTheOrderOfTheirQuestions) {
  const auto reader = dialect().make_reader();
  const Bytes epson = {0x5F, 'E', 'P', 'S', 'O', 'N', 0};
  EXPECT_EQ(count<reply::Identity>(reader->feed(epson)), 0u) << "nobody asked";
  reader->reset();
  reader->expect(dialect().ask_identity());
  auto names = all<reply::Identity>(reader->feed(epson));
  ASSERT_EQ(names.size(), 1u);
  EXPECT_EQ(names[0].what, Asked::maker);
  EXPECT_EQ(names[0].text, "EPSON");
  names = all<reply::Identity>(reader->feed(Bytes{0x5F, 'T', 'M', 0, 0x5F, '1', 0}));
  ASSERT_EQ(names.size(), 2u);
  EXPECT_EQ(names[0].what, Asked::model);
  EXPECT_EQ(names[1].what, Asked::firmware);
}

TEST(EscposReader, AnSiiPrinterIsKnownByItsSign) {
  const auto reader = dialect().make_reader();
  const auto names = all<reply::Identity>(reader->feed(Bytes{0xB0}));
  ASSERT_EQ(names.size(), 1u);
  EXPECT_EQ(names[0].text, "SII");
}

TEST(EscposReader, AnswersNobodyAskedForAreNoise) {
  const auto reader = dialect().make_reader();
  EXPECT_TRUE(reader->feed(Bytes{0x1A, 0xA0, 0xFF}).empty());
  EXPECT_EQ(reader->noise(), 3u);
}

TEST(EscposReader, OfflineCausesOfAnotherHostAreReadOver) {
  const auto reader = dialect().make_reader();
  EXPECT_TRUE(reader->feed(Bytes{0x37, 0x23, 0x41, 0x42, 0x00}).empty());
  EXPECT_EQ(reader->noise(), 0u);
}

TEST(EscposReader, IsBackInStepWithinEightBytesAfterAnyNoise) {
  const Bytes notice = {0x18, 0x00, 0x0C, 0x0F};
  expect_resync(Protocol::escpos, notice, 100'000, 7);
}

}  // namespace
}  // namespace matanai::printer
