#include "server/queue/score/ticket_score.hpp"

#include <gtest/gtest.h>

#include <vector>

namespace matanai::queue {
namespace {

Instant at(double minutes) { return Instant(Millis(static_cast<std::int64_t>(minutes * 60000))); }

TicketRecord ticket(double issued, double called, double finished,
                    std::optional<ToldWait> told = std::nullopt) {
  return {"office/A", "2026-11-24", at(issued), at(called), at(called), at(finished), told};
}

const Accuracy& of(const Score& score, std::string_view name) {
  for (const auto& one : score.estimators)
    if (one.name == name) return one.accuracy;
  throw std::out_of_range("no such estimator");
}

// 9:00 called at once for 10 min; 9:05 waits 15 for 6 min; at 9:12 comes who is told, and waits 16.
std::vector<TicketRecord> small_day() {
  return {ticket(540, 540, 550), ticket(545, 560, 566),
          ticket(552, 568, 570, ToldWait{5, 12, 20, 5, 20, 2})};
}

TEST(TicketScore, ComparesWhatWasToldWithWhatHappened) {
  const auto score = score_tickets(small_day());
  EXPECT_EQ(score.n, 1U);
  EXPECT_DOUBLE_EQ(of(score, "ours").mae, 4);
  EXPECT_DOUBLE_EQ(of(score, "ours").bias, -4);
  EXPECT_DOUBLE_EQ(of(score, "ours").coverage80.value(), 1);
  EXPECT_DOUBLE_EQ(of(score, "printed").mae, 3.5);
  EXPECT_DOUBLE_EQ(of(score, "printed").width80.value(), 15);
}
// At 9:12 the last call was that of 9:00 (wait 0), one is ahead, one service of 10 min is known.
TEST(TicketScore, FormulasKnowOnlyWhatWasKnownThen) {
  const auto score = score_tickets(small_day());
  EXPECT_DOUBLE_EQ(of(score, "les").mae, 16);
  EXPECT_DOUBLE_EQ(of(score, "product").bias, 2 * 10 / 2 - 16);
}
TEST(TicketScore, EarlierDaysTeachMinutesAPlace) {
  auto records = small_day();
  for (auto record : small_day()) {
    record.day = "2026-11-25";
    records.push_back(record);
  }
  // Day 1: waits 0, 15, 16 for places 1, 1, 2: 31/4 a place; on day 2 two places.
  const auto score = score_tickets(records);
  EXPECT_EQ(score.n, 2U);
  EXPECT_DOUBLE_EQ(of(score, "ql").bias, ((10 - 16) + (2 * 31.0 / 4 - 16)) / 2);
}
TEST(TicketScore, TicketsNotToldOrNotCalledAreNoCases) {
  auto records = small_day();
  records[2].called.reset();
  EXPECT_EQ(score_tickets(records).n, 0U);
  EXPECT_EQ(score_tickets({}).n, 0U);
}

TEST(KeptPromises, CountWhatWasPrintedAgainstTheCall) {
  KeptPromises kept;
  for (int i = 0; i < 25; ++i) {
    kept.add({10, 20, false, 22, 20});  // in the range, to its last minute
    kept.add({10, 20, false, 22, 21});  // past the range, by the latest
    kept.add({0, 5, true, 5, 4});       // "soon" was four minutes
    EXPECT_FALSE(kept.in_range().has_value());
    kept.add({10, 20, false, 22, 23});
  }
  EXPECT_EQ(kept.told(), 100U);
  EXPECT_DOUBLE_EQ(kept.in_range().value(), 0.25);
  EXPECT_DOUBLE_EQ(kept.by_latest().value(), 0.75);
}
TEST(KeptPromises, AreThoseOfTheLastThirtyDays) {
  auto records = small_day();
  for (const char* day : {"2026-12-23", "2026-12-24"}) {
    records.push_back(small_day()[2]);
    records.back().day = day;
  }
  // 24 November and 24 December are thirty days apart.
  EXPECT_EQ(kept_promises(records).told(), 2U);
  EXPECT_EQ(kept_promises({}).told(), 0U);
}

}  // namespace
}  // namespace matanai::queue
