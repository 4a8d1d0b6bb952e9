#include "printer/emulator/machine.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace matanai::printer::emulator {
namespace {

// Typical of thermal printers; research printer.md §3.3 marks them as assumptions.
constexpr Micros kMotorStart = std::chrono::milliseconds(100);
constexpr Micros kBladeStroke = std::chrono::milliseconds(300);
constexpr double kMmToBlade = 15;
constexpr double kBytesAhead = 64;        // of a serial line, read at once
constexpr std::size_t kNoLimit = 65'536;  // of a wire without handshake, at once

bool ends_connection(const LinkEvent& event) {
  return event.kind != LinkEvent::Kind::second_client;
}

int rows_of(double mm, int dpi) { return static_cast<int>(mm * dpi / 25.4 + 0.5); }

}  // namespace

Machine::Machine(DeviceOptions with)
    : options(std::move(with)),
      paper(options.dots, rows_of(kMmToBlade, options.dpi)),
      parser(options.dialect == Family::star ? make_star_parser() : make_epson_parser()) {
  if (options.roll_mm > 0) paper.set_left(rows_of(options.roll_mm, options.dpi));
}

bool Machine::has_error() const {
  return has_cutter_error || was_opened_while_printing || faults.overheated || faults.unrecoverable;
}

bool Machine::is_online() const {
  return !faults.paper_out && !faults.cover_open && !faults.offline && !has_error();
}

void Machine::answer(std::initializer_list<int> bytes) {
  std::vector<std::uint8_t> out;
  for (int byte : bytes) out.push_back(static_cast<std::uint8_t>(byte));
  answers.add(out, now, faults, false);
}

void Machine::answer_text(std::string_view text) {
  std::vector<std::uint8_t> out{0x5F};
  out.insert(out.end(), text.begin(), text.end());
  out.push_back(0);
  answers.add(out, now, faults, false);
}

void Machine::drop(std::size_t count) {
  buffer.erase(buffer.begin(), buffer.begin() + static_cast<std::ptrdiff_t>(count));
}

void Machine::push_feed(int rows) {
  if (rows > 0) queue.push_back({.kind = Op::Kind::feed, .count = rows, .bytes = {}});
}

void Machine::push_cut(bool has_feed, int extra) {
  push_feed(extra);
  queue.push_back(
      {.kind = Op::Kind::cut, .count = has_feed ? paper.rows_to_blade() : 0, .bytes = {}});
}

void Machine::push_confirmation(std::vector<std::uint8_t> bytes) {
  queue.push_back({.kind = Op::Kind::answer, .count = 1, .bytes = std::move(bytes)});
}

void Machine::clear() {
  buffer.clear();
  forget_queue();
  parser->forget_command();
}

void Machine::forget_queue() {
  ++epoch_;
  queue.clear();
}

void Machine::recover() {
  if (faults.jam_before_blade || faults.jam_after_blade) return;
  has_cutter_error = false;
  parser->tell_change(*this);
}

void Machine::run() {
  // A fault of the script may call again from within: the outer call goes on with it.
  if (faults.powered_off || std::exchange(is_running_, true)) return;
  do {
    while (print_next()) {
    }
  } while (may_parse() && parser->step(*this));
  is_running_ = false;
}

// On line, and the work is not too far ahead; what is thrown away is looked through at any time.
bool Machine::may_parse() const {
  if (parser->is_dropping()) return true;
  if (!is_online() || is_emptying_store_) return false;
  const auto store = parser->mm_to_store();
  return rows_waiting() < (store ? rows_of(*store, options.dpi) : options.rows_ahead);
}

int Machine::rows_waiting() const {
  int rows = 0;
  for (const auto& op : queue) rows += op.kind == Op::Kind::answer ? 0 : op.count;
  return rows;
}

// A storage printer begins when its store is full or the job ends, and then prints all of it.
bool Machine::must_store() {
  const auto store = parser->mm_to_store();
  is_emptying_store_ = store && !queue.empty() &&
                       (is_emptying_store_ || rows_waiting() >= rows_of(*store, options.dpi));
  return store && !is_emptying_store_;
}

// Does one row or one other thing; false when the head must wait or there is nothing to do.
bool Machine::print_next() {
  if (must_store() || queue.empty() || now < busy_until_ || !is_online()) return false;
  Op& op = queue.front();
  switch (op.kind) {
    case Op::Kind::row:
      if (!move_paper(false, op.bytes)) return false;
      ++rows_printed;
      queue.pop_front();
      return true;
    case Op::Kind::feed:
      if (!move_paper(false, {})) return false;
      if (--op.count == 0) queue.pop_front();
      return true;
    case Op::Kind::cut:
      if (op.count > 0) {
        if (!move_paper(true, {})) return false;
        --op.count;
        return true;
      }
      strike();
      return true;
    case Op::Kind::answer:
      answers.add(op.bytes, now, faults, true);
      break;
    case Op::Kind::text:
      paper.note_text({op.bytes.begin(), op.bytes.end()});
      break;
    case Op::Kind::code:
      paper.note_code({op.bytes.begin(), op.bytes.end()});
      break;
  }
  queue.pop_front();
  return true;
}

// False when that may not be done now, or when a fault that came here threw the queue away.
bool Machine::move_paper(bool is_to_blade, std::span<const std::uint8_t> dots) {
  const int epoch = epoch_;
  fire(Trigger::row);
  if (epoch != epoch_ || !is_online() || faults.powered_off) return false;
  if (!paper.has_paper()) {
    faults.paper_out = true;
    parser->on_error(*this);
    parser->tell_change(*this);
    return false;
  }
  if (speed() > 0) {
    if (now > busy_until_) pace(faults.slow ? Micros(0) : kMotorStart);
    pace(Micros(25'400'000 / (options.dpi * speed())));
  }
  is_to_blade ? paper.move_to_blade() : paper.move(dots);
  const auto left = paper.left();
  if (options.roll_mm > 0 && left && !faults.near_end &&
      *left <= rows_of(options.near_end_mm, options.dpi)) {
    faults.near_end = true;
    parser->tell_change(*this);
  }
  return true;
}

void Machine::pace(Micros work) { busy_until_ = std::max(busy_until_, now) + work; }

void Machine::strike() {
  if (faults.jam_before_blade) {
    has_cutter_error = true;
    parser->on_error(*this);
    parser->tell_change(*this);
    return;  // the cut stays in the queue
  }
  queue.pop_front();
  if (options.mm_per_s > 0) pace(kBladeStroke);
  const bool has_fallen = paper.cut();
  if (faults.jam_after_blade) {
    has_cutter_error = true;
    parser->on_error(*this);
    parser->tell_change(*this);
  }
  if (has_fallen) fire(Trigger::cut);
}

void Machine::accept(std::span<const std::uint8_t> bytes) {
  for (auto byte : bytes) {
    if (faults.wrong_baud) byte = static_cast<std::uint8_t>(byte ^ 0x5A);
    // What does not fit is lost, but does what it does at once.
    if (buffer.size() < options.buffer_bytes) {
      buffer.push_back(byte);
    } else {
      ++bytes_lost;
    }
    parser->watch(*this, byte);
  }
}

void Machine::take(std::uint8_t byte) {
  if (to_drop_ > 0) {
    --to_drop_;
    return;
  }
  if (to_flip_ > 0) byte ^= static_cast<std::uint8_t>(1U << to_flip_-- % 8);
  const std::array<std::uint8_t, 2> twice = {byte, byte};
  const bool is_double = to_double_ > 0;
  if (is_double) --to_double_;
  accept(std::span(twice).first(is_double ? 2 : 1));
}

void Machine::receive(std::span<const std::uint8_t> bytes) {
  for (auto byte : bytes) {
    ++bytes_since_script_;
    if (options.baud > 0) tokens_ -= 1;
    if (!faults.powered_off) take(byte);
    if (!is_byte_trigger_due()) continue;
    run();  // what arrived before the fault is worked on before it
    const auto events = links.size();
    fire(Trigger::byte);
    // A connection that broke here brings no more.
    if (std::ranges::any_of(std::span(links).subspan(events), ends_connection)) return;
  }
  run();
}

std::size_t Machine::room() const {
  if (faults.never_read || faults.half_open) return 0;
  const auto limit = options.has_handshake ? options.buffer_bytes : buffer.size() + kNoLimit;
  const auto free = limit - std::min(limit, buffer.size());
  if (options.baud == 0) return free;
  return std::min(free, static_cast<std::size_t>(std::max(0.0, tokens_)));
}

void Machine::advance(Micros by) {
  const auto until = now + by;
  while (true) {
    const auto next = next_event();
    const auto to = next ? std::min(*next, until) : until;
    const double seconds = static_cast<double>((to - now).count()) / 1e6;
    if (options.baud > 0) tokens_ = std::min(kBytesAhead, tokens_ + seconds * options.baud / 10);
    now = to;
    undo_due();
    fire(Trigger::time);
    run();
    if (now >= until) return;
  }
}

std::optional<Micros> Machine::next_event() const {
  std::optional<Micros> next;
  const auto consider = [&](Micros at) {
    if (at > now && (!next || at < *next)) next = at;
  };
  if (const auto at = answers.next()) consider(*at);
  if (!queue.empty() && is_online() && busy_until_ > now) consider(busy_until_);
  for (const auto& undo : undo_) consider(undo.at);
  for (const auto& line : script) {
    if (line.trigger == Trigger::time && !line.has_fired)
      consider(script_start_ + std::chrono::milliseconds(line.value));
  }
  if (options.baud > 0 && tokens_ < 1) {
    consider(now + Micros(static_cast<std::int64_t>((1 - tokens_) * 10e6 / options.baud) + 1));
  }
  if (const auto at = parser->next_event()) consider(*at);
  return next;
}

void Machine::set_faults(const Faults& wanted) {
  if (wanted == faults) return;
  const Faults before = std::exchange(faults, wanted);
  const bool is_printing = !queue.empty() || now < busy_until_ || parser->is_in_image();
  if (before.paper_out && !faults.paper_out) {  // a new roll
    if (options.roll_mm > 0) {
      paper.set_left(rows_of(options.roll_mm, options.dpi));
      faults.near_end = false;
    } else {
      paper.set_left(std::nullopt);
    }
  }
  if (!before.cover_open && faults.cover_open && is_printing) was_opened_while_printing = true;
  if (!faults.cover_open) was_opened_while_printing = false;
  if (!before.powered_off && faults.powered_off) power_cycle();
  if (!faults.powered_off && !is_online() && is_printing) parser->on_error(*this);
  parser->tell_change(*this);
  run();
}

void Machine::power_cycle() {
  clear();
  parser->reset();
  answers.forget();
  has_cutter_error = was_opened_while_printing = false;
  faults.unrecoverable = false;
  busy_until_ = now;
  links.push_back({.kind = LinkEvent::Kind::closed});
}

}  // namespace matanai::printer::emulator
