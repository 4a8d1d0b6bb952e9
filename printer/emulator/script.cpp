#include "printer/emulator/script.hpp"

#include <array>
#include <charconv>
#include <sstream>
#include <stdexcept>

namespace matanai::printer::emulator {
namespace {

using Kind = Action::Kind;
using Ms = std::chrono::milliseconds;

// What may stand behind the name.
enum class Amount { none, time, count };

struct Known {
  std::string_view name;
  Action action;
  Amount amount = Amount::none;
  std::string_view help;
};

// A state; with a time it ends by itself.
Known on(std::string_view name, bool Faults::* fault, std::string_view help, Ms amount = Ms(0)) {
  const Action action{.kind = Kind::set, .fault = fault, .value = true, .amount = amount};
  return {name, action, Amount::time, help};
}
Known off(std::string_view name, bool Faults::* fault, std::string_view help) {
  return {name, {.kind = Kind::set, .fault = fault, .value = false}, Amount::none, help};
}
Known once(std::string_view name, Kind kind, Amount amount, std::string_view help,
           Ms usual = Ms(0)) {
  return {name, {.kind = kind, .amount = usual}, amount, help};
}

const std::vector<Known>& known_actions() {
  using F = Faults;
  static const std::vector<Known> kActions = {
      on("paper_out", &F::paper_out, "the roll ends: prints no further, keeps the rest"),
      off("paper_in", &F::paper_out, "a new roll: goes on with what it kept"),
      on("near_end", &F::near_end, "the roll is nearly used up: prints on and says so"),
      on("cover_open", &F::cover_open, "somebody opens the cover; while printing an error"),
      off("cover_close", &F::cover_open, "and closes it: goes on"),
      on("offline", &F::offline, "switched off line at the panel"),
      off("online", &F::offline, "and on line again"),
      on("jam_before_blade", &F::jam_before_blade,
         "the next cut fails, the ticket hangs; the host or power ends it"),
      on("jam_after_blade", &F::jam_after_blade,
         "the next cut is done, the blade stays; ends in the same way"),
      on("overheat", &F::overheated, "the head is hot: waits (3 s), goes on", Ms(3000)),
      on("unrecoverable", &F::unrecoverable, "an error that only power ends"),
      on("slow", &F::slow, "prints 30 mm a second: its buffer drains slowly and fills up"),
      once("power_cycle", Kind::power_cycle, Amount::time,
           "off and on: forgets all but the paper; with a time: off so long"),
      on("silent", &F::silent, "works, but sends no answer"),
      once("late", Kind::late, Amount::time, "from now on answers come so much later (5 s)",
           Ms(5000)),
      once("lost_answer", Kind::lost_answer, Amount::count,
           "the next so many confirmations (1) are not sent"),
      on("split_answers", &F::split, "every answer byte alone, 1 ms apart"),
      on("noise", &F::noise, "bytes that are no answer between the answers"),
      on("xon_xoff", &F::xon_xoff, "flow control bytes inside the answers"),
      on("wrong_baud", &F::wrong_baud, "both directions garbled"),
      once("drop_bytes", Kind::drop_bytes, Amount::count,
           "the next so many received bytes (1) are lost"),
      once("double_bytes", Kind::double_bytes, Amount::count,
           "the next so many received bytes (1) come twice"),
      once("flip_bytes", Kind::flip_bytes, Amount::count,
           "one bit of each of the next so many received bytes (1) is wrong"),
      once("drop_answer", Kind::drop_answer, Amount::count,
           "the next so many bytes of answers (1) are lost"),
      once("flip_answer", Kind::flip_answer, Amount::count, "one bit of each of them (1) is wrong"),
      once("extra_answer", Kind::extra_answer, Amount::count,
           "another byte comes before each of them (1)"),
      once("rst", Kind::rst, Amount::none, "the connection is reset"),
      on("half_open", &F::half_open, "nothing passes and nobody notices"),
      on("never_read", &F::never_read, "accepts and never reads"),
      on("refuse", &F::refusing, "no new connection (30 s)", Ms(30000)),
      once("second_client", Kind::second_client, Amount::time,
           "another host connects, is served when its turn comes, stays 30 s", Ms(30000)),
      once("es_at_by_other", Kind::reset_by_other, Amount::none,
           "another host sends ESC @: settings and notices are gone"),
      once("heal", Kind::heal, Amount::none, "every fault ends"),
  };
  return kActions;
}

constexpr std::int64_t kLargest = 1'000'000'000;

// "3s", "500ms", "12": number and the unit behind it.
bool read_number(std::string_view text, std::int64_t& number, std::string_view& unit) {
  const auto* end = text.data() + text.size();
  const auto [rest, error] = std::from_chars(text.data(), end, number);
  if (error == std::errc::invalid_argument || number < 0) return false;
  if (error != std::errc() || number > kLargest) {
    throw std::invalid_argument("\"" + std::string(text) + "\" is too large (at most " +
                                std::to_string(kLargest) + ")");
  }
  unit = text.substr(static_cast<std::size_t>(rest - text.data()));
  return true;
}

class LineReader {
 public:
  explicit LineReader(const std::string& line) : words_(line) { text_ = line; }

  ScriptLine read() {
    ScriptLine out{.text = text_, .job = {}, .action = {}};
    std::string word = next("a trigger");
    if (word == "job") {
      out.job = from_one(next("the number of the job"));
      out.trigger = Trigger::row;
      word = next("row N or an action");
      if (word == "byte" || word == "cut" || word == "time" || word == "now")
        throw std::invalid_argument("after job N only row N may stand");
    }
    if (read_trigger(word, out)) word = next("an action");
    out.action = read_action(word);
    return out;
  }

 private:
  bool read_trigger(const std::string& word, ScriptLine& out) {
    if (word == "now") {
      out.trigger = Trigger::now;
      return true;
    }
    if (word == "time") out.trigger = Trigger::time;
    if (word == "byte") out.trigger = Trigger::byte;
    if (word == "row") out.trigger = Trigger::row;
    if (word == "cut") out.trigger = Trigger::cut;
    if (word != "time" && word != "byte" && word != "row" && word != "cut") {
      if (out.job) return false;
      throw std::invalid_argument("\"" + word + "\" is no trigger (row byte job cut time now)");
    }
    const auto value = next("a number after " + word);
    if (word == "time") {
      out.value = duration(value).count();
    } else {
      out.value = word == "cut" ? from_one(value) : number(value);
    }
    return true;
  }

  Action read_action(const std::string& word) {
    for (const auto& known : known_actions()) {
      if (known.name != word) continue;
      Action action = known.action;
      std::string amount;
      if (!(words_ >> amount)) return action;
      if (known.amount == Amount::none)
        throw std::invalid_argument("\"" + word + "\" takes neither a time nor a number");
      if (known.amount == Amount::count) {
        action.count = static_cast<int>(from_one(amount));
      } else {
        action.amount = duration(amount);
      }
      std::string more;
      if (words_ >> more) throw std::invalid_argument("\"" + more + "\" is too much");
      return action;
    }
    throw std::invalid_argument("\"" + word + "\" is no action (they are in emulate --help)");
  }

  std::string next(const std::string& expected) {
    std::string word;
    if (!(words_ >> word)) throw std::invalid_argument(expected + " is missing");
    return word;
  }
  static std::int64_t number(const std::string& text) {
    std::int64_t value = 0;
    std::string_view unit;
    if (!read_number(text, value, unit) || !unit.empty())
      throw std::invalid_argument("\"" + text + "\" is no number");
    return value;
  }
  static std::int64_t from_one(const std::string& text) {
    const auto value = number(text);
    if (value == 0) throw std::invalid_argument("\"0\" is none: it counts from 1");
    return value;
  }
  static Ms duration(const std::string& text) {
    std::int64_t value = 0;
    std::string_view unit;
    const bool is_number = read_number(text, value, unit);
    if (is_number && unit == "s") return Ms(value * 1000);
    if (is_number && (unit == "ms" || unit.empty())) return Ms(value);
    throw std::invalid_argument("\"" + text + "\" is no time (500ms, 3s)");
  }

  std::string text_;
  std::istringstream words_;
};

}  // namespace

std::vector<ScriptLine> parse_script(std::string_view text) {
  std::vector<ScriptLine> lines;
  std::istringstream stream{std::string(text)};
  std::string line;
  for (int at = 1; std::getline(stream, line); ++at) {
    const auto begin = line.find_first_not_of(" \t\r");
    if (begin == std::string::npos || line[begin] == '#') continue;
    line = line.substr(begin, line.find_last_not_of(" \t\r") + 1 - begin);
    try {
      lines.push_back(LineReader(line).read());
    } catch (const std::invalid_argument& error) {
      throw std::invalid_argument("line " + std::to_string(at) + ": " + error.what());
    }
  }
  return lines;
}

std::string script_help() {
  std::string out;
  for (const auto& known : known_actions()) {
    std::string name(known.name);
    if (known.amount == Amount::time) name += " [TIME]";
    if (known.amount == Amount::count) name += " [COUNT]";
    name.resize(25, ' ');
    out += "  " + name + std::string(known.help) + "\n";
  }
  return out;
}

}  // namespace matanai::printer::emulator
