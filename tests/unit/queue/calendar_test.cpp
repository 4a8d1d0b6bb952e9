#include "server/queue/station/calendar.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <vector>

#include "server/queue/model/random.hpp"

namespace matanai::queue {
namespace {

TEST(Calendar, EventsOfOneTimeComeAsPushed) {
  Calendar calendar;
  for (std::uint32_t i = 0; i < 100; ++i) calendar.push(7, i);
  calendar.push(6, 1000);
  EXPECT_EQ(calendar.subject(), 1000U);
  calendar.pop();
  for (std::uint32_t i = 0; i < 100; ++i) {
    EXPECT_EQ(calendar.time(), 7);
    EXPECT_EQ(calendar.subject(), i);
    calendar.pop();
  }
  EXPECT_TRUE(calendar.empty());
}

struct Entry {
  std::int64_t time;
  std::uint32_t subject;
};

// Against a stable sort: pushes, pops and replacements in a random mixture with many equal times.
TEST(Calendar, AgreesWithAStableSort) {
  auto random = stream(3, 0, 0, Purpose::search);
  Calendar calendar;
  std::vector<Entry> expected;
  const auto add = [&](std::uint32_t subject) {
    const Entry entry{static_cast<std::int64_t>(random.bits() % 50), subject};
    const auto later = [](const Entry& a, const Entry& b) { return a.time < b.time; };
    expected.insert(std::upper_bound(expected.begin(), expected.end(), entry, later), entry);
    return entry;
  };
  for (std::uint32_t i = 0; i < 20000; ++i) {
    ASSERT_EQ(calendar.size(), expected.size());
    if (!expected.empty()) {
      ASSERT_EQ(calendar.time(), expected.front().time);
      ASSERT_EQ(calendar.subject(), expected.front().subject);
    }
    const auto dice = expected.empty() ? 0 : random.bits() % 5;
    if (dice >= 3) {
      expected.erase(expected.begin());
      calendar.pop();
    } else if (dice == 2) {
      expected.erase(expected.begin());
      const auto entry = add(i);
      calendar.replace(entry.time, entry.subject);
    } else {
      const auto entry = add(i);
      calendar.push(entry.time, entry.subject);
    }
  }
}

}  // namespace
}  // namespace matanai::queue
