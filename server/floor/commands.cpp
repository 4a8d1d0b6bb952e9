#include "server/floor/commands.hpp"

#include <algorithm>

#include "schema/types/json.hpp"
#include "server/floor/leg_state.hpp"
#include "server/floor/store.hpp"
#include "server/floor/undo.hpp"
#include "server/floor/waiting_lines.hpp"

namespace matanai::floor {
namespace {

// One command being carried out at one window.
class WindowStep {
 public:
  WindowStep(db::Transaction& tx, const Context& context, OfficeId office, WindowRow row,
             const Clerk& clerk, CommandName name, Instant now)
      : tx_(tx),
        context_(context),
        office_(std::move(office)),
        row_(std::move(row)),
        clerk_(clerk),
        now_(now) {
    undo_.command = name;
  }

  Result<void> open(const std::vector<GroupId>& groups);
  Result<void> close();
  Result<void> pause(const std::optional<std::string>& reason);
  Result<void> resume();
  Result<void> next();
  Result<void> call(const TicketId& ticket);
  Result<void> recall();
  Result<void> move_present(Move move, EventKind kind);
  Result<void> bring_back(const TicketId& ticket);
  Result<void> undo();

 private:
  void record(EventKind kind, const LegRow& leg, std::optional<std::string> reason = std::nullopt,
              std::optional<Millis> wait = std::nullopt);
  void record(EventKind kind, std::optional<std::string> reason = std::nullopt);
  Result<void> step(LegRow& leg, Move move);
  Result<bool> finish_present();
  Result<void> call_leg(LegRow leg, const WaitingLines& lines, OrderReason reason);
  void count_passed(const LegRow& called, const WaitingLines& lines);
  void attend(const LegRow& leg, Attendance::Kind kind);
  void save(bool can_undo);
  LocalDay today() const { return local_day(now_); }
  WaitingLines waiting_lines() const {
    return WaitingLines(store::line(tx_, office_), context_.directory, office_, today());
  }

  db::Transaction& tx_;
  const Context& context_;
  OfficeId office_;
  WindowRow row_;
  const Clerk& clerk_;
  Instant now_;
  UndoRecord undo_;
  std::int64_t last_seq_ = 0;
};

void WindowStep::record(EventKind kind, const LegRow& leg, std::optional<std::string> reason,
                        std::optional<Millis> wait) {
  EventRow event{kind,        clerk_.id,         leg.ticket, leg.number, row_.window.value,
                 leg.service, std::move(reason), wait,       {}};
  last_seq_ = store::append_event(tx_, office_, today(), now_, event);
}

void WindowStep::record(EventKind kind, std::optional<std::string> reason) {
  EventRow event{kind, clerk_.id, {}, {}, row_.window.value, {}, std::move(reason), {}, {}};
  last_seq_ = store::append_event(tx_, office_, today(), now_, event);
}

// Moves the leg in memory and remembers how it was. The caller stores it.
Result<void> WindowStep::step(LegRow& leg, Move move) {
  const auto state = after(leg.state, move);
  if (state.has_error()) return state.error();
  undo_.legs.push_back({leg, *state, now_});
  undo_.number = leg.number;
  leg.state = *state;
  leg.state_since = now_;
  return {};
}

void WindowStep::save(bool can_undo) {
  row_.undo.reset();
  row_.undo_until.reset();
  if (can_undo) {
    row_.undo = write_json(undo_);
    const std::chrono::seconds span(
        context_.directory.setting(directory::settings::kUndoSeconds, office_, today()));
    row_.undo_until = now_ + span;
  }
  store::put_window(tx_, office_, row_);
}

void WindowStep::attend(const LegRow& leg, Attendance::Kind kind) {
  const auto ticket = store::ticket_by_id(tx_, leg.ticket);
  if (!ticket || !ticket->reservation) return;
  const bool is_served = kind == Attendance::Kind::served;
  store::set_expected_state(tx_, *ticket->reservation, is_served ? "served" : "checked_in");
  if (context_.on_attendance) context_.on_attendance(tx_, {kind, *ticket->reservation, now_});
}

Result<void> WindowStep::open(const std::vector<GroupId>& groups) {
  for (const auto& group : groups) {
    if (!context_.directory.find_group(group)) {
      return Refusal(RefusalCode::invalid_fields, {{"/groups", "out_of_range"}});
    }
  }
  if (!groups.empty()) row_.groups = groups;
  const bool was_mine = row_.mode != WindowMode::closed && row_.staff == clerk_.id;
  const bool is_taken_over = row_.mode != WindowMode::closed && !was_mine;
  row_.mode = was_mine ? row_.mode : WindowMode::open;
  row_.staff = clerk_.id;
  row_.staff_name = clerk_.name;
  if (!was_mine) {
    record(EventKind::window_opened,
           is_taken_over ? std::optional<std::string>("taken_over") : std::nullopt);
  }
  save(false);
  return {};
}

Result<void> WindowStep::close() {
  if (store::leg_at_window(tx_, office_, row_.window)) return Refusal(RefusalCode::window_busy);
  record(EventKind::window_closed);
  row_.mode = WindowMode::closed;
  row_.staff.reset();
  row_.staff_name.reset();
  row_.pause_reason.reset();
  row_.paused_at.reset();
  save(false);
  return {};
}

Result<void> WindowStep::pause(const std::optional<std::string>& reason) {
  static constexpr std::string_view kReasons[] = {"break", "paperwork", "other_work", "trouble",
                                                  "end_of_shift"};
  if (!reason || std::ranges::find(kReasons, *reason) == std::end(kReasons)) {
    return Refusal(RefusalCode::invalid_fields,
                   {{"/pause_reason", reason ? "bad_format" : "missing"}});
  }
  if (store::leg_at_window(tx_, office_, row_.window)) return Refusal(RefusalCode::window_busy);
  record(EventKind::window_paused, *reason);
  row_.mode = WindowMode::paused;
  row_.pause_reason = reason;
  row_.paused_at = now_;
  save(false);
  return {};
}

Result<void> WindowStep::resume() {
  if (row_.mode != WindowMode::paused) {
    return Refusal(RefusalCode::illegal_move).with("from", "open").with("command", "resume");
  }
  record(EventKind::window_resumed);
  row_.mode = WindowMode::open;
  row_.pause_reason.reset();
  row_.paused_at.reset();
  save(false);
  return {};
}

// False when nobody was there to finish with.
Result<bool> WindowStep::finish_present() {
  auto present = store::leg_at_window(tx_, office_, row_.window);
  if (!present) return false;
  if (present->state == LegState::called)
    return Refusal(RefusalCode::window_busy).with("number", present->number);
  if (auto moved = step(*present, Move::finish); moved.has_error()) return moved.error();
  present->finished_at = now_;
  store::update_leg(tx_, *present);
  record(EventKind::finished, *present);
  attend(*present, Attendance::Kind::served);
  return true;
}

// Guarantee (1) of product.md §3 counts on this: whoever of the same service was ready earlier is
// passed once more.
void WindowStep::count_passed(const LegRow& called, const WaitingLines& lines) {
  undo_.passed = lines.passed_by(called);
  for (const auto leg : undo_.passed) store::change_passed(tx_, leg, +1);
}

Result<void> WindowStep::call_leg(LegRow leg, const WaitingLines& lines, OrderReason reason) {
  if (auto moved = step(leg, Move::call); moved.has_error()) return moved;
  leg.order_reason = reason;
  leg.window = row_.window.value;
  leg.times_called = 1;
  leg.called_at = now_;
  leg.started_at.reset();
  std::optional<Millis> wait;
  if (!leg.first_called_at) {
    leg.first_called_at = now_;
    wait = now_ - leg.issued_at;
  }
  record(EventKind::called, leg, boost::describe::enum_to_string(leg.order_reason, "?"), wait);
  leg.call_seq = last_seq_;
  store::update_leg(tx_, leg);
  count_passed(leg, lines);
  save(true);
  return {};
}

Result<void> WindowStep::next() {
  const auto has_finished = finish_present();
  if (has_finished.has_error()) return has_finished.error();
  const auto lines = waiting_lines();
  const int in_row = lines.counts_calls() ? store::reserved_in_row(tx_, office_, today()) : 0;
  if (const auto chosen = lines.next_for(row_.groups, now_, in_row)) {
    auto leg = store::leg_by_id(tx_, chosen->leg);
    leg->broke_promise = chosen->breaks_promise;
    return call_leg(*std::move(leg), lines, chosen->reason);
  }
  if (!*has_finished) return Refusal(RefusalCode::nobody_waiting);
  save(true);
  return {};
}

Result<void> WindowStep::call(const TicketId& ticket) {
  const auto leg = store::latest_leg_of(tx_, ticket.value);
  const auto row = store::ticket_by_id(tx_, ticket.value);
  if (!leg || !row || row->office != office_) return Refusal(RefusalCode::unknown_ticket);
  if (leg->state == LegState::called || leg->state == LegState::serving) {
    return Refusal(RefusalCode::ticket_taken)
        .with("window", leg->window.value_or(""))
        .with("number", leg->number);
  }
  if (auto finished = finish_present(); finished.has_error()) return finished.error();
  return call_leg(*leg, waiting_lines(), OrderReason::chosen_by_clerk);
}

Result<void> WindowStep::recall() {
  auto leg = store::leg_at_window(tx_, office_, row_.window);
  if (!leg || leg->state != LegState::called) return Refusal(RefusalCode::nothing_called);
  leg->times_called += 1;
  leg->called_at = now_;
  record(EventKind::recalled, *leg);
  leg->call_seq = last_seq_;
  store::update_leg(tx_, *leg);
  store::put_window(tx_, office_, row_);  // the call can still be undone
  return {};
}

Result<void> WindowStep::move_present(Move move, EventKind kind) {
  auto leg = store::leg_at_window(tx_, office_, row_.window);
  if (!leg) return Refusal(RefusalCode::nothing_called);
  if (auto moved = step(*leg, move); moved.has_error()) return moved;
  if (move == Move::start) leg->started_at = now_;
  if (move == Move::finish) leg->finished_at = now_;
  if (move == Move::put_back) {
    leg->order_reason = OrderReason::put_back;
    leg->window.reset();
  }
  store::update_leg(tx_, *leg);
  record(kind, *leg);
  if (move == Move::finish) attend(*leg, Attendance::Kind::served);
  save(true);
  return {};
}

Result<void> WindowStep::bring_back(const TicketId& ticket) {
  auto leg = store::latest_leg_of(tx_, ticket.value);
  const auto row = store::ticket_by_id(tx_, ticket.value);
  if (!leg || !row || row->office != office_) return Refusal(RefusalCode::unknown_ticket);
  if (auto moved = step(*leg, Move::bring_back); moved.has_error()) return moved;
  leg->order_reason = OrderReason::returned;
  leg->window.reset();
  store::update_leg(tx_, *leg);
  record(EventKind::returned, *leg);
  save(true);
  return {};
}

Result<void> WindowStep::undo() {
  if (!row_.undo || !row_.undo_until) return Refusal(RefusalCode::nothing_to_undo);
  if (now_ >= *row_.undo_until) return Refusal(RefusalCode::undo_expired);
  const auto record_to_undo = read_json<UndoRecord>(*row_.undo);
  if (record_to_undo.has_error())
    throw std::logic_error("unreadable undo record at window " + row_.window.value);
  if (auto taken_back = take_back(tx_, *record_to_undo); taken_back.has_error()) return taken_back;
  for (auto change = record_to_undo->legs.rbegin(); change != record_to_undo->legs.rend();
       ++change) {
    record(EventKind::undone, change->before,
           boost::describe::enum_to_string(change->state_after, "?"));
    if (change->state_after == LegState::finished)
      attend(change->before, Attendance::Kind::reopened);
  }
  save(false);
  return {};
}

Result<void> dispatch(WindowStep& step, const WindowCommand& command) {
  using enum CommandName;
  const bool needs_ticket = command.command == call || command.command == back;
  if (needs_ticket && !command.ticket)
    return Refusal(RefusalCode::invalid_fields, {{"/ticket", "missing"}});
  switch (command.command) {
    case open:
      return step.open(command.groups.value_or(std::vector<GroupId>{}));
    case close:
      return step.close();
    case next:
      return step.next();
    case call:
      return step.call(*command.ticket);
    case recall:
      return step.recall();
    case start:
      return step.move_present(Move::start, EventKind::started);
    case finish:
      return step.move_present(Move::finish, EventKind::finished);
    case absent:
      return step.move_present(Move::mark_absent, EventKind::absent);
    case put_back:
      return step.move_present(Move::put_back, EventKind::put_back);
    case hold:
      return step.move_present(Move::hold, EventKind::on_hold);
    case back:
      return step.bring_back(*command.ticket);
    case pause:
      return step.pause(command.pause_reason);
    case resume:
      return step.resume();
    case undo:
      return step.undo();
  }
  throw std::logic_error("unknown command");
}

}  // namespace

Result<void> apply_command(db::Transaction& tx, const Context& context, const OfficeId& office,
                           const WindowId& window, const WindowCommand& command, const Clerk& clerk,
                           Instant now) {
  if (!context.directory.find_office(office)) return Refusal(RefusalCode::unknown_office);
  const auto* place = context.directory.find_window(office, window);
  if (!place) return Refusal(RefusalCode::unknown_window);
  auto row = store::window(tx, office, window).value_or(WindowRow{});
  row.window = window;
  if (row.groups.empty()) row.groups = place->groups;

  const bool is_closed = row.mode == WindowMode::closed;
  const bool is_mine = !is_closed && row.staff == clerk.id;
  const bool is_open = command.command == CommandName::open;
  const bool may_take_over = is_open && command.take_over.value_or(false);
  if (!is_closed && !is_mine && !may_take_over) {
    return Refusal(is_open ? RefusalCode::window_taken : RefusalCode::window_not_yours)
        .with("staff", row.staff_name.value_or(""));
  }
  if (is_closed && !is_open) return Refusal(RefusalCode::window_not_yours);
  const bool is_calling =
      command.command == CommandName::next || command.command == CommandName::call;
  if (row.mode == WindowMode::paused && is_calling) return Refusal(RefusalCode::window_paused);
  if (command.expected_ticket) {
    const auto present = store::leg_at_window(tx, office, window);
    if (!present || present->ticket != command.expected_ticket->value)
      return Refusal(RefusalCode::nothing_called);
  }
  WindowStep step(tx, context, office, std::move(row), clerk, command.command, now);
  return dispatch(step, command);
}

}  // namespace matanai::floor
