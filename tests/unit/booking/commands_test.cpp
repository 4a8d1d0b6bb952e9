#include "server/booking/commands.hpp"

#include <set>

#include "booking_fixture.hpp"
#include "server/booking/calendar_file.hpp"
#include "server/booking/present.hpp"

namespace matanai::booking {
namespace {

const NormalContact kPhone{ContactKind::phone, "09077712345"};
const NormalContact kMail{ContactKind::mail, "canary.bird@example.jp"};
constexpr Millis kMs{1};

class Commands : public BookingTest {};

TEST_F(Commands, TheLastPlaceGoesToOne) {
  ASSERT_TRUE(hold("10:00").has_value());
  EXPECT_REFUSED(hold("10:00"), slot_full);
  EXPECT_EQ(free_at("10:00"), 0);
  EXPECT_EQ(free_at("10:15"), 1);
}

TEST_F(Commands, ALongSlotTakesAllItsUnitsOrNone) {
  ASSERT_TRUE(hold("10:15", kShort).has_value());
  EXPECT_REFUSED(hold("10:00", kLong), slot_full);
  EXPECT_EQ(free_at("10:00"), 1) << "its first unit was taken and rolled back";
  ASSERT_TRUE(hold("10:30", kLong).has_value());
  EXPECT_REFUSED(hold("10:45", kShort), slot_full);
  EXPECT_EQ(miscounted(), 0);
}

TEST_F(Commands, OfficesDoNotShareASlot) {
  ASSERT_TRUE(hold("10:00").has_value());
  auto elsewhere = order("10:00");
  elsewhere.office = kSouth;
  EXPECT_TRUE(hold(elsewhere).has_value());
}

TEST_F(Commands, StaffKeepAPlaceOfTheCommonCount) {
  ASSERT_TRUE(hold("10:00").has_value());
  auto by_phone = order("10:00");
  by_phone.channel = Channel::staff;
  EXPECT_TRUE(hold(by_phone).has_value());
  by_phone.id = ReservationId(db::random_id(random_));
  EXPECT_REFUSED(hold(by_phone), slot_full);
}

TEST_F(Commands, AHoldEndsToTheMillisecond) {
  const auto end = hold("10:00").value().release_at.value();
  EXPECT_EQ(end, clock_.now() + Minutes(10));
  clock_.set(end - kMs);
  EXPECT_EQ(free_at("10:00"), 0);
  EXPECT_REFUSED(hold("10:00"), slot_full);
  clock_.set(end);
  EXPECT_EQ(free_at("10:00"), 1) << "before any sweep";
  EXPECT_TRUE(hold("10:00").has_value());
  EXPECT_EQ(miscounted(), 0);
}

struct ConfirmCase {
  Millis shift;
  bool is_booked;
};
class ConfirmAt : public Commands, public testing::WithParamInterface<ConfirmCase> {};
TEST_P(ConfirmAt, TheEndOfTheHold) {
  const auto held = hold("10:00").value();
  clock_.set(*held.release_at + GetParam().shift);
  const auto row = book(held.id);
  EXPECT_EQ(row.has_value(), GetParam().is_booked);
  if (!GetParam().is_booked) EXPECT_REFUSED(row, hold_expired);
}
INSTANTIATE_TEST_SUITE_P(Edges, ConfirmAt,
                         testing::Values(ConfirmCase{-kMs, true}, ConfirmCase{Millis(0), false},
                                         ConfirmCase{kMs, false}),
                         [](const auto& c) {
                           const auto shift = c.param.shift.count();
                           return shift < 0 ? "before" : shift == 0 ? "at" : "after";
                         });

TEST_F(Commands, AHoldIsExtendedUpToAnHour) {
  const auto held = hold("10:00").value();
  for (int i = 1; i <= 11; ++i) {
    clock_.advance(Minutes(5));
    ASSERT_EQ(extend(held.id).value().release_at,
              std::min(clock_.now() + Minutes(10), held.held_at + Minutes(60)))
        << i;
  }
  clock_.set(held.held_at + Minutes(60));
  EXPECT_REFUSED(extend(held.id), hold_expired);
  EXPECT_REFUSED(extend(ReservationId("unknown")), hold_not_found);
}

TEST_F(Commands, AReleasedPlaceIsFreeAtOnceAndOnce) {
  const auto held = hold("10:00").value();
  ASSERT_TRUE(release(held.id).has_value());
  ASSERT_TRUE(release(held.id).has_value());
  EXPECT_EQ(free_at("10:00"), 1);
  EXPECT_TRUE(hold("10:00").has_value());
  EXPECT_REFUSED(hold("10:00"), slot_full);
  EXPECT_REFUSED(book(held.id), hold_expired);
  EXPECT_EQ(miscounted(), 0);
}

TEST_F(Commands, ReleasingABookedHoldDoesNotCancelIt) {
  const auto row = booked("10:00");
  ASSERT_TRUE(release(row.id).has_value());
  EXPECT_EQ(find(row.id)->state, State::booked);
  EXPECT_EQ(free_at("10:00"), 0);
}

TEST_F(Commands, ASwapGivesTheOldPlaceBack) {
  const auto old = hold("10:00").value();
  auto next = order("11:00");
  next.replaces = old.id;
  ASSERT_TRUE(hold(next).has_value());
  EXPECT_EQ(free_at("10:00"), 1);
  EXPECT_EQ(free_at("11:00"), 0);
}

TEST_F(Commands, ASwapToAFullSlotKeepsTheOldPlace) {
  const auto old = hold("10:00").value();
  ASSERT_TRUE(hold("11:00").has_value());
  auto next = order("11:00");
  next.replaces = old.id;
  EXPECT_REFUSED(hold(next), slot_full);
  EXPECT_EQ(find(old.id)->state, State::held);
  EXPECT_EQ(free_at("10:00"), 0);
  EXPECT_TRUE(book(old.id).has_value());
}

TEST_F(Commands, ASwapWithinAFullSlotSucceeds) {
  const auto old = hold("10:00", kLong).value();
  auto next = order("10:15", kShort);
  next.replaces = old.id;
  EXPECT_TRUE(hold(next).has_value());
  EXPECT_EQ(miscounted(), 0);
}

TEST_F(Commands, APartyIsOnePlaceAndOfFourAtMost) {
  directory_ = directory::Directory(tiny::tables(2));
  auto family = order("10:00");
  family.party = 4;
  ASSERT_TRUE(hold(family).has_value());
  EXPECT_EQ(free_at("10:00"), 1);
  family = order("10:00");
  family.party = 5;
  EXPECT_REFUSED(hold(family), invalid_fields);
}

TEST_F(Commands, ABookingTellsItsListenerInTheSameTransaction) {
  const auto row = booked("10:00");
  ASSERT_EQ(changes_.size(), 1U);
  EXPECT_EQ(changes_[0].state, State::booked);
  EXPECT_EQ(changes_[0].code, row.code.value());
  EXPECT_EQ(changes_[0].check_in_token_hash, db::hash_secret(secrets_.check_in_token(row.id)));

  on_change_ = [](db::Transaction&, const ReservationChange&) {
    throw std::runtime_error("the listener failed");
  };
  const auto held = hold("11:00").value();
  EXPECT_THROW(book(held.id), std::runtime_error);
  EXPECT_EQ(find(held.id)->state, State::held) << "nothing of the booking stays";
}

TEST_F(Commands, ACodeOfALiveReservationIsNotGivenAgain) {
  auto first = book_order(hold("10:00").value().id);
  first.code_draws = {77, 77};
  const auto one = book(first).value();
  auto second = book_order(hold("11:00").value().id);
  second.code_draws = {77, 78};
  const auto two = book(second).value();
  EXPECT_EQ(one.code, make_reservation_code(77));
  EXPECT_EQ(two.code, make_reservation_code(78));
  auto third = book_order(hold("13:00").value().id);
  third.code_draws = {77, 78};
  EXPECT_THROW(book(third), std::runtime_error);
}

TEST_F(Commands, BookingTheSameHoldTwiceIsOneReservation) {
  const auto held = hold("10:00").value();
  const auto one = book(held.id).value();
  const auto two = book(held.id).value();
  EXPECT_EQ(one.id, two.id);
  EXPECT_EQ(one.code, two.code);
  EXPECT_EQ(changes_.size(), 1U);
}

TEST_F(Commands, OneActiveBookingPerContactGroupAndDay) {
  const auto first = booked("10:00", {kPhone});
  const auto second = hold("11:00").value();
  EXPECT_REFUSED(book(second.id, {kMail, kPhone}), already_booked);
  EXPECT_EQ(find(second.id)->state, State::held) << "the visitor may go on with another contact";
  EXPECT_TRUE(book(second.id, {kMail}).has_value());
  const auto tagged = hold("13:00").value();
  EXPECT_REFUSED(book(tagged.id, {{ContactKind::mail, "canary.bird+2@example.jp"}}),
                 already_booked);
  ASSERT_TRUE(cancel(first.id).has_value());
  EXPECT_TRUE(book(tagged.id, {kPhone}).has_value()) << "a cancelled one is not active";
}

TEST_F(Commands, AnotherDayIsNotTheSameBooking) {
  booked("10:00", {kPhone});
  const auto held = hold(order("10:00", kShort, day_of("2026-11-25"))).value();
  EXPECT_TRUE(book(held.id, {kPhone}).has_value());
}

TEST_F(Commands, ACancelledPlaceIsOfferedAgainAfterTenMinutes) {
  const auto row = booked("10:00");
  ASSERT_EQ(cancel(row.id).value().state, State::cancelled);
  ASSERT_EQ(changes_.back().state, State::cancelled);
  const auto cancelled_at = clock_.now();
  EXPECT_REFUSED(hold("10:00"), slot_full);
  clock_.set(cancelled_at + Minutes(10) - kMs);
  EXPECT_EQ(free_at("10:00"), 0);
  clock_.set(cancelled_at + Minutes(10));
  EXPECT_EQ(free_at("10:00"), 1);
  EXPECT_EQ(sweep().released, 1);
  EXPECT_EQ(free_at("10:00"), 1);
  EXPECT_TRUE(hold("10:00").has_value());
  EXPECT_EQ(find(row.id)->state, State::cancelled);
  EXPECT_EQ(miscounted(), 0);
}

TEST_F(Commands, CancellingTwiceChangesNothing) {
  const auto row = booked("10:00");
  const auto first = cancel(row.id).value();
  clock_.advance(Minutes(1));
  const auto second = cancel(row.id).value();
  EXPECT_EQ(first.release_at, second.release_at);
  EXPECT_EQ(first.revision, second.revision);
  EXPECT_EQ(changes_.size(), 2U) << "booked, cancelled";
}

TEST_F(Commands, ACancelIsPossibleUntilTheStart) {
  const auto one = booked("10:00");
  const auto two = booked("10:15");
  clock_.set(local("2026-11-24", "10:00") - kMs);
  EXPECT_TRUE(cancel(one.id).has_value());
  clock_.set(local("2026-11-24", "10:15"));
  EXPECT_REFUSED(cancel(two.id), not_cancellable);
  EXPECT_REFUSED(cancel(ReservationId("unknown")), reservation_not_found);
}

TEST_F(Commands, ALoweredCapacityKeepsWhatIsBooked) {
  const directory::Directory ten(tiny::tables(10));
  const directory::Directory five(tiny::tables(5));
  directory_ = ten;
  std::vector<ReservationId> rows;
  for (int i = 0; i < 8; ++i) rows.push_back(booked("10:00").id);
  EXPECT_EQ(free_at(ten, "10:00", kShort), 2);
  EXPECT_EQ(free_at(five, "10:00", kShort), 0);
  directory_ = five;
  EXPECT_REFUSED(hold("10:00"), slot_full);
  for (const auto& id : rows) EXPECT_EQ(find(id)->state, State::booked);
  directory_ = ten;
  EXPECT_TRUE(hold("10:00").has_value());
  EXPECT_TRUE(hold("10:00").has_value());
  EXPECT_REFUSED(hold("10:00"), slot_full);
  EXPECT_EQ(miscounted(), 0);
}

TEST_F(Commands, TheSweepGivesBackEndedHoldsAndForgetsThemLater) {
  const auto held = hold("10:00").value();
  EXPECT_EQ(sweep().released, 0);
  clock_.set(*held.release_at);
  EXPECT_EQ(sweep().released, 1);
  EXPECT_EQ(find(held.id)->state, State::expired);
  EXPECT_EQ(sweep().released, 0);
  clock_.advance(std::chrono::hours(49));
  EXPECT_EQ(sweep().forgotten, 1);
  EXPECT_FALSE(find(held.id).has_value());
}

TEST_F(Commands, APlaceIsGivenBackOnceOnly) {
  directory_ = directory::Directory(tiny::tables(2));
  const auto one = hold("10:00").value();
  ASSERT_TRUE(hold("10:00").has_value());
  const auto release = [&] {
    return write<bool>([&](db::Transaction& tx) -> Result<bool> {
             return store::release_places(tx, one.id);
           })
        .value();
  };
  EXPECT_TRUE(release());
  EXPECT_FALSE(release());
  EXPECT_EQ(free_at("10:00"), 1);
  EXPECT_EQ(miscounted(), 0);
}

TEST_F(Commands, AMiscountIsFound) {
  ASSERT_TRUE(hold("10:00").has_value());
  ASSERT_EQ(miscounted(), 0);
  constexpr std::string_view kBreak = "UPDATE slot_usage SET taken = 0";
  ASSERT_TRUE(write<bool>([&](db::Transaction& tx) -> Result<bool> {
                return tx.run(kBreak) == 1;
              }).value());
  EXPECT_GT(miscounted(), 0);
  constexpr std::string_view kDrop = "DELETE FROM slot_usage";
  ASSERT_TRUE(
      write<bool>([&](db::Transaction& tx) -> Result<bool> { return tx.run(kDrop) == 1; }).value());
  EXPECT_GT(miscounted(), 0);
}

TEST_F(Commands, TheCalendarEventFollowsTheReservation) {
  const auto row = booked("10:00", {}, kLong);
  const auto event = calendar_event(directory_, row, "https://example.jp");
  EXPECT_EQ(event.sequence, 0);
  EXPECT_EQ(event.url, "https://example.jp/r");
  EXPECT_NE(event.description.find(row.code->value), std::string::npos);
  EXPECT_NE(event.description.find("a card"), std::string::npos);
  EXPECT_EQ(event.description.find(secrets_.reservation_secret(row.id)), std::string::npos);
  const auto after = calendar_event(directory_, cancel(row.id).value(), "https://example.jp");
  EXPECT_EQ(after.uid, event.uid);
  EXPECT_EQ(after.sequence, 1);
  EXPECT_TRUE(after.is_cancelled);
}

TEST_F(Commands, ADaysReservationsCanBeReadAgain) {
  const auto one = booked("10:00");
  const auto two = booked("09:00");
  ASSERT_TRUE(cancel(one.id).has_value());
  ASSERT_TRUE(hold("11:00").has_value());
  std::vector<ReservationChange> read;
  ASSERT_TRUE(write<bool>([&](db::Transaction& tx) -> Result<bool> {
                each_reservation_of(
                    tx, secrets_, kNorth, kTuesday,
                    [&](const ReservationChange& change) { read.push_back(change); });
                return true;
              }).has_value());
  ASSERT_EQ(read.size(), 2U);
  EXPECT_EQ(read[0].id, two.id);
  EXPECT_EQ(read[1].state, State::cancelled);
}

}  // namespace
}  // namespace matanai::booking
