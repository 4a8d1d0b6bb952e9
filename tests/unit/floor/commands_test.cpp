#include "server/floor/commands.hpp"

#include <set>
#include <thread>

#include "floor_fixture.hpp"
#include "server/floor/clocks.hpp"
#include "server/floor/sweep.hpp"

namespace matanai::floor {
namespace {

using namespace std::chrono_literals;
using enum CommandName;

// Window 1 of Kokurakita serves A.
class Commands : public FloorTest {
 protected:
  void open_window(int window, const std::string& clerk = "yamamoto") {
    ASSERT_TRUE(press(window, CommandName::open, clerk).has_value());
  }
  std::vector<std::string> waiting_numbers() {
    std::vector<std::string> numbers;
    for (const auto& ticket : floor_now().waiting) numbers.push_back(ticket.number);
    return numbers;
  }
  std::vector<TicketClocks> clocks() {
    return *write<std::vector<TicketClocks>>([&](db::Transaction& tx) {
      const auto day = local_day(clock_.now());
      const auto log = store::events_of_day(tx, kOffice, day);
      return Result<std::vector<TicketClocks>>(
          clocks_of(log, store::ticket_facts(tx, kOffice, day)));
    });
  }
};

TEST_F(Commands, WholeVisitIsCountedByTheClock) {
  open_window(1);
  issue("move_in");
  clock_.advance(7min);
  ASSERT_EQ(press(1, next)->ticket->number, "A001");
  EXPECT_EQ(press(1, recall)->ticket->times_called, 2);
  clock_.advance(30s);
  ASSERT_EQ(press(1, start)->state, WindowStateName::serving);
  clock_.advance(12min);
  ASSERT_EQ(press(1, finish)->state, WindowStateName::free);
  const auto all = clocks();
  ASSERT_EQ(all.size(), 1U);
  EXPECT_EQ(all[0].state, LegState::finished);
  EXPECT_EQ(all[0].wait_seconds, 7 * 60);
  EXPECT_EQ(all[0].way_seconds, 30);
  EXPECT_EQ(all[0].service_seconds, 12 * 60);
  EXPECT_EQ(all[0].group.value, "A");
}

TEST_F(Commands, NextFinishesThePersonBeingServed) {
  open_window(1);
  issue("move_in");
  issue("seal");
  press(1, next);
  press(1, start);
  EXPECT_EQ(press(1, next)->ticket->number, "A002");
  EXPECT_EQ(clocks()[0].state, LegState::finished);
}

TEST_F(Commands, NextIsRefusedWhileSomeoneIsCalled) {
  open_window(1);
  issue("move_in");
  issue("seal");
  press(1, next);
  EXPECT_EQ(code_of(press(1, next)), RefusalCode::window_busy);
  EXPECT_EQ(floor_now().waiting.size(), 1U);
}

TEST_F(Commands, NobodyWaitingIsSaid) {
  open_window(1);
  EXPECT_EQ(code_of(press(1, next)), RefusalCode::nobody_waiting);
}

TEST_F(Commands, OneWindowOneClerk) {
  open_window(1);
  EXPECT_EQ(code_of(press(1, CommandName::open, "tanaka")), RefusalCode::window_taken);
  EXPECT_EQ(code_of(press(1, next, "tanaka")), RefusalCode::window_not_yours);
  EXPECT_TRUE(press(1, CommandName::open).has_value());
  EXPECT_EQ(code_of(press(2, next)), RefusalCode::window_not_yours);
  EXPECT_EQ(code_of(press(999, CommandName::open)), RefusalCode::unknown_window);
}

TEST_F(Commands, WindowOfAClerkWhoLeftIsTakenOverWithItsPerson) {
  open_window(1);
  issue("move_in");
  press(1, next);
  WindowCommand take_over;
  take_over.command = CommandName::open;
  take_over.take_over = true;
  const auto taken = press(1, take_over, "tanaka");
  ASSERT_TRUE(taken.has_value());
  EXPECT_EQ(taken->staff, "tanaka");
  EXPECT_EQ(taken->ticket->number, "A001");
  EXPECT_EQ(code_of(press(1, start)), RefusalCode::window_not_yours);
  EXPECT_TRUE(press(1, start, "tanaka").has_value());
}

TEST_F(Commands, CallAfterAnAbsenceCountsFromItsOwnTime) {
  open_window(1);
  issue("move_in");
  const auto ticket = press(1, next)->ticket;
  clock_.advance(1min);
  EXPECT_EQ(press(1, recall)->ticket->since, ticket->since);
  press(1, absent);
  clock_.advance(2min);
  WindowCommand bring_back;
  bring_back.command = back;
  bring_back.ticket = ticket->id;
  press(1, bring_back);
  const auto again = press(1, next)->ticket;
  EXPECT_EQ(again->since, clock_.now());
  EXPECT_EQ(again->first_called_at, ticket->first_called_at);
}

TEST_F(Commands, RecallKeepsTheUndoOfTheCall) {
  open_window(1);
  issue("move_in");
  press(1, next);
  press(1, recall);
  EXPECT_EQ(press(1, undo)->state, WindowStateName::free);
  EXPECT_EQ(waiting_numbers(), std::vector<std::string>{"A001"});
}

TEST_F(Commands, WhatNobodyFinishedHasNoServiceTime) {
  open_window(1);
  const auto code = make_reservation_code(5);
  expect_visit("res1", code.value, clock_.now());
  check_in_code(code.value);
  issue("move_in");
  press(1, next);
  press(1, start);
  const auto day = local_day(clock_.now());
  clock_.advance(24h);
  ASSERT_TRUE(write<bool>([&](db::Transaction& tx) -> Result<bool> {
                sweep(tx, context_, clock_.now(), 100);
                return true;
              }).has_value());
  const auto all = *write<std::vector<TicketClocks>>([&](db::Transaction& tx) {
    return Result<std::vector<TicketClocks>>(
        clocks_of(store::events_of_day(tx, kOffice, day), store::ticket_facts(tx, kOffice, day)));
  });
  ASSERT_EQ(all.size(), 2U);
  for (const auto& ticket : all) EXPECT_FALSE(ticket.service_seconds.has_value());
  // R001 or A001 was served, the other one left: the reservation was told one way or the other.
  ASSERT_EQ(attendance_.size(), 2U);
  EXPECT_NE(attendance_[1].kind, Attendance::Kind::checked_in);
}

TEST_F(Commands, AbsentPersonWhoReturnsIsNext) {
  open_window(1);
  issue("move_in");
  issue("move_in");
  const auto called = press(1, next);
  ASSERT_TRUE(press(1, absent).has_value());
  EXPECT_EQ(board_now().absent, std::vector<std::string>{"A001"});
  issue("move_in");
  WindowCommand bring_back;
  bring_back.command = back;
  bring_back.ticket = called->ticket->id;
  ASSERT_TRUE(press(1, bring_back).has_value());
  EXPECT_EQ(waiting_numbers(), (std::vector<std::string>{"A001", "A002", "A003"}));
  EXPECT_EQ(press(1, next)->ticket->number, "A001");
}

TEST_F(Commands, PutBackKeepsThePlace) {
  open_window(1);
  issue("move_in");
  issue("move_in");
  press(1, next);
  press(1, put_back);
  EXPECT_EQ(waiting_numbers(), (std::vector<std::string>{"A001", "A002"}));
}

TEST_F(Commands, UndoTakesBackFinishAndCallTogether) {
  open_window(1);
  issue("move_in");
  issue("move_in");
  press(1, next);
  press(1, start);
  clock_.advance(60s);
  press(1, next);  // finishes A001, calls A002
  clock_.advance(5s);
  const auto undone = press(1, undo);
  ASSERT_TRUE(undone.has_value());
  EXPECT_EQ(undone->ticket->number, "A001");
  EXPECT_EQ(undone->state, WindowStateName::serving);
  EXPECT_EQ(waiting_numbers(), std::vector<std::string>{"A002"});
  const auto all = clocks();
  EXPECT_EQ(all[0].state, LegState::serving);
  EXPECT_EQ(all[1].state, LegState::waiting);
  EXPECT_FALSE(all[1].wait_seconds.has_value());
}

TEST_F(Commands, UndoEndsAfterTenSeconds) {
  open_window(1);
  issue("move_in");
  press(1, next);
  clock_.advance(10s);
  EXPECT_EQ(code_of(press(1, undo)), RefusalCode::undo_expired);
  EXPECT_FALSE(press(1, recall)->undo.has_value());
}

TEST_F(Commands, UndoIsRefusedWhenThePersonHasMovedOn) {
  open_window(1);
  open_window(2, "tanaka");
  issue("move_in");
  press(1, next);
  press(1, put_back);
  ASSERT_EQ(press(2, next, "tanaka")->ticket->number, "A001");
  EXPECT_EQ(code_of(press(1, undo)), RefusalCode::nothing_to_undo);
  EXPECT_EQ(press(2, recall, "tanaka")->ticket->number, "A001");
}

TEST_F(Commands, CallThisOneCountsWhomItPassed) {
  open_window(1);
  issue("move_in");
  const auto second = issue("move_in");
  WindowCommand call_second;
  call_second.command = call;
  call_second.ticket = second->id;
  const auto called = press(1, call_second);
  ASSERT_TRUE(called.has_value());
  EXPECT_EQ(called->ticket->order_reason, OrderReason::chosen_by_clerk);
  EXPECT_EQ(floor_now().waiting.at(0).passed, 1);
  press(1, undo);
  EXPECT_EQ(floor_now().waiting.at(0).passed, 0);
}

TEST_F(Commands, ATicketCalledElsewhereIsNotCalledTwice) {
  open_window(1);
  open_window(2, "tanaka");
  const auto ticket = issue("move_in");
  WindowCommand call_it;
  call_it.command = call;
  call_it.ticket = ticket->id;
  ASSERT_TRUE(press(1, call_it).has_value());
  EXPECT_EQ(code_of(press(2, call_it, "tanaka")), RefusalCode::ticket_taken);
}

TEST_F(Commands, ReservationIsReadyFiveMinutesBeforeItsSlot) {
  open_window(1);
  const auto code = make_reservation_code(5);
  expect_visit("res1", code.value, clock_.now() + 10min);
  issue("move_in");                                    // ready 10:00
  ASSERT_TRUE(check_in_code(code.value).has_value());  // ready 10:05
  clock_.advance(6min);
  issue("move_in");  // ready 10:06
  EXPECT_EQ(waiting_numbers(), (std::vector<std::string>{"A001", "R001", "A002"}));
}

TEST_F(Commands, PriorityGoesTenMinutesAhead) {
  issue("move_in");
  clock_.advance(9min);
  issue("move_in", /*priority=*/true);
  EXPECT_EQ(waiting_numbers(), (std::vector<std::string>{"A002", "A001"}));
}

TEST_F(Commands, PausedWindowCallsNobody) {
  open_window(1);
  issue("move_in");
  WindowCommand take_break;
  take_break.command = pause;
  take_break.pause_reason = "break";
  ASSERT_TRUE(press(1, take_break).has_value());
  EXPECT_EQ(code_of(press(1, next)), RefusalCode::window_paused);
  ASSERT_TRUE(press(1, resume).has_value());
  EXPECT_TRUE(press(1, next).has_value());
}

TEST_F(Commands, CommandForAnotherPersonThanSeenIsRefused) {
  open_window(1);
  issue("move_in");
  const auto other = issue("move_in");
  press(1, next);
  WindowCommand mark;
  mark.command = absent;
  mark.expected_ticket = other->id;
  EXPECT_EQ(code_of(press(1, mark)), RefusalCode::nothing_called);
}

TEST_F(Commands, WindowKeepsItsStateOverARestart) {
  open_window(1);
  issue("move_in");
  press(1, next);
  press(1, start);
  reopen();
  const auto floor = floor_now();
  EXPECT_EQ(floor.windows.at(0).state, WindowStateName::serving);
  EXPECT_EQ(floor.windows.at(0).ticket->number, "A001");
  EXPECT_EQ(floor.windows.at(0).staff, "yamamoto");
}

TEST_F(Commands, NoShowAfterTwentyMinutes) {
  expect_visit("res1", make_reservation_code(5).value, clock_.now());
  const auto sweep_now = [&] {
    return *write<std::vector<OfficeId>>([&](db::Transaction& tx) {
      return Result<std::vector<OfficeId>>(sweep(tx, context_, clock_.now(), 100));
    });
  };
  clock_.advance(20min);
  EXPECT_TRUE(sweep_now().empty());
  clock_.advance(1ms);
  EXPECT_EQ(sweep_now(), std::vector<OfficeId>{kOffice});
  ASSERT_EQ(attendance_.size(), 1U);
  EXPECT_EQ(attendance_[0].kind, Attendance::Kind::no_show);
  EXPECT_TRUE(sweep_now().empty());
}

TEST_F(Commands, YesterdaysLineIsGoneInTheMorning) {
  open_window(1);
  issue("move_in");
  issue("move_in");
  press(1, next);
  clock_.advance(24h);
  ASSERT_TRUE(write<bool>([&](db::Transaction& tx) -> Result<bool> {
                sweep(tx, context_, clock_.now(), 100);
                return !has_something_to_sweep(tx, context_, clock_.now());
              }).value());
  const auto floor = floor_now();
  EXPECT_TRUE(floor.waiting.empty());
  EXPECT_EQ(floor.windows.at(0).state, WindowStateName::closed);
}

TEST_F(Commands, BoardShowsTheNewestCallFirst) {
  open_window(1);
  open_window(2, "tanaka");
  issue("move_in");
  issue("move_in");
  press(1, next);
  press(2, next, "tanaka");
  auto board = board_now();
  ASSERT_EQ(board.calls.size(), 2U);
  EXPECT_EQ(board.calls[0].number, "A002");
  EXPECT_GT(board.calls[0].call, board.calls[1].call);
  const auto before = board.calls[0].call;
  press(1, recall);
  board = board_now();
  EXPECT_EQ(board.calls[0].number, "A001");
  EXPECT_GT(board.calls[0].call, before);
}

// 24 clerks press at once, again and again, until 120 tickets are called: everyone once, nobody
// skipped.
TEST_F(Commands, AllWindowsAtOnceCallEveryoneOnce) {
  constexpr int kTickets = 120;
  std::vector<std::string> issued;
  for (int i = 0; i < kTickets; ++i) issued.push_back(issue("move_in")->number);
  WindowCommand open_for_a;
  open_for_a.command = CommandName::open;
  open_for_a.groups = std::vector<GroupId>{GroupId("A")};
  std::vector<std::vector<std::string>> called(24);
  std::vector<std::thread> clerks;
  for (int window = 1; window <= 24; ++window) {
    clerks.emplace_back([&, window] {
      const auto clerk = "clerk" + std::to_string(window);
      press(window, open_for_a, clerk);
      for (;;) {
        const auto state = press(window, next, clerk);
        if (state.has_error() || !state->ticket) return;
        called[static_cast<std::size_t>(window - 1)].push_back(state->ticket->number);
        press(window, start, clerk);
      }
    });
  }
  for (auto& clerk : clerks) clerk.join();
  std::multiset<std::string> all;
  for (const auto& numbers : called) all.insert(numbers.begin(), numbers.end());
  EXPECT_EQ(all, std::multiset<std::string>(issued.begin(), issued.end()));
}

}  // namespace
}  // namespace matanai::floor
