#include "server/twin/threads.hpp"

#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <exception>
#include <thread>
#include <vector>

namespace matanai::twin {

namespace {
constexpr std::size_t kBarWidth = 30;
constexpr auto kBetween = std::chrono::milliseconds(100);
}  // namespace

Progress::Progress(std::string label, std::size_t total)
    : label_(std::move(label)), total_(total), is_shown_(::isatty(STDERR_FILENO) == 1) {}

Progress::~Progress() {
  if (is_shown_) std::fputs("\r\033[K", stderr);
}

void Progress::step(std::size_t count) {
  const std::size_t done = done_ += count;
  if (!is_shown_) return;
  const std::unique_lock lock(drawing_, std::try_to_lock);
  if (lock) draw(done);
}

void Progress::draw(std::size_t done) {
  const auto now = std::chrono::steady_clock::now();
  if (now - drawn_ < kBetween) return;
  drawn_ = now;
  const std::size_t full = std::min(done, total_) * kBarWidth / total_;
  std::fprintf(stderr, "\r\033[K%s [%s%s] %zu %%", label_.c_str(), std::string(full, '#').c_str(),
               std::string(kBarWidth - full, '.').c_str(), std::min(done, total_) * 100 / total_);
}

queue::Workers workers(int threads, Progress* progress) {
  return [threads, progress](std::size_t count, const std::function<void(std::size_t)>& job) {
    std::atomic<std::size_t> next{0};
    std::exception_ptr failure;
    std::mutex failing;
    const auto work = [&] {
      try {
        for (std::size_t i; (i = next++) < count;) {
          job(i);
          if (progress) progress->step();
        }
      } catch (...) {
        next = count;
        const std::lock_guard lock(failing);
        if (!failure) failure = std::current_exception();
      }
    };
    {
      std::vector<std::jthread> others;
      const std::size_t wanted = std::min(count, static_cast<std::size_t>(std::max(1, threads)));
      for (std::size_t i = 1; i < wanted; ++i) others.emplace_back(work);
      work();
    }
    if (failure) std::rethrow_exception(failure);
  };
}

}  // namespace matanai::twin
