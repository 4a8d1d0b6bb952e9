#include "printer/protocol/escpos.hpp"

#include <gtest/gtest.h>

#include <random>

#include "printer/emulator/device.hpp"
#include "printer/layout/renderer.hpp"

namespace matanai::printer::escpos {
namespace {

Bitmap printed(const Bytes& bytes, int dots) {
  emulator::Device device({.dots = dots});
  device.receive(bytes);
  EXPECT_EQ(device.unknown_commands(), 0);
  auto tickets = device.take_tickets();
  if (tickets.size() != 1) return {};
  return tickets[0];
}

int different_dots(const Bitmap& one, const Bitmap& other) {
  int count = 0;
  for (int y = 0; y < one.height(); ++y) {
    for (int x = 0; x < one.width(); ++x)
      count += one.is_black(x, y) != other.is_black(x, y) ? 1 : 0;
  }
  return count;
}

// The rows as bytes from `left` on, as an encoder without care would send them.
Bytes naive(const Bitmap& picture, int left) {
  Bytes bytes;
  for (int y = 0; y < picture.height(); ++y) {
    for (int x = left % 8; x + 8 <= picture.width(); x += 8) {
      int byte = 0;
      for (int bit = 0; bit < 8; ++bit) byte = byte << 1 | (picture.is_black(x + bit, y) ? 1 : 0);
      bytes.push_back(static_cast<std::uint8_t>(byte));
    }
  }
  return bytes;
}

// Every graphics command with its head, as lengths.
std::vector<std::size_t> band_lengths(const Bytes& bytes) {
  std::vector<std::size_t> lengths;
  for (std::size_t i = 0; i + 8 <= bytes.size(); ++i) {
    if (bytes[i] != 0x1D || bytes[i + 1] != 'v' || bytes[i + 2] != '0') continue;
    const auto width = static_cast<std::size_t>(bytes[i + 4] + 256 * bytes[i + 5]);
    const auto rows = static_cast<std::size_t>(bytes[i + 6] + 256 * bytes[i + 7]);
    lengths.push_back(8 + width * rows);
    i += 7 + width * rows;
  }
  return lengths;
}

TEST(EscPos, TicketsArriveDotForDot) {
  for (const auto& head :
       {PaperSpec{576, 203}, PaperSpec{384, 203}, PaperSpec{420, 203}, PaperSpec{512, 180}}) {
    const TicketRenderer renderer(head);
    for (const char* locale : {"ja", "en", "vi"}) {
      const auto picture = renderer.render(sample_ticket(locale));
      const auto encoded = encode(picture, {.dpi = head.dpi});
      EXPECT_EQ(encoded.dots_changed, 0);
      EXPECT_EQ(printed(encoded.bytes, head.dots), picture) << locale << " " << head.dots;
      EXPECT_EQ(find_realtime(encoded.bytes), encoded.bytes.size());
    }
  }
}

TEST(EscPos, StaysBelowItsShareOfBytes) {
  const TicketRenderer renderer({576, 203});
  EXPECT_LE(encode(renderer.render(sample_ticket("ja"))).bytes.size(), 25'000u);
}

TEST(EscPos, BeginsWithItsUnitsAndEndsWithTheCut) {
  const auto bytes = encode(Bitmap(384, 40), {.dpi = 203}).bytes;
  const Bytes head(bytes.begin(), bytes.begin() + 4);
  EXPECT_EQ(head, (Bytes{0x1D, 'P', 203, 203}));
  const Bytes tail(bytes.end() - 4, bytes.end());
  EXPECT_EQ(tail, (Bytes{0x1D, 'V', 'B', 0}));
}

TEST(EscPos, WhitePaperIsFedAndNotSent) {
  Bitmap picture(576, 1000);
  picture.set(300, 500, true);
  const auto encoded = encode(picture);
  EXPECT_LT(encoded.bytes.size(), 60u);
  EXPECT_EQ(printed(encoded.bytes, 576), picture);
}

TEST(EscPos, NoCommandIsLongerThanTheFlush) {
  Bitmap black(576, 700);
  for (int y = 0; y < black.height(); ++y) {
    for (int x = 0; x < black.width(); ++x) black.set(x, y, true);
  }
  const auto encoded = encode(black);
  const auto lengths = band_lengths(encoded.bytes);
  EXPECT_GE(lengths.size(), 6u);
  for (auto length : lengths) EXPECT_LE(length, kBandLimit);
  EXPECT_EQ(printed(encoded.bytes, 576), black);
}

TEST(EscPos, NoisePicturesArriveWithoutRealtimeBytes) {
  std::mt19937 random(20261122);
  for (int round = 0; round < 40; ++round) {
    const int width = 300 + static_cast<int>(random() % 300);
    Bitmap picture(width, 60);
    for (int y = 0; y < 60; ++y) {
      for (int x = 0; x < width; ++x) picture.set(x, y, random() % 8 == 0);
    }
    const auto encoded = encode(picture);
    EXPECT_EQ(find_realtime(encoded.bytes), encoded.bytes.size());
    const auto back = printed(encoded.bytes, width);
    ASSERT_EQ(back.height(), picture.height());
    EXPECT_LE(different_dots(picture, back), encoded.dots_changed);
  }
}

// Rows that hold DLE EOT 1 at one byte alignment: another alignment is clean, so nothing is lost.
TEST(EscPos, RealtimeBytesAtOneAlignmentAreBrokenWithoutLoss) {
  for (int shift = 0; shift < 8; ++shift) {
    Bitmap picture(576, 50);
    for (int y = 0; y < 50; ++y) {
      picture.set(8, y, true);
      picture.set(8 * (y + 2) + shift + 3, y, true);  // 10h
      picture.set(8 * (y + 3) + shift + 5, y, true);  // 04h
      picture.set(8 * (y + 4) + shift + 7, y, true);  // 01h
    }
    ASSERT_NE(find_realtime(naive(picture, shift)), naive(picture, shift).size());
    const auto encoded = encode(picture);
    EXPECT_EQ(encoded.dots_changed, 0);
    EXPECT_EQ(find_realtime(encoded.bytes), encoded.bytes.size()) << shift;
    EXPECT_EQ(printed(encoded.bytes, 576), picture) << shift;
  }
}

// The sequence lies across the end of a row: the last byte of one, the first two of the next.
TEST(EscPos, RealtimeBytesAcrossRowsAreFound) {
  Bitmap picture(384, 2);
  picture.set(0, 0, true);
  picture.set(379, 0, true);  // 10h at the end of the first row
  picture.set(5, 1, true);    // 04h
  picture.set(15, 1, true);   // 01h
  picture.set(375, 1, true);  // both rows stay in one band
  const auto careless = naive(picture, 0);
  ASSERT_NE(find_realtime(careless), careless.size());
  const auto encoded = encode(picture);
  EXPECT_EQ(find_realtime(encoded.bytes), encoded.bytes.size());
  EXPECT_EQ(printed(encoded.bytes, 384), picture);
}

// Every alignment is bad in the same row: a dot is toggled, and only then.
TEST(EscPos, WorstRowLosesAFewDotsAndNoMore) {
  Bitmap picture(576, 3);
  for (int y = 0; y < 3; ++y) {
    for (int shift = 0; shift < 8; ++shift) {
      const int left = 40 * (shift + 1) + shift;
      picture.set(left + 3, y, true);
      picture.set(left + 13, y, true);
      picture.set(left + 23, y, true);
    }
  }
  const auto encoded = encode(picture);
  EXPECT_GT(encoded.dots_changed, 0);
  EXPECT_LE(encoded.dots_changed, 6);
  EXPECT_EQ(find_realtime(encoded.bytes), encoded.bytes.size());
  EXPECT_EQ(different_dots(picture, printed(encoded.bytes, 576)), encoded.dots_changed);
}

TEST(EscPos, KnowsEveryRealtimeCommand) {
  const std::vector<Bytes> commands = {{0x10, 0x04, 1}, {0x10, 0x04, 4}, {0x10, 0x04, 20},
                                       {0x10, 0x05, 0}, {0x10, 0x05, 2}, {0x10, 0x14, 1},
                                       {0x10, 0x14, 8}};
  for (const auto& command : commands) EXPECT_EQ(find_realtime(command), 0u);
  const std::vector<Bytes> others = {
      {0x10, 0x04, 0}, {0x10, 0x04, 5}, {0x10, 0x05, 3}, {0x10, 0x10, 0x04}, {0x04, 1}};
  for (const auto& bytes : others) EXPECT_EQ(find_realtime(bytes), bytes.size());
  EXPECT_EQ(find_realtime(Bytes{0x10, 0x10, 0x04, 0x02}), 1u);
}

TEST(EscPos, ProcessIdsArePrintableAndAllDifferent) {
  EXPECT_EQ(process_id_of(0), (ProcessId{' ', ' ', ' ', ' '}));
  EXPECT_EQ(process_id_of(94), (ProcessId{' ', ' ', ' ', '~'}));
  EXPECT_EQ(process_id_of(95), (ProcessId{' ', ' ', '!', ' '}));
  EXPECT_NE(process_id_of(1), process_id_of(1 + 95 * 95));
}

}  // namespace
}  // namespace matanai::printer::escpos
