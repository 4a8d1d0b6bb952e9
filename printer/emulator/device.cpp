#include "printer/emulator/device.hpp"

#include <utility>

#include "printer/emulator/machine.hpp"

namespace matanai::printer::emulator {

struct Device::State : Machine {
  using Machine::Machine;
};

Device::Device(DeviceOptions options) : state_(std::make_unique<State>(std::move(options))) {}

Device::~Device() = default;

void Device::receive(std::span<const std::uint8_t> bytes) { state_->receive(bytes); }

std::size_t Device::room() const { return state_->room(); }

std::vector<std::uint8_t> Device::take_replies() { return state_->answers.take(state_->now); }

std::vector<LinkEvent> Device::take_link_events() { return std::exchange(state_->links, {}); }

void Device::forget_replies() { state_->answers.forget(); }

void Device::advance(std::chrono::microseconds by) { state_->advance(by); }

std::chrono::microseconds Device::now() const { return state_->now; }

std::optional<std::chrono::microseconds> Device::next_event() const { return state_->next_event(); }

std::vector<CutPiece> Device::take_pieces() { return state_->paper.take_pieces(); }

std::vector<Bitmap> Device::take_tickets() {
  std::vector<Bitmap> out;
  for (auto& piece : take_pieces()) out.push_back(std::move(piece.bitmap));
  return out;
}

const Bitmap& Device::hanging_paper() const { return state_->paper.hanging(); }

double Device::mm_used() const {
  return static_cast<double>(state_->paper.rows_moved()) * 25.4 / state_->options.dpi;
}

std::optional<double> Device::mm_left() const {
  const auto rows = state_->paper.left();
  if (!rows) return std::nullopt;
  return static_cast<double>(*rows) * 25.4 / state_->options.dpi;
}

const DeviceOptions& Device::options() const { return state_->options; }

const Faults& Device::faults() const { return state_->faults; }

PrinterState Device::state() const {
  const auto& faults = state_->faults;
  if (faults.silent || faults.half_open || faults.powered_off) return PrinterState::not_answering;
  const PrinterFlags flags{.is_offline = faults.offline,
                           .is_cover_open = faults.cover_open,
                           .is_paper_out = faults.paper_out,
                           .is_paper_near_end = faults.near_end,
                           .is_overheated = faults.overheated,
                           .has_cutter_error = state_->has_cutter_error,
                           .has_other_error = faults.unrecoverable};
  return flags.state();
}

bool Device::has_cutter_error() const { return state_->has_cutter_error; }

void Device::set_faults(const Faults& faults) { state_->set_faults(faults); }

void Device::set_paper_left(std::optional<int> rows) { state_->paper.set_left(rows); }

void Device::power_cycle() { state_->power_cycle(); }

void Device::load_script(std::vector<ScriptLine> lines) { state_->load_script(std::move(lines)); }

const std::vector<ScriptLine>& Device::script() const { return state_->script; }

void Device::perform(const Action& action) { state_->perform(action); }

int Device::unknown_commands() const { return state_->unknown; }

std::int64_t Device::bytes_lost() const { return state_->bytes_lost; }

}  // namespace matanai::printer::emulator
