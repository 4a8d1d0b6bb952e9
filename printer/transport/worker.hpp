// A thread for the calls that have no non-blocking form (fsync, a device's control transfer, the
// Windows spooler), so that the executor never waits. One job at a time, in order. Internal to
// printer/transport; used on the executor's thread.
#pragma once

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <chrono>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <utility>

namespace matanai::printer {

class Worker {
 public:
  explicit Worker(boost::asio::any_io_executor executor);
  // Waits for the jobs to end; a job that hangs in the system is left to itself after two seconds.
  ~Worker();
  Worker(const Worker&) = delete;
  Worker& operator=(const Worker&) = delete;

  // Runs it when everything before has run.
  void post(std::function<void()> job);

  // Runs the job and returns what it returned; nullopt when the deadline is over first (the job
  // goes on, its result is dropped). The job must not throw, and must own what it uses.
  template <class T>
  boost::asio::awaitable<std::optional<T>> run(std::function<T()> job,
                                               std::chrono::milliseconds deadline) {
    boost::asio::steady_timer timer(executor_, deadline);
    auto call = std::make_shared<Call<T>>();
    const Leave<T> leave(call);
    post([call, job = std::move(job), executor = executor_, wake = &timer]() mutable {
      T result = job();
      job = nullptr;
      const std::lock_guard lock(call->mutex);
      if (call->is_left) return;
      call->result = std::move(result);
      boost::asio::post(executor, [call, wake] {
        if (!call->has_left()) wake->cancel();
      });
    });
    boost::system::error_code ignored;
    co_await timer.async_wait(boost::asio::redirect_error(boost::asio::use_awaitable, ignored));
    co_return call->take();
  }

 private:
  // Shared by the one who waits and the thread; after `is_left` the executor may be gone.
  template <class T>
  struct Call {
    std::mutex mutex;
    bool is_left = false;
    std::optional<T> result;

    bool has_left() {
      const std::lock_guard lock(mutex);
      return is_left;
    }
    std::optional<T> take() {
      const std::lock_guard lock(mutex);
      is_left = true;
      return std::move(result);
    }
  };
  template <class T>
  struct Leave {
    explicit Leave(std::shared_ptr<Call<T>> call) : call_(std::move(call)) {}
    ~Leave() { call_->take(); }
    Leave(const Leave&) = delete;
    Leave& operator=(const Leave&) = delete;

   private:
    std::shared_ptr<Call<T>> call_;
  };
  struct State;
  boost::asio::any_io_executor executor_;
  std::shared_ptr<State> state_;
};

}  // namespace matanai::printer
