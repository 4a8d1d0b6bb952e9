// What has been heard about one ticket. Up to three marks stand in its bytes: before its lowest
// band, after its last black row, and after the cut; a fourth may be asked for later. Printers
// answer marks in order, so an answered mark tells that everything before it is done, and after a
// cleared buffer an unanswered one tells that nothing behind it was begun. A mark that is answered
// although one before it was not: an answer was lost or falsified, or the printer took that mark
// and what stood around it for something else. Internal to printer/job. A value; one thread.
#pragma once

#include "printer/protocol/dialect.hpp"

namespace matanai::printer {

enum class Mark { begun, image, cut, end };

class Confirmation {
 public:
  static constexpr ProcessId kMarks = 4;  // ids used, from `first` on

  Confirmation(ConfirmMethod method, ProcessId first) : method_(method), first_(first) {}

  ConfirmMethod method() const { return method_; }
  ConfirmStrength strength() const { return strength_of(method_); }
  Bytes request(const Dialect& dialect, Mark mark) const {
    return dialect.confirm_request(method_, first_ + static_cast<ProcessId>(mark));
  }

  void take(const reply::Confirmed& confirmed) {
    if (confirmed.method != method_) return;
    for (ProcessId mark = 0; mark < kMarks; ++mark) {
      if (carried_by(method_, first_ + mark) == confirmed.id) hear(mark);
    }
  }
  // GS r carries nothing: answers are counted.
  void take(const reply::Sensor&) {
    if (method_ == ConfirmMethod::paper_sensor && heard_ < kMarks) hear(heard_);
  }

  // This mark or one behind it was answered. `end` says nothing about the ticket, which may have
  // been lost with the printer's power: it counts for itself only.
  bool has(Mark mark) const {
    if (mark == Mark::end) return is_end_;
    return heard_ > static_cast<ProcessId>(mark);
  }
  // No mark was answered before the one in front of it.
  bool is_gapless() const { return is_gapless_; }

 private:
  void hear(ProcessId mark) {
    if (mark == static_cast<ProcessId>(Mark::end)) {
      is_end_ = true;
      return;
    }
    if (mark > heard_) is_gapless_ = false;
    if (mark >= heard_) heard_ = mark + 1;
  }

  ConfirmMethod method_;
  ProcessId first_;
  ProcessId heard_ = 0;  // marks answered, `end` aside
  bool is_gapless_ = true;
  bool is_end_ = false;
};

}  // namespace matanai::printer
