#include "printer/emulator/script.hpp"

#include <array>
#include <charconv>
#include <sstream>
#include <stdexcept>

namespace matanai::printer::emulator {
namespace {

using Kind = Action::Kind;
using Ms = std::chrono::milliseconds;

struct Known {
  std::string_view name;
  Action action;
  std::string_view help;
};

Known on(std::string_view name, bool Faults::* fault, std::string_view help, Ms amount = Ms(0)) {
  return {name, {.kind = Kind::set, .fault = fault, .value = true, .amount = amount}, help};
}
Known off(std::string_view name, bool Faults::* fault, std::string_view help) {
  return {name, {.kind = Kind::set, .fault = fault, .value = false}, help};
}
Known once(std::string_view name, Kind kind, std::string_view help, Ms amount = Ms(0)) {
  return {name, {.kind = kind, .amount = amount}, help};
}

const std::vector<Known>& known_actions() {
  using F = Faults;
  static const std::vector<Known> kActions = {
      on("paper_out", &F::paper_out, "the roll ends"),
      off("paper_in", &F::paper_out, "a new roll"),
      on("near_end", &F::near_end, "the roll is nearly used up"),
      on("cover_open", &F::cover_open, "somebody opens the cover"),
      off("cover_close", &F::cover_open, "and closes it"),
      on("offline", &F::offline, "switched off line at the panel"),
      off("online", &F::offline, "and on line again"),
      on("jam_before_blade", &F::jam_before_blade, "the next cut fails, the ticket hangs"),
      on("jam_after_blade", &F::jam_after_blade, "the next cut is done, the blade stays"),
      on("overheat", &F::overheated, "the head is hot", Ms(3000)),
      on("unrecoverable", &F::unrecoverable, "an error that only power ends"),
      on("slow", &F::slow, "prints slowly"),
      once("power_cycle", Kind::power_cycle, "off and on; with a time: off so long"),
      on("silent", &F::silent, "no answer is sent"),
      once("late", Kind::late, "answers come later", Ms(5000)),
      once("lost_answer", Kind::lost_answer, "the next N confirmations are lost"),
      on("split_answers", &F::split, "every answer byte alone"),
      on("noise", &F::noise, "bytes that are no answer between the answers"),
      on("xon_xoff", &F::xon_xoff, "flow control bytes inside the answers"),
      on("wrong_baud", &F::wrong_baud, "both directions garbled"),
      once("drop_bytes", Kind::drop_bytes, "the next N received bytes are lost"),
      once("double_bytes", Kind::double_bytes, "the next N received bytes come twice"),
      once("flip_bytes", Kind::flip_bytes, "one bit of the next N received bytes is wrong"),
      once("drop_answer", Kind::drop_answer, "the next N bytes of answers are lost"),
      once("flip_answer", Kind::flip_answer, "one bit of each of them is wrong"),
      once("extra_answer", Kind::extra_answer, "another byte comes before each of them"),
      once("rst", Kind::rst, "the connection is reset"),
      on("half_open", &F::half_open, "nothing passes and nobody notices"),
      on("never_read", &F::never_read, "accepts and never reads"),
      on("refuse", &F::refusing, "no new connection", Ms(30000)),
      once("second_client", Kind::second_client, "another host connects too", Ms(30000)),
      once("es_at_by_other", Kind::reset_by_other, "another host sends ESC @"),
      once("heal", Kind::heal, "every fault ends"),
  };
  return kActions;
}

bool takes_count(Kind kind) {
  switch (kind) {
    case Kind::lost_answer:
    case Kind::drop_bytes:
    case Kind::double_bytes:
    case Kind::flip_bytes:
    case Kind::drop_answer:
    case Kind::flip_answer:
    case Kind::extra_answer:
      return true;
    default:
      return false;
  }
}

constexpr std::int64_t kLargest = 1'000'000'000;

// "3s", "500ms", "12": number and the unit behind it.
bool read_number(std::string_view text, std::int64_t& number, std::string_view& unit) {
  const auto* end = text.data() + text.size();
  const auto [rest, error] = std::from_chars(text.data(), end, number);
  if (error != std::errc() || number < 0 || number > kLargest) return false;
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
      out.job = number(next("the number of the job"));
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
    out.value = word == "time" ? duration(value).count() : number(value);
    return true;
  }

  Action read_action(const std::string& word) {
    for (const auto& known : known_actions()) {
      if (known.name != word) continue;
      Action action = known.action;
      std::string amount;
      if (!(words_ >> amount)) return action;
      if (takes_count(action.kind)) {
        action.count = static_cast<int>(number(amount));
      } else {
        action.amount = duration(amount);
      }
      std::string more;
      if (words_ >> more) throw std::invalid_argument("\"" + more + "\" is too much");
      return action;
    }
    throw std::invalid_argument("\"" + word + "\" is no action");
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
    name.resize(18, ' ');
    out += "  " + name + std::string(known.help) + "\n";
  }
  return out;
}

}  // namespace matanai::printer::emulator
