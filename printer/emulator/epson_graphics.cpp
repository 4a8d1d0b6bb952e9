// Pictures and codes of ESC/POS: GS v 0, GS 8 L with GS ( L, ESC *, characters of the host's own by
// FS 2, native QR codes by GS ( k.
#include <algorithm>
#include <utility>

#include "printer/emulator/epson_parser.hpp"

namespace matanai::printer::emulator {
namespace {

constexpr int kMaxSide = 2400;  // dots of a stored picture

std::size_t number(const Machine& machine, std::size_t at, int bytes) {
  std::size_t value = 0;
  for (int i = bytes - 1; i >= 0; --i)
    value = value << 8 | machine.buffer[at + static_cast<std::size_t>(i)];
  return value;
}
bool has(const Machine& machine, std::size_t count) { return machine.buffer.size() >= count; }

// Every dot as `wide` × `high` dots; one row in.
Bitmap enlarged(std::span<const std::uint8_t> row, int wide, int high) {
  const int width = static_cast<int>(row.size()) * 8;
  Bitmap out(width * wide, high);
  if (wide == 1 && high == 1) {
    std::ranges::copy(row, out.row(0).begin());
    return out;
  }
  for (int x = 0; x < width; ++x) {
    const auto byte = row[static_cast<std::size_t>(x) / 8];
    if ((byte >> (7 - x % 8) & 1) != 0) out.fill(x * wide, 0, wide, high);
  }
  return out;
}

// Columns from the buffer, `bytes` each, the highest bit on top; every dot as `wide` × `high` dots,
// no wider than `room`.
Bitmap columns_of(const Machine& machine, std::size_t at, int columns, int bytes, int wide,
                  int high, int room) {
  Bitmap out(std::min(columns * wide, room), bytes * 8 * high);
  for (int x = 0; x * wide < out.width(); ++x) {
    const auto column = at + static_cast<std::size_t>(x * bytes);
    for (int y = 0; y < bytes * 8; ++y) {
      const auto byte = machine.buffer[column + static_cast<std::size_t>(y / 8)];
      if ((byte >> (7 - y % 8) & 1) != 0) out.fill(x * wide, y * high, wide, high);
    }
  }
  return out;
}

Bitmap frame(int side) {
  Bitmap out(side, side);
  out.fill(0, 0, side, 4);
  out.fill(0, side - 4, side, 4);
  out.fill(0, 0, 4, side);
  out.fill(side - 4, 0, 4, side);
  return out;
}

}  // namespace

// GS v 0 m xL xH yL yH: x in bytes.
EpsonParser::Length EpsonParser::raster(Machine& machine) {
  if (!has(machine, 8)) return std::nullopt;
  const int mode = machine.buffer[3] % 48;
  if (machine.buffer[2] != '0' || mode > 3) ++machine.unknown;
  if (!line_.is_empty()) end_line(machine, 0);
  stride_ = number(machine, 4, 2);
  rows_left_ = stride_ > 0 ? static_cast<int>(number(machine, 6, 2)) : 0;
  scale_x_ = (mode & 1) != 0 ? 2 : 1;
  scale_y_ = (mode & 2) != 0 ? 2 : 1;
  is_storing_ = false;
  return 8;
}

bool EpsonParser::take_image_row(Machine& machine) {
  if (!has(machine, stride_)) return false;
  const auto begin = machine.buffer.begin();
  const std::vector<std::uint8_t> row(begin, begin + static_cast<std::ptrdiff_t>(stride_));
  machine.drop(stride_);
  --rows_left_;
  const auto rows = enlarged(row, scale_x_, scale_y_);
  if (is_storing_) {
    stored_.blend(rows, 0, stored_rows_);
    stored_rows_ += rows.height();
    return true;
  }
  print_picture(machine, rows, x_ > 0 ? settings_.margin + x_ : indent(machine, rows.width()));
  if (rows_left_ == 0) x_ = 0;
  return true;
}

// GS 8 L p1…p4 30h 70h 30h bx by c xL xH yL yH: x in dots; stored until GS ( L 50.
EpsonParser::Length EpsonParser::graphics(Machine& machine) {
  if (!has(machine, 3)) return std::nullopt;
  const auto family = machine.options.dialect;
  const bool is_known = machine.buffer[2] == 'L' && !is_bare(family) && family != Family::epson_old;
  if (!is_known) {  // its data comes out as characters
    ++machine.unknown;
    return 3;
  }
  if (!has(machine, 17)) return std::nullopt;
  const auto length = number(machine, 3, 4);
  const int width = static_cast<int>(number(machine, 13, 2));
  const int height = static_cast<int>(number(machine, 15, 2));
  stride_ = static_cast<std::size_t>(width + 7) / 8;
  const bool is_whole = machine.buffer[8] == 0x70 && width >= 1 && width <= kMaxSide &&
                        height >= 1 && height <= kMaxSide &&
                        length == 10 + stride_ * static_cast<std::size_t>(height);
  if (!is_whole) {
    ++machine.unknown;
    return 17;
  }
  scale_x_ = machine.buffer[10] == 2 ? 2 : 1;
  scale_y_ = machine.buffer[11] == 2 ? 2 : 1;
  stored_ = Bitmap(static_cast<int>(stride_) * 8 * scale_x_, height * scale_y_);
  stored_rows_ = 0;
  rows_left_ = height;
  is_storing_ = true;
  return 17;
}

// ESC * m nL nH d…: a line's worth of dots in columns of 8 (m = 0, 1: each three dots high) or 24;
// m = 0 and 32 double them sideways. What stands right of the paper is lost.
EpsonParser::Length EpsonParser::bit_image(Machine& machine) {
  if (!has(machine, 5)) return std::nullopt;
  const int mode = machine.buffer[2];
  if (mode != 0 && mode != 1 && mode != 32 && mode != 33) {  // its data comes out as characters
    ++machine.unknown;
    return 3;
  }
  const int columns = static_cast<int>(number(machine, 3, 2)), bytes = mode >= 32 ? 3 : 1;
  const auto length = 5 + static_cast<std::size_t>(columns * bytes);
  if (!has(machine, length)) return std::nullopt;
  if (line_.is_empty() && x_ > 0) line_.skip_to(x_);
  const int room = machine.options.dots - settings_.margin - line_.width();
  if (columns > 0 && room > 0) {
    line_.add_picture(
        columns_of(machine, 5, columns, bytes, mode % 32 == 0 ? 2 : 1, mode >= 32 ? 1 : 3, room));
  }
  return length;
}

// FS 2 c1 c2 d1…d72: 24 columns of three bytes.
EpsonParser::Length EpsonParser::own_kanji(Machine& machine) {
  constexpr std::size_t kLength = 4 + 72;
  if (!has(machine, kLength)) return std::nullopt;
  const int code = machine.buffer[2] << 8 | machine.buffer[3];
  line_.define_kanji(code, columns_of(machine, 4, 24, 3, 1, 1, 24));
  return kLength;
}

// GS ( x pL pH …
EpsonParser::Length EpsonParser::block(Machine& machine) {
  if (!has(machine, 5)) return std::nullopt;
  const auto length = number(machine, 3, 2) + 5;
  if (!has(machine, length)) return std::nullopt;
  const auto& buffer = machine.buffer;
  if (buffer[2] == 'k') return code_block(machine, length);
  if (buffer[2] == 'L') return stored(machine, length);
  const bool has_identity = machine.options.dialect == Family::epson;
  if (buffer[2] != 'H' || !has_identity || length < 8) return length;
  if (length == 11 && buffer[5] == 48 && buffer[6] == 48) {
    machine.push_confirmation({0x37, 0x22, buffer[7], buffer[8], buffer[9], buffer[10], 0x00});
  }
  if (length == 8 && buffer[5] == 49) tells_offline_ = buffer[7] % 48 != 0;
  return length;
}

EpsonParser::Length EpsonParser::stored(Machine& machine, std::size_t length) {
  const bool is_print = length == 7 && (machine.buffer[6] == 50 || machine.buffer[6] == 2);
  if (!is_print || stored_rows_ == 0) return length;
  if (!line_.is_empty()) end_line(machine, 0);
  print_picture(machine, stored_,
                x_ > 0 ? settings_.margin + x_ : indent(machine, stored_.width()));
  stored_rows_ = 0;
  x_ = 0;
  return length;
}

// GS ( k pL pH 49 fn …: 67 module, 80 store, 81 print.
EpsonParser::Length EpsonParser::code_block(Machine& machine, std::size_t length) {
  const auto& buffer = machine.buffer;
  if (length < 8 || buffer[5] != 49) return length;
  if (buffer[6] == 67) settings_.code_module = std::clamp<int>(buffer[7], 1, 16);
  if (buffer[6] == 80) {
    const auto begin = buffer.begin();
    settings_.code_data.assign(begin + 8, begin + static_cast<std::ptrdiff_t>(length));
  }
  if (buffer[6] != 81 || settings_.code_data.empty()) return length;
  const auto& data = settings_.code_data;
  const auto& draw = machine.options.draw_code;
  const auto picture = draw ? draw(data, settings_.code_module) : frame(29 * settings_.code_module);
  machine.push({.kind = Op::Kind::code, .count = 0, .bytes = {data.begin(), data.end()}});
  print_picture(machine, picture, indent(machine, picture.width()));
  return length;
}

}  // namespace matanai::printer::emulator
