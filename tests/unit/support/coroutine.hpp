// Runs a coroutine to its end from a test's own thread.
#pragma once

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <exception>
#include <optional>

namespace matanai::tests {

// Turns the context until the work is done, whatever else it has to do; throws what the work threw.
template <class T>
T run(boost::asio::io_context& context, boost::asio::awaitable<T> work) {
  std::optional<T> result;
  std::exception_ptr failure;
  boost::asio::co_spawn(context, std::move(work), [&](std::exception_ptr error, T value) {
    failure = error;
    result = std::move(value);
  });
  context.restart();  // it stops when nothing is left to do
  while (!result) context.run_one();
  if (failure) std::rethrow_exception(failure);
  return std::move(*result);
}

// The same on a context of its own, until nothing is left to do: another thread that resumed the
// work may still hold the context.
template <class T>
T run(boost::asio::awaitable<T> work) {
  boost::asio::io_context context(1);
  T result = run(context, std::move(work));
  context.run();
  return result;
}

}  // namespace matanai::tests
