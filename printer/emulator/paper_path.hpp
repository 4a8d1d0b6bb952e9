// The paper of the virtual printer: a roll, the head, 15 mm further the blade, and the pieces cut
// off. Rows are dots. Not for time or faults (machine.hpp). A value, one thread.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "printer/bitmap.hpp"

namespace matanai::printer::emulator {

// A piece of paper that fell out.
struct CutPiece {
  // From the first row after the cut before to the last one before the feed to the blade: the blank
  // way between head and blade is left out.
  Bitmap bitmap;
  std::vector<std::string> texts;  // lines of text mode, bytes as they came
  std::vector<std::string> codes;  // data of native QR codes
};

class PaperPath {
 public:
  PaperPath(int dots, int rows_to_blade) : rows_to_blade_(rows_to_blade) {
    piece_.bitmap = Bitmap(dots, 0);
  }

  // Rows until the roll ends; nullopt = endless.
  void set_left(std::optional<std::int64_t> rows) { left_ = rows; }
  std::optional<std::int64_t> left() const { return left_; }
  bool has_paper() const { return !left_ || *left_ > 0; }

  // One row further, with these dots (none: white).
  void move(std::span<const std::uint8_t> dots = {});
  // One row further, to bring the end of the print to the blade.
  void move_to_blade();
  void note_text(std::string text) { piece_.texts.push_back(std::move(text)); }
  void note_code(std::string data) { piece_.codes.push_back(std::move(data)); }
  // After move_to_blade() × rows_to_blade() everything falls; without it the last rows stay and
  // head the next piece. True when a piece fell that is more than the blank way.
  bool cut();

  int rows_to_blade() const { return rows_to_blade_; }
  // Printed or fed, and not cut off.
  const Bitmap& hanging() const { return piece_.bitmap; }
  std::int64_t rows_moved() const { return rows_moved_; }  // since the start
  std::int64_t rows_of_piece() const { return rows_of_piece_; }
  std::int64_t cuts() const { return cuts_; }
  std::vector<CutPiece> take_pieces();

 private:
  int rows_to_blade_;
  std::optional<std::int64_t> left_;
  CutPiece piece_;
  int fed_to_blade_ = 0;
  std::int64_t rows_moved_ = 0, rows_of_piece_ = 0, cuts_ = 0;
  std::vector<CutPiece> pieces_;
};

}  // namespace matanai::printer::emulator
