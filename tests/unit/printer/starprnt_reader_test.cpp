#include <gtest/gtest.h>

#include "tests/unit/printer/replies.hpp"

namespace matanai::printer {
namespace {

const Dialect& dialect() { return dialect_for(Protocol::starprnt); }

// Nine bytes, as most models send them; `set` puts bits into byte n (counted from 1).
Bytes notice_with(std::size_t n = 3, int bits = 0) {
  Bytes notice = {0x23, 0x06, 0, 0, 0, 0, 0, 0, 0};
  notice[n - 1] = static_cast<std::uint8_t>(notice[n - 1] | bits);
  return notice;
}

TEST(StarprntReader, NoticesSayWhatIsWrong) {
  struct Case {
    const char* name;
    Bytes bytes;
    PrinterState state;
  };
  const std::vector<Case> cases = {
      {"fine", notice_with(), PrinterState::ready},
      {"off line", notice_with(3, 0x08), PrinterState::offline},
      {"cover open", notice_with(3, 0x28), PrinterState::cover_open},
      {"head hot", notice_with(4, 0x40), PrinterState::overheated},
      {"unrecoverable", notice_with(4, 0x20), PrinterState::error},
      {"cutter", notice_with(4, 0x08), PrinterState::cutter_error},
      {"mechanical", notice_with(4, 0x04), PrinterState::error},
      {"buffer overflow", notice_with(5, 0x40), PrinterState::error},
      {"paper end", notice_with(6, 0x08), PrinterState::paper_out},
      {"near end", notice_with(6, 0x04), PrinterState::paper_near_end},
      {"seven bytes", {0x0F, 0x06, 0x20, 0, 0, 0, 0}, PrinterState::cover_open},
  };
  for (const auto& one : cases) {
    const auto reader = dialect().make_reader();
    reader->expect(dialect().ask_state());
    const auto replies = reader->feed(one.bytes);
    EXPECT_EQ(count<reply::Answered>(replies), 1u) << one.name;
    EXPECT_EQ(last_flags(replies).state(), one.state) << one.name;
    EXPECT_EQ(count<reply::Answered>(reader->feed(one.bytes)), 0u) << "sent by itself";
  }
}

TEST(StarprntReader, RepliesComeWholeFromAnyPackets) {
  Bytes stream = notice_with();
  // Mark 1311h: looks like flow control and is none.
  for (int byte : {0x1B, 0x1D, 0x03, 0x01, 0x11, 0x13, 0x13, 0x00, 0x11, 0x1B, 0x1D, 0x03, 0x01,
                   0xFF, 0xFF, 0x01, 0x00})
    stream.push_back(static_cast<std::uint8_t>(byte));
  for (std::size_t packet = 1; packet <= stream.size(); ++packet) {
    const auto reader = dialect().make_reader();
    const auto replies = feed_in_packets(*reader, stream, packet);
    const auto confirmed = all<reply::Confirmed>(replies);
    ASSERT_EQ(confirmed.size(), 1u) << packet;
    EXPECT_EQ(confirmed[0].method, ConfirmMethod::star_print_end);
    EXPECT_EQ(confirmed[0].id, 0x1311u);
    EXPECT_EQ(count<reply::Flags>(replies), 1u);
    EXPECT_EQ(count<reply::Cleared>(replies), 1u) << "the mark of clear_buffer";
    EXPECT_EQ(reader->noise(), 0u);
  }
}

TEST(StarprntReader, ReadsTheNameThatWasAskedFor) {
  const auto reader = dialect().make_reader();
  const Bytes name = {0x1B, '#', '*', ',', 'T', 'S', 'P', '6', '5', '4', 0x0A, 0x00};
  EXPECT_TRUE(reader->feed(name).empty()) << "nobody asked";
  reader->expect(dialect().ask_identity());
  const auto names = all<reply::Identity>(reader->feed(name));
  ASSERT_EQ(names.size(), 1u);
  EXPECT_EQ(names[0].what, Asked::model);
  EXPECT_EQ(names[0].text, "TSP654");
}

TEST(StarprntReader, IsBackInStepWithinEightBytesAfterAnyNoise) {
  // Seven bytes: the shortest notice there is.
  expect_resync(Protocol::starprnt, {0x0F, 0x06, 0x20, 0, 0, 0x08, 0}, 100'000, 11);
}

}  // namespace
}  // namespace matanai::printer
