#include "server/twin/threads.hpp"

#include <gtest/gtest.h>

#include <atomic>
#include <stdexcept>
#include <vector>

namespace matanai::twin {
namespace {

TEST(Workers, DoEachJobOnce) {
  for (const int threads : {1, 2, 5}) {
    std::vector<int> done(1000, 0);
    Progress progress("test", done.size());
    workers(threads, &progress)(done.size(), [&](std::size_t i) { ++done[i]; });
    EXPECT_EQ(done, std::vector<int>(1000, 1)) << threads;
  }
}

TEST(Workers, NoJobsAreDoneAtOnce) {
  workers(2)(0, [](std::size_t) { FAIL(); });
}

TEST(Workers, TellTheCallerOfAFailure) {
  for (const int threads : {1, 2}) {
    std::atomic<int> done{0};
    const auto job = [&](std::size_t i) {
      ++done;
      if (i == 3) throw std::runtime_error("the third");
    };
    EXPECT_THROW(workers(threads)(100000, job), std::runtime_error);
    if (threads == 1) {
      EXPECT_EQ(done, 4);  // the rest is not done; of two threads the other may be ahead
    }
  }
}

}  // namespace
}  // namespace matanai::twin
