// What crosses the kiosk's two borders: with its touch screen (JSON on loopback) and with the
// office server (the parts of schema/openapi.yaml that it needs). What the server says is read
// tolerantly: a field that this kiosk does not know must never cost somebody a ticket. Values, any
// thread.
#pragma once

#include <boost/describe.hpp>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "printer/layout/ticket.hpp"
#include "schema/types/json.hpp"
#include "schema/types/messages_floor.hpp"
#include "schema/types/time.hpp"

namespace matanai::kiosk {

// ---- the office server (tickets and the board: schema/types/messages_floor.hpp) ----

struct Device {
  std::string id;
  std::string office;
  std::string kind;
};
BOOST_DESCRIBE_STRUCT(Device, (), (id, office, kind))

struct ClockState {
  Instant now{};
  bool is_demo = false;
};
BOOST_DESCRIBE_STRUCT(ClockState, (), (now, is_demo))

// Reads T and overlooks fields that T does not have. Refusals: bad_request, invalid_fields.
template <class T>
Result<T> read_tolerantly(std::string_view text) {
  auto document = parse_json(text);
  if (document.has_error()) return document.error();
  T out{};
  json_detail::FieldErrors errors;
  json_detail::read_any(*document, out, "", errors);
  std::erase_if(errors, [](const FieldError& error) { return error.code == "unknown"; });
  if (!errors.empty()) return Refusal(RefusalCode::invalid_fields, std::move(errors));
  return out;
}

// What goes on paper.
printer::Ticket paper_of(const IssuedTicket& ticket, bool is_copy);

// ---- the touch screen ----

struct WalkIn {
  std::string service;
  std::string locale;
  std::optional<ReservationKey> gives_up;  // cancelled with this ticket
};
BOOST_DESCRIBE_STRUCT(WalkIn, (), (service, locale, gives_up))

// One of code (8 digits) and token (what the scanner read).
struct CheckIn {
  std::optional<std::string> code;
  std::optional<std::string> token;
  std::optional<std::string> locale;   // only if chosen here; else the reservation's
  std::optional<std::string> move_to;  // an earlier time today, "10:30"
};
BOOST_DESCRIBE_STRUCT(CheckIn, (), (code, token, locale, move_to))

struct PrintAnswer {
  std::string message_id;
  bool came_out = false;
};
BOOST_DESCRIBE_STRUCT(PrintAnswer, (), (message_id, came_out))

struct CallStaff {
  KioskCallReason reason = KioskCallReason::help;
};
BOOST_DESCRIBE_STRUCT(CallStaff, (), (reason))

// calling: not known yet; told: the counters see it; coming: one answered; bell: it rings here
// alone.
enum class StaffCallStage { calling, told, coming, bell };
BOOST_DESCRIBE_ENUM(StaffCallStage, calling, told, coming, bell)

// Where the paper of a ticket is; the states of the journal that a person must tell apart.
enum class PaperState { issued, printing, printed, print_failed, print_unknown };
BOOST_DESCRIBE_ENUM(PaperState, issued, printing, printed, print_failed, print_unknown)

struct TicketAnswer {
  std::string message_id;
  IssuedTicket ticket;
  PaperState paper = PaperState::issued;
};
BOOST_DESCRIBE_STRUCT(TicketAnswer, (), (message_id, ticket, paper))

struct PaperProgress {
  std::string message_id;
  std::string number;
  PaperState state = PaperState::issued;
};
BOOST_DESCRIBE_STRUCT(PaperProgress, (), (message_id, number, state))

struct GroupWait {
  GroupId group;
  int waiting = 0;
  std::optional<WaitRange> estimate;  // of somebody who takes a ticket now
};
BOOST_DESCRIBE_STRUCT(GroupWait, (), (group, waiting, estimate))

// Everything that the screen shows and does not ask for: one frame, pushed on every change.
struct ScreenState {
  std::string epoch;  // of this run
  std::int64_t seq = 0;
  std::string build;  // the page reloads, when idle, after it changed
  Instant now{};
  bool is_demo = false;
  std::string office;
  std::int64_t office_version = 0;  // GET /api/office again when it changes; 0 = nothing known yet
  bool server_up = false;
  std::string printer;  // printer::code_of
  bool can_print = false;
  std::string printer_model;                    // as it calls itself; empty = not known
  std::optional<std::string> printer_confirms;  // printer::ConfirmStrength; absent = not known
  std::string printer_mode;                     // printer::TicketForm
  std::int64_t paper_metres = 0;                // left on the roll, by the kiosk's count
  bool is_open = true;                          // until the office has told its hours
  std::optional<std::string> opens;
  std::optional<std::string> closes;
  std::vector<GroupWait> waiting;            // empty = not known
  std::vector<std::string> locales;          // with words of their own
  std::vector<PaperProgress> papers;         // of the last minutes, newest first
  std::optional<PaperProgress> question;     // oldest print of today that nobody knows about
  std::optional<StaffCallStage> staff_call;  // of the call that stands
};
BOOST_DESCRIBE_STRUCT(ScreenState, (),
                      (epoch, seq, build, now, is_demo, office, office_version, server_up, printer,
                       can_print, printer_model, printer_confirms, printer_mode, paper_metres,
                       is_open, opens, closes, waiting, locales, papers, question, staff_call))

}  // namespace matanai::kiosk
