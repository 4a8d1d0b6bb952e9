#include "printer/protocol/status.hpp"

#include <gtest/gtest.h>

#include <random>

namespace matanai::printer {
namespace {

using Bytes = std::vector<std::uint8_t>;

struct Case {
  const char* name;
  int n;
  std::uint8_t byte;
  PrinterState state;
};

TEST(PrinterStatus, RealtimeRepliesSayWhatIsWrong) {
  const std::vector<Case> cases = {
      {"printer fine", 1, 0x12, PrinterState::ready},
      {"off line", 1, 0x1A, PrinterState::offline},
      {"cover open", 2, 0x16, PrinterState::cover_open},
      {"stopped by paper end", 2, 0x32, PrinterState::paper_out},
      {"some error", 2, 0x52, PrinterState::error},
      {"cutter", 3, 0x1A, PrinterState::cutter_error},
      {"unrecoverable", 3, 0x32, PrinterState::error},
      {"recovers by itself", 3, 0x52, PrinterState::overheated},
      {"paper fine", 4, 0x12, PrinterState::ready},
      {"near end", 4, 0x1E, PrinterState::paper_near_end},
      {"paper end", 4, 0x7E, PrinterState::paper_out},
  };
  for (const auto& one : cases) {
    StatusParser parser;
    parser.expect_realtime(one.n);
    const auto replies = parser.feed(Bytes{one.byte});
    ASSERT_EQ(replies.size(), 1u) << one.name;
    PrinterFlags flags;
    apply(std::get<reply::Realtime>(replies[0]), flags);
    EXPECT_EQ(flags.state(), one.state) << one.name;
  }
}

TEST(PrinterStatus, NoticesSayWhatIsWrong) {
  const std::vector<std::pair<Bytes, PrinterState>> cases = {
      {{0x10, 0x00, 0x00, 0x0F}, PrinterState::ready},
      {{0x18, 0x00, 0x00, 0x0F}, PrinterState::offline},
      {{0x38, 0x00, 0x00, 0x0F}, PrinterState::cover_open},
      {{0x18, 0x08, 0x00, 0x0F}, PrinterState::cutter_error},
      {{0x18, 0x20, 0x00, 0x0F}, PrinterState::error},
      {{0x10, 0x00, 0x03, 0x0F}, PrinterState::paper_near_end},
      {{0x18, 0x00, 0x0F, 0x0F}, PrinterState::paper_out},
  };
  for (const auto& [bytes, state] : cases) {
    StatusParser parser;
    const auto replies = parser.feed(bytes);
    ASSERT_EQ(replies.size(), 1u);
    PrinterFlags flags;
    apply(std::get<reply::Notice>(replies[0]), flags);
    EXPECT_EQ(flags.state(), state) << code_of(state);
  }
}

TEST(PrinterStatus, MendedFaultsAreForgotten) {
  PrinterFlags flags;
  apply(reply::Realtime{2, 0x72}, flags);
  apply(reply::Realtime{3, 0x1A}, flags);
  EXPECT_EQ(flags.state(), PrinterState::cutter_error);
  apply(reply::Realtime{2, 0x12}, flags);
  apply(reply::Realtime{4, 0x12}, flags);
  EXPECT_EQ(flags.state(), PrinterState::ready);
}

TEST(StatusParser, RepliesComeWholeFromAnyPackets) {
  const Bytes stream = {0x12, 0x18, 0x00, 0x0F, 0x0F, 0x37, 0x22, 'a', '2',
                        'R',  '~',  0x00, 0x00, 0x37, 0x25, 0x00, 0x16};
  for (std::size_t packet = 1; packet <= stream.size(); ++packet) {
    StatusParser parser;
    parser.expect_realtime(1);
    parser.expect_realtime(2);
    std::vector<Reply> replies;
    for (std::size_t at = 0; at < stream.size(); at += packet) {
      const auto size = std::min(packet, stream.size() - at);
      for (auto& reply : parser.feed(std::span(stream).subspan(at, size))) replies.push_back(reply);
    }
    ASSERT_EQ(replies.size(), 6u) << packet;
    EXPECT_EQ(std::get<reply::Realtime>(replies[0]).n, 1);
    EXPECT_EQ(std::get<reply::Notice>(replies[1]).bytes[0], 0x18);
    EXPECT_EQ(std::get<reply::Processed>(replies[2]).id, (escpos::ProcessId{'a', '2', 'R', '~'}));
    EXPECT_EQ(std::get<reply::PaperSensor>(replies[3]).byte, 0);
    EXPECT_TRUE(std::holds_alternative<reply::Cleared>(replies[4]));
    EXPECT_EQ(std::get<reply::Realtime>(replies[5]).n, 2);
    EXPECT_EQ(parser.noise(), 0u);
  }
}

TEST(StatusParser, FlowControlMayStandBetweenAnyBytes) {
  StatusParser parser;
  const auto replies = parser.feed(Bytes{0x13, 0x10, 0x11, 0x00, 0x13, 0x00, 0x0F, 0x11});
  ASSERT_EQ(replies.size(), 1u);
  EXPECT_TRUE(std::holds_alternative<reply::Notice>(replies[0]));
}

TEST(StatusParser, EveryByteValueIsTakenSomehow) {
  for (int value = 0; value < 256; ++value) {
    StatusParser parser;
    parser.feed(Bytes{static_cast<std::uint8_t>(value)});
    const auto replies = parser.feed(Bytes{0x12});
    ASSERT_FALSE(replies.empty()) << value;
    EXPECT_EQ(std::get<reply::Realtime>(replies.back()).byte, 0x12) << value;
  }
}

TEST(StatusParser, IsBackInStepAfterAnyNoise) {
  std::mt19937 random(7);
  for (int round = 0; round < 20'000; ++round) {
    StatusParser parser;
    Bytes noise(random() % 40);
    for (auto& byte : noise) byte = static_cast<std::uint8_t>(random());
    parser.feed(noise);
    const auto notice = parser.feed(Bytes{0x18, 0x00, 0x0C, 0x0F});
    ASSERT_FALSE(notice.empty()) << round;
    ASSERT_TRUE(std::holds_alternative<reply::Notice>(notice.back())) << round;

    parser.feed(noise);
    const Bytes block = {0x37, 0x22, 'A', 'B', 'C', 'D', 0x00};
    parser.feed(block);  // may be swallowed by the noise before it
    const auto processed = parser.feed(block);
    ASSERT_FALSE(processed.empty()) << round;
    ASSERT_TRUE(std::holds_alternative<reply::Processed>(processed.back())) << round;
  }
}

TEST(StatusParser, ForgetsAnOldConnection) {
  StatusParser parser;
  parser.expect_realtime(4);
  parser.feed(Bytes{0x10, 0x00});
  parser.reset();
  parser.expect_realtime(1);
  const auto replies = parser.feed(Bytes{0x00, 0x12});
  ASSERT_EQ(replies.size(), 2u);
  EXPECT_EQ(std::get<reply::Realtime>(replies[1]).n, 1);
}

}  // namespace
}  // namespace matanai::printer
