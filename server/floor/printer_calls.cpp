#include "server/floor/printer_calls.hpp"

#include <algorithm>

#include "server/floor/enum_names.hpp"
#include "server/floor/staff_calls.hpp"
#include "server/floor/store_calls.hpp"
#include "server/floor/store_kiosks.hpp"

namespace matanai::floor {
namespace {

constexpr std::chrono::seconds kMayEndByItself{60};

// What a printer's state asks of staff.
struct Need {
  enum class Kind { nobody, not_yet, somebody };
  Kind kind = Kind::nobody;
  StaffCallReason reason = StaffCallReason::printer;
  std::string trouble{};
};

Need somebody_for(StaffCallReason reason, Instant began) {
  return {Need::Kind::somebody, reason, name_of(reason) + "/" + std::to_string(to_millis(began))};
}

Need need_of(const KioskRow& kiosk, Instant now) {
  const auto& printer = kiosk.printer;
  const auto once_it_lasts = [&](StaffCallReason reason) {
    if (now - printer.since < kMayEndByItself) return Need{Need::Kind::not_yet};
    return somebody_for(reason, printer.since);
  };
  switch (printer.state) {
    case PrinterState::ready:
    case PrinterState::overheated:
      return {};
    case PrinterState::paper_near_end:
      return somebody_for(StaffCallReason::paper_near_end, kiosk.roll_since);
    case PrinterState::paper_out:
    case PrinterState::cutter_error:
    case PrinterState::error:
      return somebody_for(StaffCallReason::printer, printer.since);
    case PrinterState::taken:
      return somebody_for(StaffCallReason::taken, printer.since);
    case PrinterState::offline:
      return once_it_lasts(StaffCallReason::printer);
    case PrinterState::cover_open:
      return once_it_lasts(StaffCallReason::cover_open);
    case PrinterState::not_answering:
      return once_it_lasts(StaffCallReason::not_answering);
  }
  return {};
}

struct Change {
  std::optional<CallRow> drop{};
  std::optional<Need> call{};
};

// is_news: the kiosk has just told of another state or roll. Without, a call stays as it is, unless
// it was only about the paper's end: the kiosk itself may have made it for a ticket.
Change change_of(db::Transaction& tx, const Context& context, const KioskRow& kiosk, bool is_news,
                 Instant now) {
  auto need = need_of(kiosk, now);
  if (need.kind == Need::Kind::not_yet) return {};
  auto open = store::open_call_of(tx, kiosk.office, kiosk.kiosk, true);
  const bool may_end = open && (is_news || open->call.reason == StaffCallReason::paper_near_end);
  if (need.kind == Need::Kind::nobody) return is_news ? Change{std::move(open)} : Change{};
  if (open && (open->call.reason == need.reason || !may_end)) return {};
  Change change{std::move(open)};
  const auto known = store::call_by_message(tx, kiosk.kiosk, need.trouble);
  const bool was_answered = known && known->call.answered_at;
  if (!was_answered && !has_ended(tx, context, kiosk.office, local_day(now), now))
    change.call = std::move(need);
  return change;
}

void carry_out(db::Transaction& tx, const KioskRow& kiosk, const Change& change, Instant now) {
  if (change.drop) drop_staff_call(tx, *change.drop, kiosk.kiosk, now);
  if (change.call) call_for_printer(tx, kiosk, change.call->reason, change.call->trouble, now);
}

}  // namespace

FloorKiosk take_printer_report(db::Transaction& tx, const Context& context, const OfficeId& office,
                               const std::string& kiosk, PrinterReport report, Instant now) {
  report.since = std::min(report.since, now);
  const auto before = store::kiosk(tx, office, kiosk);
  const bool is_other_roll = !before || report.paper_metres > before->printer.paper_metres;
  const bool is_other_state =
      !before || report.state != before->printer.state || report.since != before->printer.since;
  const KioskRow row{
      office, kiosk, std::move(report), is_other_roll ? now : before->roll_since, {}};
  store::put_kiosk(tx, row);
  carry_out(tx, row, change_of(tx, context, row, is_other_roll || is_other_state, now), now);
  return {row.kiosk, row.printer, row.alone_since};
}

std::vector<KioskRow> printers_to_attend(db::Transaction& tx, const Context& context, Instant now) {
  auto kiosks = store::kiosks(tx);
  std::erase_if(kiosks, [&](const KioskRow& kiosk) {
    const auto change = change_of(tx, context, kiosk, false, now);
    return !change.drop && !change.call;
  });
  return kiosks;
}

void attend_printer(db::Transaction& tx, const Context& context, const KioskRow& kiosk,
                    Instant now) {
  carry_out(tx, kiosk, change_of(tx, context, kiosk, false, now), now);
}

}  // namespace matanai::floor
