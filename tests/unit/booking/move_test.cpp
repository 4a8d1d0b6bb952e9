// A reservation to an earlier time of its day, and one that is given up at the office.
#include <atomic>
#include <thread>

#include "booking_fixture.hpp"

namespace matanai::booking {
namespace {

class Move : public BookingTest {
 protected:
  Result<Reservation> move(const ReservationId& id, std::string_view time) {
    return write<Reservation>([=, this](db::Transaction& tx) {
      return move_earlier(tx, rooms(), id, time_of(time), clock_.now());
    });
  }
  Result<Reservation> give_up(const ReservationId& id) {
    return write<Reservation>(
        [=, this](db::Transaction& tx) { return booking::give_up(tx, rooms(), id, clock_.now()); });
  }
  std::vector<std::string> offered(const ReservationId& id) {
    std::vector<std::string> out;
    const auto times = *write<std::vector<TimeOfDay>>(
        [=, this](db::Transaction& tx) -> Result<std::vector<TimeOfDay>> {
          return earlier_times(tx, directory_, id, clock_.now());
        });
    for (const auto time : times) out.push_back(to_wire(time));
    return out;
  }
};

using Times = std::vector<std::string>;

TEST_F(Move, SwapsThePlaceAndKeepsEverythingElse) {
  const auto row = booked("11:00", {{ContactKind::phone, "0901234567"}});
  const auto moved = move(row.id, "10:00");
  ASSERT_TRUE(moved.has_value());
  EXPECT_EQ(moved->start, local("2026-11-24", "10:00"));
  EXPECT_EQ(moved->end, local("2026-11-24", "10:15"));
  EXPECT_EQ(moved->code, row.code);
  EXPECT_EQ(moved->state, State::booked);
  EXPECT_TRUE(moved->has_place);
  EXPECT_TRUE(moved->has_contact);
  EXPECT_GT(moved->revision, row.revision) << "calendars take the new time";
  EXPECT_EQ(free_at("10:00"), 0);
  EXPECT_EQ(free_at("11:00"), 1) << "free at once";
  EXPECT_EQ(changes_.back().start, moved->start);
  EXPECT_EQ(changes_.back().code, row.code);
  EXPECT_EQ(miscounted(), 0);
}

TEST_F(Move, BeingThereAlreadyIsFine) {
  const auto row = booked("11:00");
  ASSERT_TRUE(move(row.id, "10:00").has_value());
  const auto again = move(row.id, "10:00");
  ASSERT_TRUE(again.has_value());
  EXPECT_EQ(changes_.size(), 2U) << "booked, moved";
}

TEST_F(Move, AFullTimeLeavesTheOldPlaceTaken) {
  const auto other = booked("10:00");
  const auto row = booked("11:00");
  EXPECT_REFUSED(move(row.id, "10:00"), slot_full);
  EXPECT_EQ(find(row.id)->start, row.start);
  EXPECT_EQ(free_at("11:00"), 0);
  EXPECT_EQ(miscounted(), 0);
}

TEST_F(Move, MayOverlapItsOwnOldPlace) {
  const auto row = booked("10:15");
  auto tables = tiny::tables(1);
  tables.services[0].slot = Minutes(30);  // longer since then
  directory_ = directory::Directory(tables);
  ASSERT_EQ(free_at("10:00"), 0) << "for others";
  EXPECT_EQ(offered(row.id), (Times{"09:00", "09:30", "10:00"}));
  ASSERT_TRUE(move(row.id, "10:00").has_value());
  EXPECT_EQ(find(row.id)->end, local("2026-11-24", "10:30"));
  EXPECT_EQ(miscounted(), 0);
}

TEST_F(Move, OffersTheSoonestThreeFreeTimesBeforeItsOwn) {
  booked("10:15");
  const auto row = booked("11:00");
  clock_.set(local("2026-11-24", "09:46"));
  EXPECT_EQ(offered(row.id), (Times{"10:00", "10:30", "10:45"}));
  clock_.set(local("2026-11-24", "10:45"));
  EXPECT_EQ(offered(row.id), Times{"10:45"}) << "without the cut-off of the web";
  clock_.set(local("2026-11-24", "10:46"));
  EXPECT_EQ(offered(row.id), Times{});
}

TEST_F(Move, OffersNothingForAnotherDayOrACancelledOne) {
  const auto held = hold(order("11:00", kShort, kTuesday + std::chrono::days(1)));
  EXPECT_EQ(offered(book(held->id)->id), Times{});
  const auto row = booked("11:00");
  ASSERT_TRUE(cancel(row.id).has_value());
  EXPECT_EQ(offered(row.id), Times{});
  EXPECT_EQ(offered(ReservationId("unknown")), Times{});
}

TEST_F(Move, IsRefusedForWhatIsNoEarlierTime) {
  const auto row = booked("11:00");
  EXPECT_REFUSED(move(row.id, "11:15"), no_such_slot);
  EXPECT_REFUSED(move(row.id, "10:05"), no_such_slot);
  EXPECT_REFUSED(move(ReservationId("unknown"), "10:00"), reservation_not_found);
  clock_.set(local("2026-11-24", "10:00") + Millis(1));
  EXPECT_REFUSED(move(row.id, "10:00"), too_late_to_book);
  ASSERT_TRUE(cancel(row.id).has_value());
  EXPECT_REFUSED(move(row.id, "10:30"), illegal_move);
}

TEST_F(Move, EightForTheLastPlaceOfATimeAreExactlyOne) {
  directory_ = directory::Directory(tiny::tables(8));
  std::vector<Reservation> rows;
  for (int i = 0; i < 8; ++i) rows.push_back(booked("11:00"));
  for (int i = 0; i < 7; ++i) booked("10:00");
  std::atomic<int> moved = 0, full = 0;
  std::vector<std::thread> threads;
  for (const auto& row : rows) {
    threads.emplace_back([&, id = row.id] {
      const auto result = move(id, "10:00");
      if (result.has_value()) ++moved;
      if (result.has_error() && result.error().code == RefusalCode::slot_full) ++full;
    });
  }
  for (auto& thread : threads) thread.join();
  EXPECT_EQ(moved, 1);
  EXPECT_EQ(full, 7);
  EXPECT_EQ(free_at("10:00"), 0);
  EXPECT_EQ(free_at("11:00"), 1);
  EXPECT_EQ(miscounted(), 0);
}

TEST_F(Move, GivenUpIsCancelledEvenAfterTheSlotHasBegun) {
  const auto row = booked("10:00");
  clock_.set(row.start + Minutes(5));
  EXPECT_REFUSED(cancel(row.id), not_cancellable);
  const auto given_up = give_up(row.id);
  ASSERT_TRUE(given_up.has_value());
  EXPECT_EQ(given_up->state, State::cancelled);
  EXPECT_EQ(changes_.back().state, State::cancelled);
  ASSERT_TRUE(give_up(row.id).has_value()) << "twice is fine";
  EXPECT_EQ(changes_.size(), 2U) << "booked, cancelled";
}

TEST_F(Move, TheGivenUpPlaceIsOfferedAgainAfterTheDelay) {
  const auto row = booked("11:00");
  const auto at = clock_.now();
  ASSERT_TRUE(give_up(row.id).has_value());
  EXPECT_EQ(free_at("11:00"), 0);
  clock_.set(at + Minutes(10));
  EXPECT_EQ(free_at("11:00"), 1);
}

}  // namespace
}  // namespace matanai::booking
