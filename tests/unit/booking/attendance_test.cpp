// What the office tells of a reservation: checked in, served, taken back, no-show.
#include "booking_fixture.hpp"
#include "server/booking/outgoing.hpp"

namespace matanai::booking {
namespace {

class AttendanceTest : public BookingTest {};

TEST_F(AttendanceTest, MovesTheReservation) {
  const auto row = booked("10:00");
  const auto mark = [&](auto function) {
    return database_->write_blocking<bool>([&](db::Transaction& tx) -> Result<bool> {
      const auto marked = function(tx, row.id, clock_.now());
      if (marked.has_error()) return marked.error();
      return true;
    });
  };
  EXPECT_REFUSED(mark(mark_served), illegal_move);
  EXPECT_TRUE(mark(mark_checked_in).has_value());
  EXPECT_TRUE(mark(mark_checked_in).has_value()) << "twice is fine";
  EXPECT_REFUSED(cancel(row.id), not_cancellable);
  EXPECT_TRUE(mark(mark_served).has_value());
  EXPECT_REFUSED(mark(mark_no_show), illegal_move);
  EXPECT_REFUSED(mark(mark_checked_in), illegal_move) << "only a clerk's undo leads back";
  EXPECT_EQ(find(row.id)->state, State::served);
  EXPECT_TRUE(mark(take_back_served).has_value());
  EXPECT_TRUE(mark(take_back_served).has_value()) << "twice is fine";
  EXPECT_EQ(find(row.id)->state, State::checked_in);
  EXPECT_TRUE(mark(mark_served).has_value());
}

TEST_F(AttendanceTest, OnlyWhatWasServedIsTakenBack) {
  const auto row = booked("10:00");
  const auto taken_back = database_->write_blocking<bool>([&](db::Transaction& tx) -> Result<bool> {
    const auto done = take_back_served(tx, row.id, clock_.now());
    if (done.has_error()) return done.error();
    return true;
  });
  EXPECT_REFUSED(taken_back, illegal_move);
  EXPECT_EQ(find(row.id)->state, State::booked);
}

}  // namespace
}  // namespace matanai::booking
