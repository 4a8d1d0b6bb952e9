// SQL of the floor: structs in and out, no decisions. Database threads only. Tables:
// sql/office/0001_floor.sql.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "server/db/transaction.hpp"
#include "server/floor/clocks.hpp"
#include "server/floor/types.hpp"
#include "server/queue/estimate/refinement.hpp"
#include "server/queue/policy/call_policy.hpp"
#include "server/queue/score/kept.hpp"

namespace matanai::floor::store {

// Series. The number given last on that day; 0 before the first.
int last_number(db::Transaction& tx, const OfficeId& office, LocalDay day, std::string_view series);
void set_last_number(db::Transaction& tx, const OfficeId& office, LocalDay day,
                     std::string_view series, int number);

// Tickets.
void insert_ticket(db::Transaction& tx, const TicketRow& ticket);
std::optional<TicketRow> ticket_by_id(db::Transaction& tx, std::string_view id);
std::optional<TicketRow> ticket_by_message(db::Transaction& tx, std::string_view issuer,
                                           std::string_view message_id);
std::optional<TicketRow> ticket_by_token_hash(db::Transaction& tx, std::string_view token_hash);
std::optional<TicketRow> ticket_by_reservation(db::Transaction& tx, std::string_view reservation);
std::vector<TicketRow> tickets_of_open_legs(db::Transaction& tx, const OfficeId& office);

// Legs.
std::int64_t insert_leg(db::Transaction& tx, const OfficeId& office, LocalDay day,
                        const LegRow& leg, const std::optional<Promise>& told);
// What the leg was told when its ticket was given; nullopt: nothing.
std::optional<Promise> promise_of(db::Transaction& tx, std::int64_t leg);
void update_leg(db::Transaction& tx, const LegRow& leg);
std::optional<LegRow> leg_by_id(db::Transaction& tx, std::int64_t id);
std::optional<LegRow> latest_leg_of(db::Transaction& tx, std::string_view ticket);
std::optional<LegRow> leg_at_window(db::Transaction& tx, const OfficeId& office,
                                    const WindowId& window);
// Waiting, called, serving, absent and on hold.
std::vector<LegRow> open_legs(db::Transaction& tx, const OfficeId& office);
// Whether anybody of that day waits, is called or is served.
bool has_people(db::Transaction& tx, const OfficeId& office, LocalDay day);
// Everyone who waits, with what a call policy looks at; in no order.
std::vector<WaitingRow> line(db::Transaction& tx, const OfficeId& office);
// Who is at a window now: called or served there.
struct Present {
  std::int64_t leg = 0;
  WindowId window;
  ServiceId service;
  bool is_started = false;
  Instant since;  // called, or started
};
std::vector<Present> present(db::Transaction& tx, const OfficeId& office);
// Reservations called since the last walk-in of the day; counted up to 20.
int reserved_in_row(db::Transaction& tx, const OfficeId& office, LocalDay day);
// Finished services of these days (`until` excluded) whose start and end are known, day by day.
struct Served {
  ServiceId service;
  LocalDay day{};
  Millis took{0};
  Millis waited{0};
};
std::vector<Served> served_between(db::Transaction& tx, const OfficeId& office, LocalDay from,
                                   LocalDay until);
// Told a wait on these days (`until` excluded) by this version of the physics, and called; by day,
// within it by call.
std::vector<queue::RecordedWait> recorded_waits(db::Transaction& tx, const OfficeId& office,
                                                LocalDay from, LocalDay until);
// Every ticket of these days that was told a wait and called, whatever told it.
queue::KeptPromises kept_promises(db::Transaction& tx, const OfficeId& office, LocalDay from,
                                  LocalDay until);
// Called at or after `since`, but for those put on hold or back; newest call first, at most
// `limit`.
std::vector<LegRow> recent_calls(db::Transaction& tx, const OfficeId& office, LocalDay day,
                                 Instant since, int limit);
// The newest leg of all; 0: there is none.
std::int64_t newest_leg(db::Transaction& tx);
// The office's legs that are newer than that, oldest first: pairs (id, group).
std::vector<std::pair<std::int64_t, std::string>> newer_legs(db::Transaction& tx,
                                                             const OfficeId& office,
                                                             std::int64_t leg);
int count_waiting_before(db::Transaction& tx, const OfficeId& office, std::string_view grp,
                         Instant ready_at, std::int64_t leg);
void change_passed(db::Transaction& tx, std::int64_t leg, int by);
// The latest number of each series letter + group that was called today: pairs (group, number).
std::vector<std::pair<std::string, std::string>> latest_called(db::Transaction& tx,
                                                               const OfficeId& office,
                                                               LocalDay day);

// Windows.
std::optional<WindowRow> window(db::Transaction& tx, const OfficeId& office, const WindowId& id);
std::vector<WindowRow> windows(db::Transaction& tx, const OfficeId& office);
void put_window(db::Transaction& tx, const OfficeId& office, const WindowRow& row);
struct WindowFigures {
  std::string window;
  int served = 0;
  std::int64_t mean_service_ms = 0;
};
std::vector<WindowFigures> window_figures(db::Transaction& tx, const OfficeId& office,
                                          LocalDay day);
std::optional<WindowFigures> figures_of_window(db::Transaction& tx, const OfficeId& office,
                                               LocalDay day, const WindowId& window);
struct DayCounts {
  int issued = 0;
  int called = 0;
  int finished = 0;
  int within_10_min = 0;
};
DayCounts day_counts(db::Transaction& tx, const OfficeId& office, LocalDay day);

// Events. Returns the event's seq.
std::int64_t append_event(db::Transaction& tx, const OfficeId& office, LocalDay day, Instant at,
                          const EventRow& event);
std::vector<FloorEvent> events_after(db::Transaction& tx, const OfficeId& office, std::int64_t seq,
                                     int limit);
std::vector<FloorEvent> events_of_day(db::Transaction& tx, const OfficeId& office, LocalDay day);
std::vector<TicketFacts> ticket_facts(db::Transaction& tx, const OfficeId& office, LocalDay day);
// Whether anything ever happened here.
bool has_events(db::Transaction& tx);

// Expected reservations.
void put_expected(db::Transaction& tx, const Expected& expected);
std::optional<Expected> expected_by_token_hash(db::Transaction& tx, std::string_view token_hash);
// The code's reservations of all offices and days known here, the live ones first, then the latest
// slot.
std::vector<Expected> expected_by_code(db::Transaction& tx, std::string_view code);
std::vector<Expected> expected_of_day(db::Transaction& tx, const OfficeId& office, LocalDay day);
void set_expected_state(db::Transaction& tx, std::string_view reservation, std::string_view state);
// Of visits before `before`: removes their rows, and the help wanted on their tickets. Return how
// many, at most `limit`.
int forget_expected(db::Transaction& tx, const OfficeId& office, Instant before, int limit);
int erase_ticket_help(db::Transaction& tx, const OfficeId& office, Instant before, int limit);
// Whether one of the two would find something.
bool has_old_visits(db::Transaction& tx, const OfficeId& office, Instant before);
// Booked reservations whose slot started before `before`, of every office; at most `limit`.
std::vector<Expected> overdue(db::Transaction& tx, Instant before, int limit);
// Offices that have open legs of an earlier day than `day`, with those legs' ids; at most `limit`.
// The SQL is seen by the test of its plan.
extern const std::string_view kLegsBefore;
std::vector<std::pair<OfficeId, std::int64_t>> legs_before(db::Transaction& tx, LocalDay day,
                                                           int limit);
// Windows that are still open though nothing happened there on `day` or later.
std::vector<std::pair<OfficeId, WindowId>> windows_before(db::Transaction& tx, LocalDay day);

}  // namespace matanai::floor::store
