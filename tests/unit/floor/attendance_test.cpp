// What the floor tells of a reservation while its person is served, and what an undo takes back.
#include "floor_fixture.hpp"

namespace matanai::floor {
namespace {

using enum CommandName;

class AttendanceTest : public FloorTest {
 protected:
  // R001 is served at window 1.
  void serve_reservation() {
    ASSERT_TRUE(press(1, CommandName::open).has_value());
    const auto code = make_reservation_code(5);
    expect_visit("res1", code.value, clock_.now());
    check_in_code(code.value);
    press(1, next);
    press(1, CommandName::start);
  }
  std::string expected_state(const std::string& reservation) {
    return *write<std::string>([&](db::Transaction& tx) {
      return Result<std::string>(tx.first(
                                       "SELECT state FROM expected WHERE reservation = ?1",
                                       [](const db::Row& row) { return row.text(0); }, reservation)
                                     .value_or("none"));
    });
  }
};

TEST_F(AttendanceTest, FinishedReservationIsToldAsServed) {
  serve_reservation();
  press(1, finish);
  ASSERT_EQ(attendance_.size(), 2U);
  EXPECT_EQ(attendance_[1].kind, Attendance::Kind::served);
  EXPECT_EQ(expected_state("res1"), "served");
}

TEST_F(AttendanceTest, UndoOfFinishIsToldAsReopened) {
  serve_reservation();
  press(1, finish);
  ASSERT_EQ(press(1, undo)->state, WindowStateName::serving);
  EXPECT_EQ(attendance_.back().kind, Attendance::Kind::reopened);
  EXPECT_EQ(expected_state("res1"), "checked_in");
  press(1, finish);
  EXPECT_EQ(attendance_.back().kind, Attendance::Kind::served);
  EXPECT_EQ(expected_state("res1"), "served");
}

TEST_F(AttendanceTest, UndoOfNextReopensOnlyThePersonItFinished) {
  serve_reservation();
  issue("move_in");
  ASSERT_EQ(press(1, next)->ticket->number, "A001");
  EXPECT_EQ(expected_state("res1"), "served");
  ASSERT_EQ(press(1, undo)->ticket->number, "R001");
  EXPECT_EQ(expected_state("res1"), "checked_in");
  EXPECT_EQ(attendance_.size(), 3U) << "checked in, served, reopened";
}

TEST_F(AttendanceTest, UndoOfOtherStepsTellsNothing) {
  serve_reservation();
  press(1, undo);  // of start
  press(1, start);
  press(1, hold);
  press(1, undo);
  EXPECT_EQ(attendance_.size(), 1U) << "checked in";
  EXPECT_EQ(expected_state("res1"), "checked_in");
}

}  // namespace
}  // namespace matanai::floor
