#include "printer/emulator/paper_path.hpp"

#include <algorithm>
#include <utility>

namespace matanai::printer::emulator {
namespace {

constexpr int kMaxHanging = 4000;  // rows of uncut paper before it tears off by itself

}  // namespace

void PaperPath::move(std::span<const std::uint8_t> dots) {
  // What was fed to the blade and not cut is white paper before this row.
  auto& paper = piece_.bitmap;
  const int white = std::exchange(fed_to_blade_, 0);
  if (paper.height() + white >= kMaxHanging) paper.resize_height(0);
  paper.resize_height(paper.height() + white + 1);
  const auto row = paper.row(paper.height() - 1);
  std::copy_n(dots.begin(), std::min(dots.size(), row.size()), row.begin());
  const int spare = static_cast<int>(row.size()) * 8 - paper.width();
  if (!row.empty()) row.back() = static_cast<std::uint8_t>(row.back() & (0xFF << spare));
  ++rows_moved_;
  ++rows_of_piece_;
  if (left_) --*left_;
}

void PaperPath::move_to_blade() {
  ++fed_to_blade_;
  ++rows_moved_;
  ++rows_of_piece_;
  if (left_) --*left_;
}

bool PaperPath::cut() {
  const int width = piece_.bitmap.width(), height = piece_.bitmap.height();
  const int stay = std::clamp(rows_to_blade_ - fed_to_blade_, 0, height);
  fed_to_blade_ = 0;
  rows_of_piece_ = stay;
  if (height == stay) return false;
  CutPiece next{.bitmap = Bitmap(width, stay), .texts = {}, .codes = {}};
  for (int y = 0; y < stay; ++y)
    std::ranges::copy(piece_.bitmap.row(height - stay + y), next.bitmap.row(y).begin());
  piece_.bitmap.resize_height(height - stay);
  pieces_.push_back(std::exchange(piece_, std::move(next)));
  ++cuts_;
  return true;
}

std::vector<CutPiece> PaperPath::take_pieces() { return std::exchange(pieces_, {}); }

}  // namespace matanai::printer::emulator
