#include "server/queue/estimate/ranks.hpp"

#include <gtest/gtest.h>

#include <algorithm>

#include "server/queue/model/random.hpp"

namespace matanai::queue {
namespace {

// Every rank of `values` against a sort, in an order that is not theirs.
void expect_ranks(std::vector<std::int32_t> values) {
  Ranks ranks;
  ranks.sort(values);
  std::ranges::sort(values);
  for (std::size_t i = 0; i < values.size(); ++i) {
    const std::size_t rank = i % 2 == 0 ? i : values.size() - 1 - (i - values.size() % 2);
    EXPECT_EQ(ranks.at(rank), values[rank]) << rank << " of " << values.size();
  }
}

TEST(Ranks, AreThoseOfASort) {
  Stream random = stream(1, 0, 0, Purpose::search);
  for (const double width : {0.0, 1.0, 255.0, 256.0, 257.0, 1e5, 2e9})
    for (const std::size_t count : {1U, 2U, 3U, 100U, 400U}) {
      std::vector<std::int32_t> values(count);
      for (auto& value : values) value = 7 + static_cast<std::int32_t>(random.uniform() * width);
      expect_ranks(values);
    }
}

TEST(Ranks, NoneComesAfterAllOthers) {
  expect_ranks({Ranks::kNone, 5, 3, Ranks::kNone, 4});
  expect_ranks({Ranks::kNone, Ranks::kNone});
  expect_ranks({Ranks::kNone, 0, Ranks::kNone - 1});
}

}  // namespace
}  // namespace matanai::queue
