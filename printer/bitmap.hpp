// A black-and-white picture as a print head sees it: one bit a dot, the left dot in the high bit, 1
// = black. Not for grey levels or scaling. A value, any thread.
#pragma once

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
