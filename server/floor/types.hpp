// Plain records of the floor as its tables hold them. Values, any thread.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "schema/types/messages_floor.hpp"
#include "schema/types/messages_wait.hpp"

namespace matanai::floor {

struct TicketRow {
  TicketId id;
  OfficeId office;
  LocalDay day{};
  std::string number;
  std::string token_hash;
  std::string issuer;
  std::string message_id;
  std::string locale;
  bool priority = false;
  std::vector<std::string> help;
  std::optional<std::string> reservation;
  std::optional<Instant> reserved_for;
  bool is_late = false;
  int people_ahead = 0;
  Instant issued_at;
};

struct LegRow {
  std::int64_t id = 0;
  std::string ticket;
  std::string number;
  std::string grp;
  std::string service;
  LegState state = LegState::waiting;
  Instant state_since;
  Instant ready_at;
  OrderReason order_reason = OrderReason::ready_time;
  int passed = 0;
  std::optional<std::string> window;
  int times_called = 0;
  bool broke_promise = false;  // its call could not keep somebody's told time
  std::optional<std::int64_t> call_seq;
  std::optional<Instant> first_called_at;
  std::optional<Instant> called_at;
  std::optional<Instant> started_at;
  std::optional<Instant> finished_at;
  // These never change, so no undo needs them:
  Instant issued_at;               // of its ticket
  std::optional<Instant> slot_at;  // of a reservation that came in time
  std::optional<Instant> told_latest;
};
BOOST_DESCRIBE_STRUCT(LegRow, (),
                      (id, ticket, number, grp, service, state, state_since, ready_at, order_reason,
                       passed, window, times_called, call_seq, first_called_at, called_at,
                       started_at, finished_at))

// A waiting leg as far as the call order asks.
struct WaitingRow {
  std::int64_t leg = 0;
  GroupId group;
  ServiceId service;
  Instant issued_at;
  Instant ready_at;
  OrderReason order_reason = OrderReason::ready_time;
  int passed = 0;
  std::optional<Instant> slot_at;
  std::optional<Instant> told_latest;
};

// Quantiles of a wait.
struct WaitQuantiles {
  Millis q10{0};
  Millis q50{0};
  Millis q90{0};
};

// What a ticket was told about its wait, kept on its leg.
struct Promise {
  WaitRange range;
  WaitQuantiles told;     // before rounding
  WaitQuantiles physics;  // before what the office's record made of them
  bool is_soon_by_physics = false;
  Millis age{0};    // of the estimate
  int windows = 0;  // open for the line
  std::string model;
};

enum class WindowMode { closed, open, paused };
BOOST_DESCRIBE_ENUM(WindowMode, closed, open, paused)

struct WindowRow {
  WindowId window;
  WindowMode mode = WindowMode::closed;
  std::optional<std::string> staff;
  std::optional<std::string> staff_name;
  std::vector<GroupId> groups;
  std::optional<std::string> pause_reason;
  std::optional<Instant> paused_at;
  std::optional<std::string> undo;
  std::optional<Instant> undo_until;
};

// How to take one command back: the legs as they were, and as they must still be.
struct LegUndo {
  LegRow before;
  LegState state_after = LegState::waiting;
  Instant since_after;
};
BOOST_DESCRIBE_STRUCT(LegUndo, (), (before, state_after, since_after))
struct UndoRecord {
  CommandName command = CommandName::next;
  std::string number;
  std::vector<LegUndo> legs;         // in the order they were changed
  std::vector<std::int64_t> passed;  // legs that were passed by this call
};
BOOST_DESCRIBE_STRUCT(UndoRecord, (), (command, number, legs, passed))

struct EventRow {
  EventKind kind = EventKind::issued;
  std::string actor;
  std::optional<std::string> ticket;
  std::optional<std::string> number;
  std::optional<std::string> window;
  std::optional<std::string> service;
  std::optional<std::string> reason;
  std::optional<Millis> wait;
  std::optional<std::string> data;
};

struct CallRow {
  OfficeId office;
  LocalDay day{};
  StaffCall call;
};

// What a kiosk last told.
struct KioskRow {
  OfficeId office;
  std::string kiosk;
  PrinterReport printer;
  Instant roll_since;  // when the roll that is in it was first told of
  std::optional<Instant> alone_since;
};

// A reservation as the floor knows it (kept by link).
struct Expected {
  std::string reservation;
  OfficeId office;
  std::string code;
  std::string token_hash;
  ServiceId service;
  GroupId group;
  Instant start;
  std::string state;  // booked, checked_in, cancelled, no_show, served
  std::string locale;
  std::vector<std::string> help;
  int party = 1;
};

}  // namespace matanai::floor
