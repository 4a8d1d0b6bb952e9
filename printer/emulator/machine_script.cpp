// The script of faults: when a line is due, and what it does.
#include <algorithm>
#include <utility>

#include "printer/emulator/machine.hpp"

namespace matanai::printer::emulator {

void Machine::load_script(std::vector<ScriptLine> lines) {
  script = std::move(lines);
  script_start_ = now;
  bytes_since_script_ = 0;
  rows_at_script_ = paper.rows_moved();
  cuts_at_script_ = paper.cuts();
  fire(Trigger::now);
  fire(Trigger::byte);
  fire(Trigger::time);
  run();
}

bool Machine::is_due(const ScriptLine& line) const {
  const auto cuts = paper.cuts() - cuts_at_script_;
  switch (line.trigger) {
    case Trigger::now:
      return true;
    case Trigger::time:
      return now - script_start_ >= std::chrono::milliseconds(line.value);
    case Trigger::byte:
      return bytes_since_script_ >= line.value;
    case Trigger::row:
      if (line.job) return cuts == *line.job - 1 && paper.rows_of_piece() >= line.value;
      return paper.rows_moved() - rows_at_script_ >= line.value;
    case Trigger::cut:
      return cuts >= line.value;
  }
  return false;
}

void Machine::fire(Trigger trigger) {
  // By index: an action may not change the script, but the loop must not depend on that.
  for (std::size_t i = 0; i < script.size(); ++i) {
    if (script[i].trigger != trigger || script[i].has_fired || !is_due(script[i])) continue;
    script[i].has_fired = true;
    const Action action = script[i].action;
    perform(action);
  }
}

bool Machine::is_byte_trigger_due() const {
  return std::ranges::any_of(script, [this](const ScriptLine& line) {
    return line.trigger == Trigger::byte && !line.has_fired && is_due(line);
  });
}

void Machine::set_fault(const Action& action) {
  std::erase_if(undo_, [&](const Undo& undo) { return undo.fault == action.fault; });
  if (action.amount.count() > 0)
    undo_.push_back({.at = now + action.amount, .fault = action.fault, .value = !action.value});
  Faults wanted = faults;
  wanted.*action.fault = action.value;
  set_faults(wanted);
}

void Machine::undo_due() {
  // One at a time: setting a fault works on, and may set others.
  while (true) {
    const auto due = std::ranges::find_if(undo_, [this](const Undo& u) { return u.at <= now; });
    if (due == undo_.end()) return;
    const Undo undo = *due;
    undo_.erase(due);
    Faults wanted = faults;
    wanted.*undo.fault = undo.value;
    set_faults(wanted);
  }
}

void Machine::perform(const Action& action) {
  using Kind = Action::Kind;
  switch (action.kind) {
    case Kind::set:
      return set_fault(action);
    case Kind::heal:
      undo_.clear();
      return set_faults({});
    case Kind::power_cycle:
      if (action.amount.count() == 0) return power_cycle();
      return set_fault({.kind = Kind::set,
                        .fault = &Faults::powered_off,
                        .value = true,
                        .amount = action.amount});
    case Kind::lost_answer:
      return answers.lose_confirmations(action.count);
    case Kind::late:
      answers.set_late(action.amount);
      return set_fault({.kind = Kind::set, .fault = &Faults::late});
    case Kind::drop_bytes:
      to_drop_ += action.count;
      return;
    case Kind::double_bytes:
      to_double_ += action.count;
      return;
    case Kind::flip_bytes:
      to_flip_ += action.count;
      return;
    case Kind::drop_answer:
      return answers.damage(Answers::Damage::drop, action.count);
    case Kind::flip_answer:
      return answers.damage(Answers::Damage::flip, action.count);
    case Kind::extra_answer:
      return answers.damage(Answers::Damage::extra, action.count);
    case Kind::reset_by_other:
      return parser->reset_by_other(*this);
    case Kind::rst:
      answers.forget();
      links.push_back({.kind = LinkEvent::Kind::reset});
      return;
    case Kind::second_client:
      links.push_back({.kind = LinkEvent::Kind::second_client, .amount = action.amount});
      return;
  }
}

}  // namespace matanai::printer::emulator
