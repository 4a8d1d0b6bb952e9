// A black-and-white picture as a print head sees it: one bit a dot, the left dot in the high bit, 1
// = black. Not for grey levels or scaling. A value, any thread.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace matanai::printer {

class Bitmap {
 public:
  Bitmap() = default;
  // White, `width` × `height` dots.
  Bitmap(int width, int height)
      : width_(width), height_(height), bits_(stride() * static_cast<std::size_t>(height)) {}

  int width() const { return width_; }
  int height() const { return height_; }
  // Bytes of one row; the bits right of the last dot are 0.
  std::size_t stride() const { return (static_cast<std::size_t>(width_) + 7) / 8; }

  std::span<const std::uint8_t> row(int y) const {
    return std::span(bits_).subspan(offset(y), stride());
  }
  std::span<std::uint8_t> row(int y) { return std::span(bits_).subspan(offset(y), stride()); }

  // False outside of the picture.
  bool is_black(int x, int y) const {
    if (x < 0 || y < 0 || x >= width_ || y >= height_) return false;
    return (row(y)[static_cast<std::size_t>(x) / 8] >> (7 - x % 8) & 1) != 0;
  }
  // Does nothing outside of the picture.
  void set(int x, int y, bool is_black) {
    if (x < 0 || y < 0 || x >= width_ || y >= height_) return;
    auto& byte = row(y)[static_cast<std::size_t>(x) / 8];
    const auto mask = static_cast<std::uint8_t>(0x80 >> (x % 8));
    byte = static_cast<std::uint8_t>(is_black ? byte | mask : byte & ~mask);
  }
  // Adds the black dots of `ink`, its top left at (x, y); what would lie outside is left out.
  void blend(const Bitmap& ink, int x, int y) {
    const int rows = std::min(ink.height(), height_ - y);
    for (int i = std::max(0, -y); i < rows; ++i) {
      const auto from = ink.row(i);
      if (x < 0 || x + static_cast<int>(from.size()) * 8 > width_) {
        for (int column = 0; column < ink.width(); ++column) {
          if (ink.is_black(column, i)) set(x + column, y + i, true);
        }
        continue;
      }
      std::uint8_t* to = row(y + i).data() + x / 8;
      const int shift = x % 8;
      for (std::size_t k = 0; k < from.size(); ++k) {
        to[k] = static_cast<std::uint8_t>(to[k] | from[k] >> shift);
        const auto rest = static_cast<std::uint8_t>(from[k] << (8 - shift));
        if (rest != 0) to[k + 1] = static_cast<std::uint8_t>(to[k + 1] | rest);
      }
    }
  }
  void fill(int x, int y, int width, int height) {
    for (int row = std::max(0, y); row < std::min(height_, y + height); ++row) {
      for (int column = x; column < x + width; ++column) set(column, row, true);
    }
  }
  // Cuts off rows or adds white ones at the bottom.
  void resize_height(int height) {
    height_ = height;
    bits_.resize(stride() * static_cast<std::size_t>(height));
  }

  bool operator==(const Bitmap&) const = default;

 private:
  std::size_t offset(int y) const { return stride() * static_cast<std::size_t>(y); }

  int width_ = 0;
  int height_ = 0;
  std::vector<std::uint8_t> bits_;
};

}  // namespace matanai::printer
