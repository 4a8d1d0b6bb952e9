#include "printer/protocol/escpos.hpp"

#include <gtest/gtest.h>

#include <random>

#include "raster_reader.hpp"

namespace matanai::printer::escpos {
namespace {

Bitmap printed(const Bytes& bytes, int dots) { return RasterReader(bytes, dots).read(); }

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

TEST(EscPos, BeginsWithItsUnitsAndEndsWithTheCut) {
  const auto bytes = encode(Bitmap(384, 40), {.dpi = 203}).bytes;
  const Bytes head(bytes.begin(), bytes.begin() + 4);
  EXPECT_EQ(head, (Bytes{0x1D, 'P', 203, 203}));
  const Bytes tail(bytes.end() - 4, bytes.end());
  EXPECT_EQ(tail, (Bytes{0x1D, 'V', 'B', 0}));
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
