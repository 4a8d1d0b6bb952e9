#include "printer/emulator/epson_parser.hpp"

#include <algorithm>
#include <utility>

namespace matanai::printer::emulator {
namespace {

constexpr std::uint8_t kDle = 0x10, kDc2 = 0x12, kEsc = 0x1B, kFs = 0x1C, kGs = 0x1D;

int word(const Machine& machine, std::size_t at) {
  return machine.buffer[at] | machine.buffer[at + 1] << 8;
}
bool has(const Machine& machine, std::size_t count) { return machine.buffer.size() >= count; }

}  // namespace

std::unique_ptr<Parser> make_epson_parser() { return std::make_unique<EpsonParser>(); }

void EpsonParser::forget_command() {
  forget_work();
  job_ = Job::none;
}

void EpsonParser::forget_work() {
  rows_left_ = 0;
  x_ = 0;
  line_.clear();
  stored_rows_ = 0;
}

void EpsonParser::reset() {
  forget_command();
  realtime_.clear();
  data_left_ = 0;
  tail_ = {};
  notice_mask_ = 0;
  tells_offline_ = false;
  settings_ = {};
  line_.reset();
}

// ESC @: settings and the line begun are gone, notices are off.
void EpsonParser::initialize(Machine& machine) {
  notice_mask_ = 0;
  settings_ = {};
  line_.reset();
  x_ = 0;
  if (machine.options.dialect == Family::sii) machine.answer({0xB0});
}

bool EpsonParser::step(Machine& machine) {
  if (is_dropping()) return drop_rest(machine);
  if (rows_left_ > 0) return take_image_row(machine);
  if (machine.buffer.empty()) return false;
  Length length;
  switch (machine.buffer[0]) {
    case kEsc:
      length = has(machine, 2) ? escape(machine) : std::nullopt;
      break;
    case kGs:
      length = has(machine, 2) ? group(machine) : std::nullopt;
      break;
    case kFs:
      length = has(machine, 2) ? kanji(machine) : std::nullopt;
      break;
    case kDle:
      length = skip_realtime(machine);
      break;
    default:
      length = character(machine);
  }
  if (!length) return false;
  machine.drop(*length);
  return true;
}

// Already executed when it arrived.
EpsonParser::Length EpsonParser::skip_realtime(Machine& machine) {
  const auto count = static_cast<std::ptrdiff_t>(std::min<std::size_t>(10, machine.buffer.size()));
  const auto kept =
      std::exchange(realtime_, {machine.buffer.begin(), machine.buffer.begin() + count});
  const int length = realtime_length(machine);
  realtime_ = kept;
  if (length < 0) return std::nullopt;
  if (length > 0) return static_cast<std::size_t>(length);
  ++machine.unknown;
  return 1;
}

EpsonParser::Length EpsonParser::character(Machine& machine) {
  const auto byte = machine.buffer[0];
  if (byte == kDc2 && machine.options.dialect == Family::sii) {
    if (!has(machine, 3)) return std::nullopt;
    if (machine.buffer[1] == 'q') {
      machine.push_confirmation({static_cast<std::uint8_t>(0x80 | (machine.buffer[2] & 0x0F))});
    }
    return 3;
  }
  if (byte == 0x0A) {
    end_line(machine, spacing(machine));
    return 1;
  }
  if (byte < 0x20) return 1;  // NUL, CR and the rest do nothing
  const bool is_kanji = line_.is_lead(byte);
  if (is_kanji && !has(machine, 2)) return std::nullopt;
  if (!line_.fits(machine.options.dots - settings_.margin, is_kanji))
    end_line(machine, spacing(machine));
  if (line_.is_empty() && x_ > 0) line_.skip_to(x_);
  line_.add(is_kanji ? byte << 8 | machine.buffer[1] : byte, is_kanji);
  return is_kanji ? 2 : 1;
}

int EpsonParser::spacing(const Machine& machine) const {
  return settings_.spacing > 0 ? settings_.spacing : machine.options.dpi / 6;
}

int EpsonParser::indent(const Machine& machine, int width) const {
  const int room = machine.options.dots - settings_.margin - width;
  if (settings_.align == 0 || room < 0) return settings_.margin;
  return settings_.margin + (settings_.align == 1 ? room / 2 : room);
}

// The line as rows, then white up to `feed` dots.
void EpsonParser::end_line(Machine& machine, int feed) {
  x_ = 0;
  if (line_.is_empty()) return machine.push_feed(feed);
  const auto& options = machine.options;
  const auto picture = line_.draw(options.dots, indent(machine, line_.width()), options.draw_glyph);
  const auto& bytes = line_.bytes();
  machine.push({.kind = Op::Kind::text, .count = 0, .bytes = {bytes.begin(), bytes.end()}});
  print_picture(machine, picture, 0);
  machine.push_feed(feed - picture.height());
  line_.clear();
}

void EpsonParser::print_picture(Machine& machine, const Bitmap& picture, int x) {
  Bitmap placed(machine.options.dots, picture.height());
  if (x < placed.width()) placed.blend(picture, x, 0);
  for (int y = 0; y < placed.height(); ++y) {
    const auto row = placed.row(y);
    machine.push({.kind = Op::Kind::row, .count = 1, .bytes = {row.begin(), row.end()}});
  }
}

EpsonParser::Length EpsonParser::escape(Machine& machine) {
  const auto& buffer = machine.buffer;
  const int dpi = machine.options.dpi;
  switch (buffer[1]) {
    case '@':
      initialize(machine);
      return 2;
    case '2':
      settings_.spacing = 0;
      return 2;
    case '*':
      return bit_image(machine);
    case 'i':
    case 'm':  // cuts of the oldest printers
      if (line_.is_empty()) machine.push_cut(false, 0);
      return 2;
    case '$':
    case '\\':
    case 'c':
      if (!has(machine, 4)) return std::nullopt;
      if (buffer[1] == '$') {
        x_ = word(machine, 2) * dpi / (settings_.unit_x > 0 ? settings_.unit_x : dpi);
        if (!line_.is_empty()) line_.skip_to(x_);
      }
      return 4;
    default:
      break;
  }
  static constexpr std::string_view kOneArgument = "Jda3E-GM!tR{V =T";
  if (kOneArgument.find(static_cast<char>(buffer[1])) == std::string_view::npos) {
    ++machine.unknown;
    return 2;
  }
  if (!has(machine, 3)) return std::nullopt;
  const int n = buffer[2];
  const int unit = settings_.unit_y > 0 ? settings_.unit_y : dpi;
  if (buffer[1] == 'J') end_line(machine, n * dpi / unit);
  if (buffer[1] == 'd') end_line(machine, n * spacing(machine));
  if (buffer[1] == '3') settings_.spacing = n * dpi / unit;
  if (buffer[1] == 'a' && line_.is_empty()) settings_.align = n % 48 % 3;
  if (buffer[1] == 'M') line_.set_small(n % 48 == 1);
  if (buffer[1] == '!') {
    line_.set_small((n & 0x01) != 0);
    line_.set_size((n & 0x20) != 0 ? 2 : 1, (n & 0x10) != 0 ? 2 : 1);
  }
  return 3;
}

EpsonParser::Length EpsonParser::group(Machine& machine) {
  const auto& buffer = machine.buffer;
  switch (buffer[1]) {
    case 'V':
      return cut(machine);
    case 'v':
      return raster(machine);
    case '8':
      return graphics(machine);
    case '(':
      return block(machine);
    case 'g':
      return counter(machine);
    case 'G':
      if (machine.options.dialect == Family::primex) return job_mark(machine);
      break;
    case 'P':
    case 'L':
    case 'W':
      if (!has(machine, 4)) return std::nullopt;
      if (buffer[1] == 'P') settings_.unit_x = buffer[2], settings_.unit_y = buffer[3];
      if (buffer[1] == 'L' && line_.is_empty()) settings_.margin = word(machine, 2);
      return 4;
    default:
      break;
  }
  static constexpr std::string_view kOneArgument = "arI!Bbhwf";
  if (kOneArgument.find(static_cast<char>(buffer[1])) == std::string_view::npos) {
    ++machine.unknown;
    return 2;
  }
  if (!has(machine, 3)) return std::nullopt;
  const int n = buffer[2];
  if (buffer[1] == 'a' && !is_bare(machine.options.dialect)) {
    notice_mask_ = static_cast<std::uint8_t>(n);
    if (n != 0) send_notice(machine);
  }
  // Answered when parsed, whatever still waits for the head.
  if (buffer[1] == 'r') {
    const int tag = machine.options.dialect == Family::sii ? 0xA0 : 0;
    machine.answer({tag | (machine.is_near_end() ? 0x03 : 0x00)});
  }
  if (buffer[1] == 'I') identify(machine, n);
  if (buffer[1] == '!') line_.set_size((n >> 4 & 7) + 1, (n & 7) + 1);
  return 3;
}

// FS: kanji.
EpsonParser::Length EpsonParser::kanji(Machine& machine) {
  const auto& buffer = machine.buffer;
  switch (buffer[1]) {
    case '&':
    case '.':
      line_.set_kanji_mode(buffer[1] == '&');
      return 2;
    case 'C':
    case '!':
    case '-':
    case 'W':
      if (!has(machine, 3)) return std::nullopt;
      if (buffer[1] == 'C') line_.set_code_system(buffer[2] % 48);
      if (buffer[1] == '!')
        line_.set_kanji_size((buffer[2] & 0x04) != 0 ? 2 : 1, (buffer[2] & 0x08) != 0 ? 2 : 1);
      if (buffer[1] == 'W') line_.set_kanji_size(buffer[2] % 48 == 1 ? 2 : 1, buffer[2] % 48 + 1);
      return 3;
    case 'S':
      return has(machine, 4) ? Length(4) : std::nullopt;
    case '2':
      return own_kanji(machine);
    case '(': {  // FS ( A 2 0 48 m: the font
      if (!has(machine, 5)) return std::nullopt;
      const auto length = static_cast<std::size_t>(word(machine, 3)) + 5;
      if (!has(machine, length)) return std::nullopt;
      if (buffer[2] == 'A' && length == 7 && buffer[5] == 48) line_.set_kanji_font(buffer[6] % 48);
      return length;
    }
    default:
      ++machine.unknown;
      return 2;
  }
}

// GS V: only at the beginning of a line; elsewhere it is ignored. Cuts reserved for later (a, b, g,
// h) are not made.
EpsonParser::Length EpsonParser::cut(Machine& machine) {
  if (!has(machine, 3)) return std::nullopt;
  const int mode = machine.buffer[2];
  const bool has_feed = mode == 'A' || mode == 'B';
  const bool is_reserved = mode == 'a' || mode == 'b' || mode == 'g' || mode == 'h';
  if ((has_feed || is_reserved) && !has(machine, 4)) return std::nullopt;
  if (is_reserved) {
    ++machine.unknown;
    return 4;
  }
  if (line_.is_empty()) machine.push_cut(has_feed, has_feed ? machine.buffer[3] : 0);
  return has_feed ? 4 : 3;
}

}  // namespace matanai::printer::emulator
