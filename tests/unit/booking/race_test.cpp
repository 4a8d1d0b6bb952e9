#include <atomic>
#include <set>
#include <thread>

#include "booking_fixture.hpp"

namespace matanai::booking {
namespace {

class Race : public BookingTest {
 protected:
  // Runs `work` with 0…count-1, each on a thread of its own.
  static void in_parallel(std::size_t count, const std::function<void(std::size_t)>& work) {
    std::vector<std::thread> threads;
    for (std::size_t i = 0; i < count; ++i) threads.emplace_back(work, i);
    for (auto& thread : threads) thread.join();
  }
};

TEST_F(Race, TwoClientsForTheLastPlace) {
  for (int round = 0; round < 20; ++round) {
    std::vector<HoldOrder> orders{order("10:00"), order("10:00")};
    std::vector<Result<Reservation>> results(2, Refusal(RefusalCode::internal_error));
    in_parallel(2, [&](std::size_t i) { results[i] = hold(orders[i]); });
    const auto& winner = results[0].has_value() ? results[0] : results[1];
    const auto& loser = results[0].has_value() ? results[1] : results[0];
    ASSERT_TRUE(winner.has_value());
    EXPECT_REFUSED(loser, slot_full);
    ASSERT_TRUE(release(winner->id).has_value());
  }
}

TEST_F(Race, TwoHundredClientsSellOneHundredPlacesExactly) {
  directory_ = directory::Directory(tiny::tables(25));
  constexpr std::size_t kClients = 200;
  const char* times[] = {"10:00", "10:15", "10:30", "10:45"};
  std::vector<std::vector<HoldOrder>> orders(kClients);
  std::vector<std::vector<BookOrder>> bookings(kClients);
  for (auto& mine : orders) {
    for (const auto* time : times) mine.push_back(order(time));
  }
  for (std::size_t i = 0; i < kClients; ++i) {
    for (const auto& one : orders[i]) bookings[i].push_back(book_order(one.id));
  }
  std::atomic<int> sold = 0, refused = 0, other = 0;
  in_parallel(kClients, [&](std::size_t i) {
    for (std::size_t j = 0; j < 4; ++j) {
      const auto held = hold(orders[i][(i + j) % 4]);
      if (held.has_error()) {
        ++(held.error().code == RefusalCode::slot_full ? refused : other);
        continue;
      }
      ++(book(bookings[i][(i + j) % 4]).has_value() ? sold : other);
    }
  });
  EXPECT_EQ(sold, 100);
  EXPECT_EQ(refused, 700);
  EXPECT_EQ(other, 0);
  EXPECT_EQ(miscounted(), 0);
  std::set<std::string> codes;
  for (const auto& change : changes_) codes.insert(change.code.value);
  EXPECT_EQ(codes.size(), 100U) << "every reservation has its own code";
}

TEST_F(Race, ConfirmingAndCancellingAndSweepingLeavesTheCountRight) {
  directory_ = directory::Directory(tiny::tables(5));
  std::vector<HoldOrder> orders;
  std::vector<BookOrder> bookings;
  for (int i = 0; i < 64; ++i) {
    orders.push_back(order(i % 2 == 0 ? "10:00" : "10:15", i % 4 == 0 ? kLong : kShort));
    bookings.push_back(book_order(orders.back().id));
  }
  in_parallel(8, [&](std::size_t thread) {
    for (std::size_t i = thread; i < orders.size(); i += 8) {
      if (hold(orders[i]).has_error()) continue;
      if (i % 3 == 0) {
        EXPECT_TRUE(release(orders[i].id).has_value());
        continue;
      }
      EXPECT_TRUE(book(bookings[i]).has_value());
      if (i % 3 == 1) EXPECT_TRUE(cancel(orders[i].id).has_value());
      sweep();
    }
  });
  EXPECT_EQ(miscounted(), 0);
}

}  // namespace
}  // namespace matanai::booking
