// Reads the pictures of ESC/POS and StarPRNT back, command by command as the makers' references
// describe them, without a line of ours that writes them. Anything unknown fails the test.
#pragma once

#include <gtest/gtest.h>

#include <cstdint>
#include <span>
#include <vector>

#include "printer/bitmap.hpp"

namespace matanai::printer {

class RasterReader {
 public:
  RasterReader(std::span<const std::uint8_t> bytes, int dots) : bytes_(bytes), paper_(dots, 0) {}

  // What is on the paper when the blade comes, or at the end.
  Bitmap read() {
    while (at_ < bytes_.size() && !is_cut_ && !testing::Test::HasFatalFailure()) command();
    return paper_;
  }
  bool is_cut() const { return is_cut_; }
  // Lengths of the graphics commands, heads included.
  const std::vector<std::size_t>& lengths() const { return lengths_; }

 private:
  int byte(std::size_t offset) const {
    return at_ + offset < bytes_.size() ? bytes_[at_ + offset] : -1;
  }
  int word(std::size_t offset) const { return byte(offset) + 256 * byte(offset + 1); }
  bool is(std::initializer_list<int> start) const {
    std::size_t offset = 0;
    for (int value : start) {
      if (byte(offset++) != value) return false;
    }
    return true;
  }

  void command() {
    if (is({0x1D, 'P'})) return skip(4);
    if (is({0x1B, '$'})) return place(word(2), 4);
    if (is({0x1B, 0x1D, 'A'})) return place(word(3), 5);
    if (is({0x1B, 'J'}) || is({0x1B, 'I'})) return feed(byte(2));
    if (is({0x1D, 'v', '0'})) return gs_v_0();
    if (is({0x1D, '8', 'L'})) return gs_8_l();
    if (is({0x1D, '(', 'L', 2, 0, 48, 50})) return print_stored();
    if (is({0x1B, 0x1D, 'S', 1})) return esc_gs_s();
    if (is({0x1D, 'V', 'B', 0}) || is({0x1B, 'd', 3})) return cut(is({0x1D}) ? 4 : 3);
    FAIL() << "unknown command at " << at_ << ": " << byte(0) << ' ' << byte(1) << ' ' << byte(2);
  }

  void skip(std::size_t count) { at_ += count; }
  void place(int x, std::size_t count) {
    x_ = x;
    skip(count);
  }
  void feed(int rows) {
    ASSERT_GT(rows, 0);
    paper_.resize_height(paper_.height() + rows);
    skip(3);
  }
  void cut(std::size_t count) {
    is_cut_ = true;
    skip(count);
    ASSERT_EQ(at_, bytes_.size());
  }

  Bitmap dots(std::size_t from, int columns, int rows, int wide, int tall) const {
    const int row_bytes = (columns + 7) / 8;
    Bitmap picture(columns * wide, rows * tall);
    for (int y = 0; y < picture.height(); ++y) {
      for (int x = 0; x < picture.width(); ++x) {
        const int column = x / wide;
        const int value = byte(from + static_cast<std::size_t>(y / tall * row_bytes + column / 8));
        if (value >= 0) picture.set(x, y, (value >> (7 - column % 8) & 1) != 0);
      }
    }
    return picture;
  }

  void print(const Bitmap& picture) {
    const int top = paper_.height();
    paper_.resize_height(top + picture.height());
    paper_.blend(picture, x_, top);
    x_ = 0;
  }

  void gs_v_0() {
    const int mode = byte(3), width = word(4), rows = word(6);
    ASSERT_TRUE(mode >= 0 && mode <= 3 && width > 0 && rows > 0);
    print(dots(8, width * 8, rows, mode % 2 == 1 ? 2 : 1, mode >= 2 ? 2 : 1));
    finish(8 + static_cast<std::size_t>(width * rows));
  }

  void gs_8_l() {
    ASSERT_EQ(byte(7), 48);
    ASSERT_EQ(byte(8), 112);
    const int columns = word(13), rows = word(15);
    const auto size = static_cast<std::size_t>((columns + 7) / 8 * rows);
    ASSERT_EQ(static_cast<std::size_t>(word(3) + 65536 * word(5)), size + 10);
    stored_ = dots(17, columns, rows, byte(10), byte(11));
    finish(17 + size);
  }

  void print_stored() {
    ASSERT_GT(stored_.height(), 0);
    print(stored_);
    stored_ = {};
    skip(7);
  }

  void esc_gs_s() {
    const int width = word(4), rows = word(6);
    ASSERT_EQ(byte(8), 0);
    print(dots(9, width * 8, rows, 1, 1));
    finish(9 + static_cast<std::size_t>(width * rows));
  }

  void finish(std::size_t length) {
    ASSERT_LE(at_ + length, bytes_.size());
    lengths_.push_back(length);
    skip(length);
  }

  std::span<const std::uint8_t> bytes_;
  std::size_t at_ = 0;
  int x_ = 0;
  Bitmap paper_;
  Bitmap stored_;
  bool is_cut_ = false;
  std::vector<std::size_t> lengths_;
};

}  // namespace matanai::printer
