#include "server/floor/staff_calls.hpp"

#include <gmock/gmock.h>

#include "floor_fixture.hpp"
#include "server/floor/sweep.hpp"

namespace matanai::floor {
namespace {

using namespace std::chrono_literals;
using testing::ElementsAre;
using testing::IsEmpty;

const std::string kKiosk = "kokurakita-kiosk-1";
const Clerk kYamamoto{"yamamoto", "山本"};
const Clerk kSato{"sato", "佐藤"};

class StaffCalls : public FloorTest {
 protected:
  Result<StaffCall> call(const std::string& message, const std::string& kiosk = kKiosk,
                         const OfficeId& office = kOffice) {
    return write<StaffCall>([=, this](db::Transaction& tx) {
      return call_staff(tx, context_, office, {kiosk, message, KioskCallReason::not_found},
                        clock_.now());
    });
  }
  Result<StaffCall> answer(std::int64_t id, const Clerk& clerk = kYamamoto) {
    return write<StaffCall>([=, this](db::Transaction& tx) {
      return answer_staff_call(tx, kOffice, id, clerk, clock_.now());
    });
  }
  bool sweeps() {
    return *write<bool>([this](db::Transaction& tx) -> Result<bool> {
      const auto now = clock_.now();
      const bool is_due = has_something_to_sweep(tx, context_, now);
      sweep(tx, context_, now, 100);
      EXPECT_FALSE(has_something_to_sweep(tx, context_, now));
      return is_due;
    });
  }
  std::vector<std::int64_t> open() {
    std::vector<std::int64_t> ids;
    for (const auto& one : floor_now().staff_calls) ids.push_back(one.id);
    return ids;
  }
  std::vector<std::string> log() {
    return *write<std::vector<std::string>>([](db::Transaction& tx) {
      std::vector<std::string> lines;
      for (const auto& event : store::events_after(tx, kOffice, 0, 100)) {
        lines.push_back(std::string(boost::describe::enum_to_string(event.kind, "?")) + " " +
                        event.actor + " " + event.reason.value_or(""));
      }
      return Result<std::vector<std::string>>(lines);
    });
  }
};

TEST_F(StaffCalls, AreSeenUntilOneAnswers) {
  const auto made = *call("1");
  clock_.advance(40s);
  const auto seen = floor_now().staff_calls;
  ASSERT_EQ(seen.size(), 1U);
  EXPECT_EQ(seen[0].place, kKiosk);
  EXPECT_EQ(seen[0].reason, StaffCallReason::not_found);
  EXPECT_EQ(clock_.now() - seen[0].called_at, 40s);
  EXPECT_THAT(board_now().answered_calls, IsEmpty());

  EXPECT_EQ(answer(made.id)->answered_by, "山本");
  EXPECT_THAT(open(), IsEmpty());
  EXPECT_THAT(board_now().answered_calls, ElementsAre(made.id));
  clock_.advance(10min + 1s);
  EXPECT_THAT(board_now().answered_calls, IsEmpty());
  EXPECT_THAT(log(), ElementsAre("staff_called kokurakita-kiosk-1 not_found",
                                 "staff_call_answered yamamoto not_found"));
}

TEST_F(StaffCalls, TheSameMessageIsTheSameCallForEver) {
  const auto made = *call("1");
  EXPECT_EQ(call("1")->id, made.id);
  answer(made.id);
  const auto again = *call("1");
  EXPECT_EQ(again.id, made.id);
  EXPECT_TRUE(again.answered_at.has_value());
  EXPECT_THAT(open(), IsEmpty());
  EXPECT_EQ(code_of(call("1", kKiosk, OfficeId("moji"))), RefusalCode::idempotency_key_reused);
}

TEST_F(StaffCalls, AKioskHasOneOpenCall) {
  const auto first = *call("1");
  EXPECT_EQ(call("2")->id, first.id);
  const auto other = *call("1", "kokurakita-kiosk-2");
  EXPECT_THAT(open(), ElementsAre(first.id, other.id));
  answer(first.id);
  EXPECT_NE(call("3")->id, first.id);
}

TEST_F(StaffCalls, TheFirstAnswerCounts) {
  const auto made = *call("1");
  answer(made.id, kYamamoto);
  EXPECT_EQ(answer(made.id, kSato)->answered_by, "山本");
  EXPECT_EQ(log().size(), 2U);
  EXPECT_EQ(code_of(answer(made.id + 1)), RefusalCode::not_found);
}

TEST_F(StaffCalls, SurviveARestart) {
  const auto made = *call("1");
  reopen();
  EXPECT_THAT(open(), ElementsAre(made.id));
}

TEST_F(StaffCalls, AreDroppedAtClosing) {
  clock_.set(*parse_instant("2026-11-24T08:14:59Z"));  // closes at 17:15
  const auto made = *call("1");
  EXPECT_FALSE(sweeps());
  EXPECT_THAT(open(), ElementsAre(made.id));
  clock_.advance(1s);
  EXPECT_TRUE(sweeps());
  EXPECT_THAT(open(), IsEmpty());
  EXPECT_THAT(board_now().answered_calls, IsEmpty());
  EXPECT_THAT(board_now().dropped_calls, ElementsAre(made.id));
  EXPECT_EQ(code_of(answer(made.id)), RefusalCode::not_found);
  EXPECT_EQ(log().back(), "staff_call_dropped system not_found");
  EXPECT_EQ(code_of(call("2")), RefusalCode::office_closed);
  clock_.advance(10min + 1ms);
  EXPECT_THAT(board_now().dropped_calls, IsEmpty());
}

TEST_F(StaffCalls, AreTakenAfterClosingWhileTheLineIsServed) {
  ASSERT_TRUE(issue("move_in").has_value());
  ASSERT_TRUE(press(1, CommandName::open).has_value());
  const auto early = *call("1");
  clock_.set(*parse_instant("2026-11-24T08:20:00Z"));
  const auto late = call("1", "kokurakita-kiosk-2");
  ASSERT_TRUE(late.has_value()) << "somebody waits";
  EXPECT_FALSE(sweeps());
  EXPECT_THAT(open(), ElementsAre(early.id, late->id));

  ASSERT_TRUE(press(1, CommandName::next).has_value());
  EXPECT_FALSE(sweeps()) << "somebody is called";
  ASSERT_TRUE(press(1, CommandName::start).has_value());
  EXPECT_FALSE(sweeps()) << "somebody is served";
  ASSERT_TRUE(press(1, CommandName::finish).has_value());
  EXPECT_TRUE(sweeps());
  EXPECT_THAT(board_now().dropped_calls, ElementsAre(early.id, late->id));
  EXPECT_EQ(code_of(call("2")), RefusalCode::office_closed);
}

TEST_F(StaffCalls, OfYesterdayAreDroppedInTheMorning) {
  call("1");
  clock_.set(*parse_instant("2026-11-24T23:00:00Z"));
  EXPECT_TRUE(sweeps());
  EXPECT_THAT(open(), IsEmpty());
  EXPECT_TRUE(call("2").has_value()) << "before the doors open, on an open day";
}

}  // namespace
}  // namespace matanai::floor
