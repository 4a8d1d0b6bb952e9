// How much of a day one network may take.
#include "booking_fixture.hpp"
#include "server/booking/commands.hpp"

namespace matanai::booking {
namespace {

const NormalContact kPhone{ContactKind::phone, "09077712345"};

class Share : public BookingTest {};

// The day has 26 places: 9:00–12:00 and 13:00–16:30 in quarters of an hour. A quarter of it: six.
TEST_F(Share, ANetworkHoldsAShareOfADayAtMost) {
  const auto from = [&](std::string network, std::string_view time, LocalDay day = kTuesday) {
    auto wanted = order(time, kShort, day);
    wanted.held_from = std::move(network);
    return hold(wanted);
  };
  const auto first = from("a", "09:00").value();
  const char* times[] = {"09:15", "09:30", "09:45", "10:00", "10:15"};
  for (const auto* time : times) ASSERT_TRUE(from("a", time).has_value()) << time;
  EXPECT_REFUSED(from("a", "10:30"), too_many_requests);
  EXPECT_EQ(free_at("10:30"), 1) << "nothing was taken";
  EXPECT_TRUE(from("b", "10:30").has_value()) << "another network";
  EXPECT_TRUE(from("a", "10:30", day_of("2026-11-25")).has_value()) << "another day";
  EXPECT_TRUE(hold("10:45").has_value()) << "not counted";
  ASSERT_TRUE(book(first.id, {kPhone}).has_value());
  EXPECT_TRUE(from("a", "11:00").has_value()) << "a booking with a contact is not counted";
  EXPECT_REFUSED(from("a", "11:15"), too_many_requests);
  clock_.set(clock_.now() + Minutes(10));
  EXPECT_TRUE(from("a", "11:15").has_value()) << "the others are over";
}

// Hold and book in a loop, with a cancel for good measure.
TEST_F(Share, BookingsWithoutContactCountLikeHoldsForADay) {
  const auto from_a = [&](std::string_view time) {
    auto wanted = order(time, kShort, day_of("2026-11-26"));
    wanted.held_from = "a";
    return hold(wanted);
  };
  const char* times[] = {"09:00", "09:15", "09:30", "09:45", "10:00", "10:15"};
  for (const auto* time : times) ASSERT_TRUE(book(from_a(time).value().id).has_value()) << time;
  EXPECT_REFUSED(from_a("10:30"), too_many_requests);
  clock_.set(clock_.now() + Minutes(24 * 60 - 1));
  sweep();
  EXPECT_REFUSED(from_a("10:30"), too_many_requests);
  clock_.set(clock_.now() + Minutes(1));
  EXPECT_TRUE(from_a("10:30").has_value());
}

TEST_F(Share, ACancelledBookingCountsUntilItsPlaceIsOfferedAgain) {
  const auto from_a = [&](std::string_view time) {
    auto wanted = order(time);
    wanted.held_from = "a";
    return hold(wanted);
  };
  for (const auto* time : {"09:00", "09:15", "09:30", "09:45", "10:00", "10:15"}) {
    const auto row = book(from_a(time).value().id).value();
    ASSERT_TRUE(cancel(row.id).has_value()) << time;
  }
  EXPECT_REFUSED(from_a("10:30"), too_many_requests);
  clock_.set(clock_.now() + Minutes(10));
  EXPECT_TRUE(from_a("10:30").has_value());
}

TEST_F(Share, ClerksHaveNoShare) {
  for (const auto* time : {"09:00", "09:15", "09:30", "09:45", "10:00", "10:15", "10:30"}) {
    auto wanted = order(time);
    wanted.held_from = "a";
    wanted.channel = Channel::staff;
    EXPECT_TRUE(hold(wanted).has_value()) << time;
  }
}

TEST_F(Share, AChangeOfTimeIsNoFurtherHold) {
  auto wanted = order("09:00");
  wanted.held_from = "a";
  auto last = hold(wanted).value();
  for (const auto* time : {"09:15", "09:30", "09:45", "10:00", "10:15", "10:30", "10:45"}) {
    auto next = order(time);
    next.held_from = "a";
    next.replaces = last.id;
    const auto held = hold(next);
    ASSERT_TRUE(held.has_value()) << time;
    last = *held;
  }
}

TEST_F(Share, FourHoldsAreAllowedInAnyCase) {
  for (const auto* time : {"09:00", "10:00", "11:00", "13:00"}) {
    auto wanted = order(time, kHour);
    wanted.held_from = "a";
    wanted.share = 1;
    EXPECT_TRUE(hold(wanted).has_value()) << time;
  }
  auto fifth = order("14:00", kShort);
  fifth.held_from = "a";
  fifth.share = 1;
  EXPECT_REFUSED(hold(fifth), too_many_requests);
  fifth.share = 100;
  EXPECT_TRUE(hold(fifth).has_value());
}

TEST_F(Share, ARowForgetsTheNetworkWhenItCountsNoMore) {
  const auto networks = [&] {
    return *write<std::int64_t>([](db::Transaction& tx) -> Result<std::int64_t> {
      return tx
          .first("SELECT count(*) FROM reservation WHERE held_from IS NOT NULL",
                 [](const db::Row& row) { return row.integer(0); })
          .value_or(-1);
    });
  };
  const auto hold_from = [&](std::string_view time) {
    auto wanted = order(time);
    wanted.held_from = "a";
    return hold(wanted).value().id;
  };
  const auto to_book = hold_from("09:00");
  const auto to_release = hold_from("09:15");
  const auto without_contact = hold_from("09:30");
  hold_from("09:45");
  EXPECT_EQ(networks(), 4);
  ASSERT_TRUE(book(to_book, {kPhone}).has_value());
  ASSERT_TRUE(release(to_release).has_value());
  ASSERT_TRUE(book(without_contact).has_value());
  EXPECT_EQ(networks(), 2);
  clock_.set(clock_.now() + Minutes(10));
  sweep();
  EXPECT_EQ(networks(), 1) << "without contact";
  clock_.set(clock_.now() + Minutes(24 * 60 - 10));
  sweep();
  EXPECT_EQ(networks(), 0);
}

}  // namespace
}  // namespace matanai::booking
