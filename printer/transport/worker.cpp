#include "printer/transport/worker.hpp"

#include <algorithm>
#include <boost/asio/error.hpp>
#include <condition_variable>
#include <deque>
#include <thread>
#include <vector>

namespace matanai::printer {

struct Worker::State {
  std::mutex mutex;
  std::condition_variable news;
  std::deque<std::function<void()>> jobs;
  bool is_started = false;
  bool must_stop = false;
  bool is_stopped = false;

  void work() {
    std::unique_lock lock(mutex);
    while (true) {
      news.wait(lock, [this] { return must_stop || !jobs.empty(); });
      if (jobs.empty()) break;
      auto job = std::move(jobs.front());
      jobs.pop_front();
      lock.unlock();
      job();
      job = nullptr;
      lock.lock();
    }
    is_stopped = true;
    news.notify_all();
  }
};

Worker::Worker(boost::asio::any_io_executor executor)
    : executor_(std::move(executor)), state_(std::make_shared<State>()) {}

Worker::~Worker() {
  std::unique_lock lock(state_->mutex);
  state_->must_stop = true;
  state_->news.notify_all();
  if (!state_->is_started) return;
  state_->news.wait_for(lock, std::chrono::seconds(2), [this] { return state_->is_stopped; });
}

void Worker::post(std::function<void()> job) {
  const std::lock_guard lock(state_->mutex);
  state_->jobs.push_back(std::move(job));
  if (!state_->is_started) {
    state_->is_started = true;
    std::thread([state = state_] { state->work(); }).detach();
  }
  state_->news.notify_all();
}

boost::asio::awaitable<WriteResult> write_in_pieces(
    Worker& worker, const bool& is_open, std::span<const std::uint8_t> bytes, std::size_t piece,
    std::chrono::milliseconds stall,
    std::function<WriteResult(std::span<const std::uint8_t>)> write) {
  WriteResult result;
  while (!result.error && result.accepted < bytes.size()) {
    if (!is_open) {
      result.error = boost::asio::error::operation_aborted;
      break;
    }
    const auto next =
        bytes.subspan(result.accepted, std::min(piece, bytes.size() - result.accepted));
    std::function<WriteResult()> job =
        [write, copy = std::vector<std::uint8_t>(next.begin(), next.end())] { return write(copy); };
    const auto answer = co_await worker.run(std::move(job), stall);
    if (!answer) result.error = boost::asio::error::timed_out;
    if (answer) result.error = answer->error;
    result.accepted += answer ? answer->accepted : next.size();
  }
  co_return result;
}

}  // namespace matanai::printer
