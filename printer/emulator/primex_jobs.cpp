// Jobs of a storage printer (Nippon Primex NP-2511/3511): what stands between GS G 31h with a job
// id and GS G 30h is stored and printed at once at its end, or every 160 mm; then FF 13 id status
// 0 0 0 tells that it is printed. After an error the rest up to the end is thrown away, and the
// status says so. Specification D-F0446, research printer.md §2.6; the number 1 for "not printed"
// is assumed. ESC v is not answered: the meaning of its bits is not known to us.
#include <algorithm>
#include <iterator>

#include "printer/emulator/epson_parser.hpp"

namespace matanai::printer::emulator {
namespace {

constexpr double kStoredMm = 160;
constexpr std::uint8_t kPrinted = 0, kNotPrinted = 1;
constexpr std::array<std::uint8_t, 3> kEndOfJob = {0x1D, 'G', 0x30};

std::vector<std::uint8_t> end_of_job(const std::array<std::uint8_t, 4>& id, std::uint8_t status) {
  return {0xFF, 0x13, id[0], id[1], id[2], id[3], status, 0, 0, 0};
}

bool is_end_of_job(const Op& op) {
  return op.kind == Op::Kind::answer && op.bytes.size() == 10 && op.bytes[0] == 0xFF;
}

}  // namespace

std::optional<double> EpsonParser::mm_to_store() const {
  if (job_ != Job::stored) return std::nullopt;
  return kStoredMm;
}

EpsonParser::Length EpsonParser::job_mark(Machine& machine) {
  const auto& buffer = machine.buffer;
  if (buffer.size() < 3) return std::nullopt;
  if (buffer[2] == kEndOfJob[2]) {
    if (job_ == Job::stored) machine.push_confirmation(end_of_job(job_id_, kPrinted));
    job_ = Job::none;
    return 3;
  }
  if (buffer[2] != 0x31) {
    ++machine.unknown;
    return 3;
  }
  if (buffer.size() < 7) return std::nullopt;
  std::copy_n(buffer.begin() + 3, job_id_.size(), job_id_.begin());
  job_ = Job::stored;
  return 7;
}

void EpsonParser::on_error(Machine& machine) {
  std::vector<Op> ends;
  std::ranges::copy_if(machine.queue, std::back_inserter(ends), is_end_of_job);
  if (job_ != Job::stored && ends.empty()) return;
  machine.forget_queue();
  forget_work();
  for (const auto& end : ends)
    machine.answers.add(
        end_of_job({end.bytes[2], end.bytes[3], end.bytes[4], end.bytes[5]}, kNotPrinted),
        machine.now, machine.faults, true);
  if (job_ != Job::stored) return;
  job_ = Job::dropped;
  drop_rest(machine);
}

// Up to the end of the job; true when that was found.
bool EpsonParser::drop_rest(Machine& machine) {
  auto& buffer = machine.buffer;
  const auto end = std::ranges::search(buffer, kEndOfJob);
  if (!end.empty()) {
    buffer.erase(buffer.begin(), end.end());
    job_ = Job::none;
    machine.answers.add(end_of_job(job_id_, kNotPrinted), machine.now, machine.faults, true);
    return true;
  }
  // The mark may have begun: its first bytes stay.
  const auto keep = static_cast<std::ptrdiff_t>(std::min(kEndOfJob.size() - 1, buffer.size()));
  buffer.erase(buffer.begin(), buffer.end() - keep);
  return false;
}

}  // namespace matanai::printer::emulator
