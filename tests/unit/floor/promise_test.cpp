// What a ticket is told, what the call order makes of it, and the rule as data.
#include <algorithm>
#include <map>

#include "floor_fixture.hpp"

namespace matanai::floor {
namespace {

using namespace std::chrono_literals;

class Promises : public FloorTest {
 protected:
  const std::string code_ = make_reservation_code(7).value;
  void open_window(int window, const std::string& clerk) {
    WindowCommand command;
    command.command = CommandName::open;
    ASSERT_TRUE(press(window, command, clerk).has_value());
  }
  void look() {
    ASSERT_TRUE(write<bool>([this](db::Transaction& tx) -> Result<bool> {
                  estimates_.look(tx, kOffice, clock_.now());
                  return true;
                }).has_value());
  }
  std::optional<Promise> kept(const IssuedTicket& ticket) {
    return *write<std::optional<Promise>>([&](db::Transaction& tx) {
      const auto leg = store::latest_leg_of(tx, ticket.id.value);
      return Result<std::optional<Promise>>(store::promise_of(tx, leg->id));
    });
  }
  // What a ticket was told, and its wait when it is called now.
  queue::ToldAndCalled came_of(const IssuedTicket& ticket) const {
    const auto minutes = [&](Instant at) {
      return static_cast<double>((at - ticket.issued_at).count()) / 60000;
    };
    const auto& told = *ticket.estimate;
    return {static_cast<double>(told.low_minutes), static_cast<double>(told.high_minutes),
            told.is_soon, minutes(told.at_latest), minutes(clock_.now())};
  }
  // Values of settings.csv replaced, as an administrator would.
  void set(std::string_view name, std::int64_t value) {
    auto tables = directory::read_seed(MATANAI_SOURCE_DIR "/schema/seed/kitakyushu");
    for (auto& row : tables.settings)
      if (row.name == name) row.value = value;
    directory_ = directory::Directory(std::move(tables));
  }
};

TEST_F(Promises, NothingIsToldBeforeTheFirstLook) {
  const auto ticket = issue("move_in");
  EXPECT_FALSE(ticket->estimate.has_value());
  EXPECT_FALSE(kept(*ticket).has_value());
}

TEST_F(Promises, ATicketKeepsWhatItWasTold) {
  open_window(1, "yamamoto");
  for (int i = 0; i < 6; ++i) ASSERT_TRUE(issue("move_in").has_value());
  look();
  clock_.advance(3s);
  const auto ticket = issue("move_in");
  ASSERT_TRUE(ticket->estimate.has_value());
  EXPECT_EQ(ticket->estimate->low_minutes % 5, 0);
  EXPECT_GE(ticket->estimate->low_minutes, 60);  // six services of 28 minutes at one window
  EXPECT_GT(ticket->estimate->high_minutes, ticket->estimate->low_minutes);
  const auto told = kept(*ticket);
  ASSERT_TRUE(told.has_value());
  EXPECT_EQ(told->range, *ticket->estimate);
  EXPECT_EQ(told->age, 3s);
  EXPECT_LT(told->told.q10, told->told.q50);
  EXPECT_LT(told->told.q50, told->told.q90);
  EXPECT_EQ(told->model, queue::kPhysicsModel);
  EXPECT_EQ(told->physics.q50, told->told.q50);
}

TEST_F(Promises, ARepeatedMessageIsToldTheSame) {
  open_window(1, "yamamoto");
  look();
  const auto first = issue("move_in", false, "message-1");
  ASSERT_TRUE(first->estimate.has_value());
  clock_.advance(30min);
  look();
  EXPECT_EQ(issue("move_in", false, "message-1")->estimate, first->estimate);
}

TEST_F(Promises, AnOldLookIsNotTold) {
  open_window(1, "yamamoto");
  look();
  clock_.advance(2min);
  EXPECT_FALSE(issue("move_in")->estimate.has_value());
}

TEST_F(Promises, NoOpenWindowMeansNoPromise) {
  look();
  EXPECT_FALSE(issue("move_in")->estimate.has_value());
}

TEST_F(Promises, ACheckInIsToldTheWaitOfItsSlot) {
  open_window(1, "yamamoto");
  for (int i = 0; i < 6; ++i) ASSERT_TRUE(issue("move_in").has_value());
  expect_visit("r1", code_, clock_.now() + 10min);
  look();
  const auto walk_in = issue("move_in");
  const auto reserved = check_in_code(code_);
  ASSERT_TRUE(reserved.has_value());
  ASSERT_TRUE(reserved->estimate.has_value());
  EXPECT_LT(reserved->estimate->high_minutes, walk_in->estimate->low_minutes);
}

TEST_F(Promises, ACheckInThatWasNotExpectedIsToldTheLinesEnd) {
  open_window(1, "yamamoto");
  for (int i = 0; i < 6; ++i) ASSERT_TRUE(issue("move_in").has_value());
  look();
  expect_visit("r1", code_, clock_.now() + 10min);
  const auto reserved = check_in_code(code_);
  ASSERT_TRUE(reserved.has_value() && reserved->estimate.has_value());
  EXPECT_GE(reserved->estimate->low_minutes, 60);
}

TEST_F(Promises, APriorityIsToldAWaitOfItsOwn) {
  open_window(1, "yamamoto");
  for (int i = 0; i < 6; ++i) ASSERT_TRUE(issue("move_in").has_value());
  look();
  const auto walk_in = issue("move_in");
  const auto priority = issue("move_in", true);
  ASSERT_TRUE(priority->estimate.has_value());
  EXPECT_LT(priority->estimate->high_minutes, walk_in->estimate->low_minutes);
}

TEST_F(Promises, TheSecondTicketOfALookIsToldLaterAndTheNextLookAgrees) {
  open_window(1, "yamamoto");
  for (int i = 0; i < 3; ++i) ASSERT_TRUE(issue("move_in").has_value());
  look();
  const auto first = kept(*issue("move_in")), second = kept(*issue("move_in"));
  const auto third = kept(*issue("move_in"));
  ASSERT_TRUE(first && second && third);
  EXPECT_GT(second->told.q10, first->told.q10);
  EXPECT_GT(second->range.low_minutes, first->range.low_minutes);
  EXPECT_GE(second->range.at_latest, first->range.at_latest);
  EXPECT_EQ(third->told.q50 - second->told.q50, second->told.q50 - first->told.q50);
  look();
  const auto looked = kept(*issue("move_in"));
  // By what its window needs for one more of 28 minutes, and the way to it.
  const auto more = looked->told.q50 - third->told.q50;
  EXPECT_NEAR(static_cast<double>(more.count()) / 60000, 28.5, 5);
}

TEST_F(Promises, AsManyAsWindowsAreFreeAreCalledAtOnce) {
  open_window(1, "yamamoto");
  open_window(2, "sato");
  look();
  EXPECT_TRUE(issue("move_in")->estimate->is_soon);
  EXPECT_TRUE(issue("move_in")->estimate->is_soon);
  EXPECT_FALSE(issue("move_in")->estimate->is_soon);
}

TEST_F(Promises, TheBoardTellsNewcomersAndTheFloorTellsEverybody) {
  open_window(1, "yamamoto");
  ASSERT_TRUE(issue("move_in").has_value());
  ASSERT_TRUE(issue("move_in").has_value());
  look();
  const auto board = board_now();
  const auto group = std::ranges::find(board.waiting, GroupId("A"), &BoardGroup::group);
  ASSERT_NE(group, board.waiting.end());
  EXPECT_TRUE(group->estimate.has_value());
  const auto floor = floor_now();
  ASSERT_EQ(floor.waiting.size(), 2U);
  ASSERT_TRUE(floor.waiting[0].estimate.has_value());
  ASSERT_TRUE(floor.waiting[1].estimate.has_value());
  EXPECT_LE(floor.waiting[0].estimate->at_latest, floor.waiting[1].estimate->at_latest);
}

TEST_F(Promises, WhoIsPastTheToldTimeIsCalledFirstAndTheReasonSaysSo) {
  open_window(1, "yamamoto");
  look();
  const auto told = issue("move_out");  // soon, and then nobody calls for long
  clock_.set(told->estimate->at_latest);
  expect_visit("r1", code_, clock_.now(), "move_out");
  ASSERT_TRUE(check_in_code(code_).has_value());
  clock_.advance(1min);
  const auto window = press(1, CommandName::next);
  ASSERT_TRUE(window->ticket.has_value());
  EXPECT_EQ(window->ticket->number, told->number);
  EXPECT_EQ(window->ticket->order_reason, OrderReason::promise_past);
}

TEST_F(Promises, AReservationAboutToMissItsTimeGoesFirst) {
  open_window(1, "yamamoto");
  const auto walk_in = issue("move_in");
  expect_visit("r1", code_, clock_.now() + 10min);
  ASSERT_TRUE(check_in_code(code_).has_value());
  clock_.advance(10min + 31s);
  const auto window = press(1, CommandName::next);
  EXPECT_EQ(window->ticket->number, "R001");
  EXPECT_EQ(window->ticket->order_reason, OrderReason::reservation_due);
}

TEST_F(Promises, WhatServicesTookIsLearnedOverNight) {
  open_window(1, "yamamoto");
  ASSERT_TRUE(issue("move_in").has_value());
  ASSERT_TRUE(issue("move_in").has_value());
  look();
  const auto before = issue("move_in")->estimate;
  ASSERT_TRUE(before.has_value());
  for (int i = 0; i < 40; ++i) {
    if (i > 2) ASSERT_TRUE(issue("move_in").has_value());
    ASSERT_TRUE(press(1, CommandName::next).has_value());
    ASSERT_TRUE(press(1, CommandName::start).has_value());
    clock_.advance(5min);  // the seed says 28
  }
  ASSERT_TRUE(press(1, CommandName::finish).has_value());
  clock_.set(*parse_instant("2026-11-25T01:00:00Z"));
  open_window(2, "sato");
  ASSERT_TRUE(issue("move_in").has_value());
  ASSERT_TRUE(issue("move_in").has_value());
  look();
  const auto after = issue("move_in")->estimate;
  ASSERT_TRUE(after.has_value());
  EXPECT_LT(after->high_minutes, before->low_minutes);
}

// Services take the six minutes of the seed, and the clerk writes for five more before calling the
// next: the physics forecasts little more than half of every wait.
TEST_F(Promises, ALastingErrorIsCorrectedFromTheRecord) {
  queue::KeptPromises kept_truly;
  for (const auto* day : {"11-24", "11-25", "11-26", "11-27", "11-30", "12-01"}) {
    clock_.set(*parse_instant("2026-" + std::string(day) + "T00:00:00Z"));
    open_window(2, "yamamoto");
    std::map<std::string, IssuedTicket> given;
    for (int i = 0; i < 40; ++i) {
      if (i % 5 == 0) look();
      const auto ticket = issue("cert");
      ASSERT_TRUE(ticket.has_value());
      if (i == 0) EXPECT_EQ(kept(*ticket)->model, queue::kPhysicsModel);
      given[ticket->number] = *ticket;
    }
    clock_.advance(4min);  // too late for "soon", not for the range beside it
    for (int i = 0; i < 40; ++i) {
      const auto called = press(2, CommandName::next);
      ASSERT_TRUE(called.has_value());
      kept_truly.add(came_of(given[called->ticket->number]));
      ASSERT_TRUE(press(2, CommandName::start).has_value());
      clock_.advance(6min);
      ASSERT_TRUE(press(2, CommandName::finish).has_value());
      clock_.advance(5min);
    }
  }
  clock_.set(*parse_instant("2026-12-02T00:00:00Z"));
  open_window(2, "yamamoto");
  for (int i = 0; i < 10; ++i) ASSERT_TRUE(issue("cert").has_value());
  look();
  const auto told = kept(*issue("cert"));
  ASSERT_TRUE(told.has_value());
  EXPECT_EQ(told->model, queue::kCorrectedModel);
  EXPECT_GT(told->told.q50, 1.5 * told->physics.q50);
  EXPECT_GT(told->told.q90, told->physics.q90);

  const auto record = write<queue::KeptPromises>([](db::Transaction& tx) {
    const auto today = *parse_day("2026-12-02");
    return Result<queue::KeptPromises>(
        store::kept_promises(tx, kOffice, today - std::chrono::days(10), today));
  });
  EXPECT_EQ(record->told(), 240U);
  EXPECT_EQ(record->in_range(), kept_truly.in_range());
  EXPECT_EQ(record->by_latest(), kept_truly.by_latest());

  // A server that starts anew tells the same.
  look();
  Estimates anew(directory_);
  const auto same = write<bool>([&](db::Transaction& tx) -> Result<bool> {
    return tells_the_same(*anew.look(tx, kOffice, clock_.now()), *estimates_.latest(kOffice));
  });
  EXPECT_TRUE(*same);
}

TEST_F(Promises, AClerkWhoComesAndGoesMovesATimeOnlyWithItsCause) {
  open_window(1, "yamamoto");
  for (int i = 0; i < 6; ++i) ASSERT_TRUE(issue("move_in").has_value());
  look();
  const auto ticket = issue("move_in");
  const auto status = [&] {
    look();
    return *write<TicketStatus>([&](db::Transaction& tx) {
      return ticket_status(tx, context_, ticket->token, Locale::ja);
    });
  };
  const auto alone = status();
  EXPECT_FALSE(alone.delay.has_value());
  EXPECT_FALSE(alone.has_more_windows);
  open_window(2, "sato");
  const auto helped = status();
  EXPECT_LT(helped.estimate->at_latest, alone.estimate->at_latest);
  EXPECT_FALSE(helped.delay.has_value());
  EXPECT_TRUE(helped.has_more_windows);

  WindowCommand pause;
  pause.command = CommandName::pause;
  pause.pause_reason = "break";
  ASSERT_TRUE(press(2, pause, "sato").has_value());
  const auto paused = status();
  EXPECT_EQ(paused.delay, DelayCause::fewer_windows);
  EXPECT_FALSE(paused.has_more_windows);
  ASSERT_TRUE(press(2, CommandName::resume, "sato").has_value());
  EXPECT_FALSE(status().delay.has_value());
  ASSERT_TRUE(press(2, CommandName::close, "sato").has_value());
  const auto left = status();
  EXPECT_EQ(left.delay, DelayCause::fewer_windows);
  EXPECT_LE(left.estimate->at_latest, left.told_latest);  // the ticket's own promise still holds
  EXPECT_EQ(status().delay, DelayCause::fewer_windows);
}

TEST_F(Promises, LaterThanTheTicketSaysIsToldWithItsCause) {
  open_window(1, "yamamoto");
  open_window(2, "sato");
  for (int i = 0; i < 6; ++i) ASSERT_TRUE(issue("move_in").has_value());
  look();
  const auto ticket = issue("move_in");
  const auto delay = [&] {
    look();
    return write<TicketStatus>([&](db::Transaction& tx) {
             return ticket_status(tx, context_, ticket->token, Locale::ja);
           })
        ->delay;
  };
  EXPECT_FALSE(delay().has_value());
  ASSERT_TRUE(press(1, CommandName::next).has_value());
  clock_.advance(120min);
  EXPECT_EQ(delay(), DelayCause::longer_services);
  ASSERT_TRUE(press(2, CommandName::close, "sato").has_value());
  EXPECT_EQ(delay(), DelayCause::fewer_windows);
}

// Learning four weeks is nothing for a press that others wait for.
TEST_F(Promises, ACheckInBeforeTheFirstLookOfADayIsToldNothing) {
  open_window(1, "yamamoto");
  look();
  clock_.set(*parse_instant("2026-11-25T01:00:00Z"));
  expect_visit("r1", code_, clock_.now() + 10min);
  const auto ticket = check_in_code(code_);
  ASSERT_TRUE(ticket.has_value());
  EXPECT_FALSE(ticket->estimate.has_value());
}

TEST_F(Promises, TheRuleIsTheOfficesOwnData) {
  set(directory::settings::kCallRule, static_cast<std::int64_t>(CallRule::first_come));
  open_window(1, "yamamoto");
  const auto walk_in = issue("move_in");
  expect_visit("r1", code_, clock_.now() + 10min);
  ASSERT_TRUE(check_in_code(code_).has_value());
  clock_.advance(10min + 31s);
  EXPECT_EQ(press(1, CommandName::next)->ticket->number, walk_in->number);
}

TEST_F(Promises, RuleRatioCallsAWalkInAfterTwoReservations) {
  set(directory::settings::kCallRule, static_cast<std::int64_t>(CallRule::ratio));
  open_window(1, "yamamoto");
  ASSERT_TRUE(issue("move_in").has_value());
  for (std::uint32_t i = 0; i < 3; ++i) {
    const auto code = make_reservation_code(i).value;
    expect_visit("r" + std::to_string(i), code, clock_.now() + 5min);
    ASSERT_TRUE(check_in_code(code).has_value()) << code;
  }
  std::vector<std::string> called;
  for (int i = 0; i < 4; ++i) {
    called.push_back(press(1, CommandName::next)->ticket->number);
    ASSERT_TRUE(press(1, CommandName::start).has_value());
  }
  EXPECT_EQ(called, (std::vector<std::string>{"R001", "R002", "A001", "R003"}));
}

}  // namespace
}  // namespace matanai::floor
