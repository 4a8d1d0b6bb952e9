// How callers wait for a work: as a coroutine, or blocking. Part of database.hpp.
#pragma once

#include <boost/asio/associated_executor.hpp>
#include <boost/asio/async_result.hpp>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <future>

#include "server/db/database.hpp"

namespace matanai::db {

// Keeps the caller's executor busy while it waits and completes there.
template <class T, class Handler>
class AwaitedJob final : public TypedJob<T> {
 public:
  AwaitedJob(std::function<Result<T>(Transaction&)> work, Handler handler)
      : TypedJob<T>(std::move(work)),
        handler_(std::move(handler)),
        busy_(boost::asio::get_associated_executor(handler_)) {}

 private:
  void deliver(Outcome<T> outcome) override {
    auto executor = busy_.get_executor();
    boost::asio::post(executor,
                      [handler = std::move(handler_), result = std::move(outcome)]() mutable {
                        std::move(handler)(std::move(result));
                      });
    busy_.reset();
  }

  Handler handler_;
  boost::asio::executor_work_guard<boost::asio::associated_executor_t<Handler>> busy_;
};

template <class T>
class BlockingJob final : public TypedJob<T> {
 public:
  using TypedJob<T>::TypedJob;
  std::future<Outcome<T>> outcome() { return promise_.get_future(); }

 private:
  void deliver(Outcome<T> outcome) override { promise_.set_value(std::move(outcome)); }
  std::promise<Outcome<T>> promise_;
};

template <class T>
boost::asio::awaitable<Result<T>> Database::run(std::function<Result<T>(Transaction&)> work,
                                                bool is_write) {
  auto start = [this, is_write](auto handler, std::function<Result<T>(Transaction&)> owned) {
    using Handler = std::decay_t<decltype(handler)>;
    submit(std::make_unique<AwaitedJob<T, Handler>>(std::move(owned), std::move(handler)),
           is_write);
  };
  Outcome<T> outcome =
      co_await boost::asio::async_initiate<const boost::asio::use_awaitable_t<>&, void(Outcome<T>)>(
          std::move(start), boost::asio::use_awaitable, std::move(work));
  co_return std::move(outcome).take();
}

template <class T>
Result<T> Database::run_blocking(std::function<Result<T>(Transaction&)> work, bool is_write) {
  auto job = std::make_unique<BlockingJob<T>>(std::move(work));
  auto outcome = job->outcome();
  submit(std::move(job), is_write);
  return outcome.get().take();
}

}  // namespace matanai::db
