// Messages of the office floor as schema/openapi.yaml has them: tickets, the clerk's
// window, events; with those of boards and of calls for staff. Plain values; JSON by description
// (json.hpp).
#pragma once

#include <boost/describe.hpp>
#include <optional>
#include <string>
#include <vector>

#include "schema/types/ids.hpp"
#include "schema/types/messages_board.hpp"
#include "schema/types/messages_kiosk.hpp"
#include "schema/types/messages_staff_call.hpp"
#include "schema/types/messages_wait.hpp"
#include "schema/types/time.hpp"

namespace matanai {

enum class LegState {
  waiting,
  called,
  serving,
  finished,
  absent,
  on_hold,
  transferred,
  cancelled,
  expired
};
BOOST_DESCRIBE_ENUM(LegState, waiting, called, serving, finished, absent, on_hold, transferred,
                    cancelled, expired)

enum class WindowStateName { closed, free, called, serving, paused };
BOOST_DESCRIBE_ENUM(WindowStateName, closed, free, called, serving, paused)

enum class OrderReason {
  ready_time,
  reservation_head_start,
  priority_head_start,
  returned,
  chosen_by_clerk,
  put_back,
  reservation_due,  // about to miss its promised time
  passed_limit,     // others of its service went before it often enough
  promise_past,     // its printed "at the latest" is over
  rule_order        // first by the office's rule
};
BOOST_DESCRIBE_ENUM(OrderReason, ready_time, reservation_head_start, priority_head_start, returned,
                    chosen_by_clerk, put_back, reservation_due, passed_limit, promise_past,
                    rule_order)

enum class CommandName {
  open,
  close,
  next,
  call,
  recall,
  start,
  finish,
  absent,
  put_back,
  hold,
  back,
  pause,
  resume,
  undo
};
BOOST_DESCRIBE_ENUM(CommandName, open, close, next, call, recall, start, finish, absent, put_back,
                    hold, back, pause, resume, undo)

enum class EventKind {
  issued,
  checked_in,
  called,
  recalled,
  started,
  finished,
  absent,
  put_back,
  on_hold,
  returned,
  undone,
  window_opened,
  window_closed,
  window_paused,
  window_resumed,
  expired,
  staff_called,
  staff_call_answered,
  staff_call_dropped
};
BOOST_DESCRIBE_ENUM(EventKind, issued, checked_in, called, recalled, started, finished, absent,
                    put_back, on_hold, returned, undone, window_opened, window_closed,
                    window_paused, window_resumed, expired, staff_called, staff_call_answered,
                    staff_call_dropped)

// How somebody at the office names a reservation: by one of the two.
struct ReservationKey {
  std::optional<std::string> code;
  std::optional<std::string> token;
};
BOOST_DESCRIBE_STRUCT(ReservationKey, (), (code, token))

struct TicketRequest {
  std::string issuer;
  std::string message_id;
  ServiceId service;
  std::optional<std::string> locale;
  std::optional<bool> priority;
  std::optional<ReservationKey> gives_up;
};
BOOST_DESCRIBE_STRUCT(TicketRequest, (), (issuer, message_id, service, locale, priority, gives_up))

struct CheckInRequest {
  std::string issuer;
  std::string message_id;
  std::optional<std::string> code;
  std::optional<std::string> token;
  std::optional<std::string> locale;
};
BOOST_DESCRIBE_STRUCT(CheckInRequest, (), (issuer, message_id, code, token, locale))

struct MoveRequest {
  std::optional<std::string> code;
  std::optional<std::string> token;
  std::string time;
};
BOOST_DESCRIBE_STRUCT(MoveRequest, (), (code, token, time))

struct MovedReservation {
  LocalDay date;
  std::string time;
  std::string check_in_from;
};
BOOST_DESCRIBE_STRUCT(MovedReservation, (), (date, time, check_in_from))

struct IssuedTicket {
  TicketId id;
  std::string number;
  std::string token;
  std::string url;
  OfficeId office;
  std::string office_name;
  std::optional<std::string> section;
  GroupId group;
  ServiceId service;
  std::string service_name_ja;
  std::string service_name;
  std::string zone;
  Instant issued_at;
  int people_ahead = 0;
  std::optional<Instant> reserved_for;
  std::optional<bool> is_late;
  std::string locale;
  bool is_repeat = false;
  std::optional<WaitRange> estimate;  // as told when the ticket was given
};
BOOST_DESCRIBE_STRUCT(IssuedTicket, (),
                      (id, number, token, url, office, office_name, section, group, service,
                       service_name_ja, service_name, zone, issued_at, people_ahead, reserved_for,
                       is_late, locale, is_repeat, estimate))

struct TicketStatus {
  std::string number;
  OfficeId office;
  std::string office_name;
  std::string service_name;
  LegState state = LegState::waiting;
  std::string zone;
  std::optional<std::string> window;
  std::optional<int> people_ahead;
  Instant issued_at;
  std::optional<Instant> called_at;
  std::optional<Instant> reserved_for;
  std::optional<WaitRange> estimate;   // of now, while waiting
  std::optional<Instant> told_latest;  // on the ticket
  std::optional<DelayCause> delay;     // only when the call is expected later than told before
  bool has_more_windows = false;       // and is expected earlier than was shown before, by them
  Instant as_of;
};
BOOST_DESCRIBE_STRUCT(TicketStatus, (),
                      (number, office, office_name, service_name, state, zone, window, people_ahead,
                       issued_at, called_at, reserved_for, estimate, told_latest, delay,
                       has_more_windows, as_of))

struct UndoOffer {
  CommandName command = CommandName::next;
  std::string number;
  Instant until;
};
BOOST_DESCRIBE_STRUCT(UndoOffer, (), (command, number, until))

struct WindowTicket {
  TicketId id;
  std::string number;
  GroupId group;
  ServiceId service;
  LegState state = LegState::called;
  Instant issued_at;
  std::optional<Instant> reserved_for;
  Instant first_called_at;
  Instant since;  // in this state; a recall leaves it, a new call after an absence begins anew
  Instant called_at;
  std::optional<Instant> started_at;
  int times_called = 0;
  std::int64_t wait_seconds = 0;
  bool priority = false;
  std::vector<std::string> help;
  std::string locale;
  OrderReason order_reason = OrderReason::ready_time;
  int passed = 0;
  std::optional<Instant> told_latest;
};
BOOST_DESCRIBE_STRUCT(WindowTicket, (),
                      (id, number, group, service, state, issued_at, reserved_for, first_called_at,
                       since, called_at, started_at, times_called, wait_seconds, priority, help,
                       locale, order_reason, passed, told_latest))

struct WindowState {
  WindowId window;
  std::string zone;
  std::string section;
  WindowStateName state = WindowStateName::closed;
  std::vector<GroupId> groups;
  std::optional<std::string> staff;
  std::optional<std::string> staff_name;
  std::optional<WindowTicket> ticket;
  std::optional<std::string> pause_reason;
  std::optional<Instant> paused_at;
  std::optional<UndoOffer> undo;
  int served_today = 0;
  std::optional<std::int64_t> mean_service_seconds;
};
BOOST_DESCRIBE_STRUCT(WindowState, (),
                      (window, zone, section, state, groups, staff, staff_name, ticket,
                       pause_reason, paused_at, undo, served_today, mean_service_seconds))

struct WaitingTicket {
  TicketId id;
  std::string number;
  GroupId group;
  ServiceId service;
  Instant issued_at;
  Instant ready_at;
  std::optional<Instant> reserved_for;
  bool priority = false;
  std::vector<std::string> help;
  std::string locale;
  OrderReason order_reason = OrderReason::ready_time;
  int passed = 0;
  std::optional<WaitRange> estimate;
  std::optional<Instant> told_latest;
};
BOOST_DESCRIBE_STRUCT(WaitingTicket, (),
                      (id, number, group, service, issued_at, ready_at, reserved_for, priority,
                       help, locale, order_reason, passed, estimate, told_latest))

struct ExpectedVisit {
  std::string time;
  Instant start;
  GroupId group;
  ServiceId service;
  std::vector<std::string> help;
  std::string locale;
};
BOOST_DESCRIBE_STRUCT(ExpectedVisit, (), (time, start, group, service, help, locale))

struct AsideTicket {
  TicketId id;
  std::string number;
  GroupId group;
  ServiceId service;
  LegState state = LegState::absent;
  Instant since;
  int times_called = 0;
  std::optional<std::string> window;
};
BOOST_DESCRIBE_STRUCT(AsideTicket, (),
                      (id, number, group, service, state, since, times_called, window))

struct FloorService {
  ServiceId id;
  GroupId group;
  std::string name_ja;
  std::string name_en;
  std::int64_t minutes = 0;
  int passed_limit = 0;  // no ticket of it is passed by more later ones
};
BOOST_DESCRIBE_STRUCT(FloorService, (), (id, group, name_ja, name_en, minutes, passed_limit))

struct DayFigures {
  int issued = 0;
  int called = 0;
  int finished = 0;
  int within_10_min = 0;
  std::optional<std::int64_t> longest_wait_seconds;
  std::optional<std::string> longest_wait_number;
};
BOOST_DESCRIBE_STRUCT(DayFigures, (),
                      (issued, called, finished, within_10_min, longest_wait_seconds,
                       longest_wait_number))

struct Floor {
  std::string epoch;
  std::int64_t seq = 0;
  OfficeId office;
  std::string office_name;
  Instant as_of;
  bool is_open = false;
  std::optional<std::string> closes;
  std::vector<WindowState> windows;
  std::vector<WaitingTicket> waiting;
  std::vector<ExpectedVisit> expected;
  std::vector<AsideTicket> aside;
  std::vector<StaffCall> staff_calls;
  std::vector<FloorKiosk> kiosks;
  std::vector<FloorService> services;
  DayFigures today;
};
BOOST_DESCRIBE_STRUCT(Floor, (),
                      (epoch, seq, office, office_name, as_of, is_open, closes, windows, waiting,
                       expected, aside, staff_calls, kiosks, services, today))

struct WindowCommand {
  CommandName command = CommandName::next;
  std::optional<TicketId> ticket;
  std::optional<std::vector<GroupId>> groups;
  std::optional<std::string> pause_reason;
  std::optional<bool> take_over;
  std::optional<TicketId> expected_ticket;
};
BOOST_DESCRIBE_STRUCT(WindowCommand, (),
                      (command, ticket, groups, pause_reason, take_over, expected_ticket))

struct FloorEvent {
  std::int64_t seq = 0;
  Instant at;
  EventKind kind = EventKind::issued;
  std::string actor;
  std::optional<TicketId> ticket;
  std::optional<std::string> number;
  std::optional<std::string> window;
  std::optional<ServiceId> service;
  std::optional<std::string> reason;
  std::optional<std::int64_t> wait_seconds;
};
BOOST_DESCRIBE_STRUCT(FloorEvent, (),
                      (seq, at, kind, actor, ticket, number, window, service, reason, wait_seconds))

struct EventList {
  std::vector<FloorEvent> events;
};
BOOST_DESCRIBE_STRUCT(EventList, (), (events))

struct TicketClocks {
  std::string number;
  GroupId group;
  ServiceId service;
  LegState state = LegState::waiting;
  Instant issued_at;
  std::optional<Instant> reserved_for;
  std::optional<std::int64_t> wait_seconds;
  std::optional<std::int64_t> reservation_delay_seconds;
  std::optional<std::int64_t> way_seconds;
  std::optional<std::int64_t> service_seconds;
  std::optional<std::string> window;
};
BOOST_DESCRIBE_STRUCT(TicketClocks, (),
                      (number, group, service, state, issued_at, reserved_for, wait_seconds,
                       reservation_delay_seconds, way_seconds, service_seconds, window))

struct WaitList {
  LocalDay date;
  std::vector<TicketClocks> tickets;
};
BOOST_DESCRIBE_STRUCT(WaitList, (), (date, tickets))

}  // namespace matanai
