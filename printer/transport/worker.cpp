#include "printer/transport/worker.hpp"

#include <condition_variable>
#include <deque>
#include <thread>

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

}  // namespace matanai::printer
