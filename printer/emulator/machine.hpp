// The printer behind every family: receive buffer, print queue, head, blade, errors, faults and
// their script. Its parts are open to the parsers; the outside sees Device only. Not thread-safe.
#pragma once

#include <deque>
#include <initializer_list>
#include <string_view>

#include "printer/emulator/answers.hpp"
#include "printer/emulator/device.hpp"
#include "printer/emulator/parser.hpp"

namespace matanai::printer::emulator {

// Work that is parsed and waits for the head.
struct Op {
  enum class Kind { row, feed, cut, answer, text, code };
  Kind kind{};
  int count = 1;                    // feed: rows; cut: rows to the blade before it
  std::vector<std::uint8_t> bytes;  // row: dots from the left edge; answer; text; code
};

struct Machine {
  explicit Machine(DeviceOptions with);

  DeviceOptions options;
  Faults faults;
  bool has_cutter_error = false;           // stays until the host or power recovers it
  bool was_opened_while_printing = false;  // until the cover is closed
  Answers answers;
  PaperPath paper;
  std::deque<std::uint8_t> buffer;
  std::deque<Op> queue;
  std::vector<LinkEvent> links;
  std::unique_ptr<Parser> parser;
  int unknown = 0;
  std::int64_t bytes_lost = 0;    // of those that came though the buffer was full
  std::int64_t rows_printed = 0;  // fed ones not counted
  Micros now{0};

  // --- for parsers
  bool is_online() const;
  bool has_error() const;  // any that DLE EOT 2 calls an error
  bool is_near_end() const { return faults.near_end && options.has_near_end_sensor; }
  void answer(std::initializer_list<int> bytes);
  void answer_text(std::string_view text);  // 5F … 00
  void drop(std::size_t count);             // from the front of the buffer
  void push(Op op) { queue.push_back(std::move(op)); }
  void push_feed(int rows);
  // To the blade when `has_feed`, and `extra` rows.
  void push_cut(bool has_feed, int extra);
  // Answers when everything before it is on paper.
  void push_confirmation(std::vector<std::uint8_t> bytes);
  void clear();         // everything received and not printed
  void forget_queue();  // everything parsed and not printed
  void recover();       // from a cutter error whose jam is gone

  // --- for Device
  void receive(std::span<const std::uint8_t> bytes);
  std::size_t room() const;
  void advance(Micros by);
  std::optional<Micros> next_event() const;
  void set_faults(const Faults& wanted);
  void power_cycle();
  void load_script(std::vector<ScriptLine> lines);
  void perform(const Action& action);
  // Prints and parses until nothing more can be done now.
  void run();

  std::vector<ScriptLine> script;

 private:
  struct Undo {
    Micros at;
    bool Faults::* fault;
    bool value;
  };

  bool print_next();
  bool may_parse() const;
  bool must_store();
  int rows_waiting() const;
  bool move_paper(bool is_to_blade, std::span<const std::uint8_t> dots);
  void pace(Micros work);
  void strike();
  void set_fault(const Action& action);
  void fire(Trigger trigger);
  bool is_due(const ScriptLine& line) const;
  bool is_byte_trigger_due() const;
  void take(std::uint8_t byte);
  void accept(std::span<const std::uint8_t> bytes);
  void undo_due();
  int speed() const { return faults.slow ? options.slow_mm_per_s : options.mm_per_s; }

  Micros busy_until_{0};
  Micros script_start_{0};
  std::int64_t bytes_since_script_ = 0, rows_at_script_ = 0, cuts_at_script_ = 0;
  std::vector<Undo> undo_;
  int to_drop_ = 0, to_double_ = 0, to_flip_ = 0;
  double tokens_ = 0;  // bytes that the serial line may have brought by now
  int epoch_ = 0;      // grows when the queue is thrown away
  bool is_running_ = false;
  bool is_emptying_store_ = false;
};

}  // namespace matanai::printer::emulator
