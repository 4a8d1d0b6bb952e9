// A loop for transports under test: every awaited step is bounded, and the other ends of the wires.
#pragma once

#include <gtest/gtest.h>
#include <sys/socket.h>
#include <unistd.h>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <stdexcept>
#include <string>
#include <vector>

#include "printer/transport/transport.hpp"

namespace matanai::printer::testing_support {

namespace asio = boost::asio;
using ErrorCode = boost::system::error_code;
using Bytes = std::vector<std::uint8_t>;
using std::chrono::milliseconds;

constexpr milliseconds kLong{20'000};  // never reached by a test that passes
constexpr milliseconds kShort{60};     // a deadline that is meant to be reached

// About a ticket, every byte value in it.
inline Bytes ticket(std::size_t size = 61'537) {
  Bytes bytes(size);
  std::uint32_t random = 7;
  for (auto& byte : bytes) {
    random = random * 1664525 + 1013904223;
    byte = static_cast<std::uint8_t>(random >> 24);
  }
  return bytes;
}
inline Bytes text(std::string_view from) { return {from.begin(), from.end()}; }

class Loop {
 public:
  asio::any_io_executor executor() { return context_.get_executor(); }
  asio::io_context& context() { return context_; }

  // Runs it to its end; throws when it takes longer than any deadline in it allows.
  template <class T>
  T run(asio::awaitable<T> work) {
    auto result = std::make_shared<std::optional<T>>();
    asio::co_spawn(context_, std::move(work),
                   [result](std::exception_ptr, T value) { *result = std::move(value); });
    turn_until([result] { return result->has_value(); });
    return std::move(**result);
  }
  template <class Condition>
  void turn_until(Condition is_true) {
    const auto until = std::chrono::steady_clock::now() + std::chrono::seconds(20);
    while (!is_true()) {
      if (std::chrono::steady_clock::now() > until) throw std::runtime_error("it never ends");
      context_.restart();
      context_.run_one_for(milliseconds(2));
    }
  }
  // Starts it; the result is there when it has ended.
  template <class T>
  std::shared_ptr<std::optional<T>> start(asio::awaitable<T> work) {
    auto result = std::make_shared<std::optional<T>>();
    asio::co_spawn(context_, std::move(work),
                   [result](std::exception_ptr, T value) { *result = std::move(value); });
    return result;
  }
  // Lets everything that was closed come to its end.
  void drain() {
    context_.restart();
    context_.run_for(milliseconds(200));
  }

 private:
  asio::io_context context_{1};
};

// Takes what is there, without waiting, from a descriptor that does not block.
inline Bytes take(int fd) {
  Bytes all;
  Bytes piece(65536);
  for (ssize_t count = 0; (count = ::read(fd, piece.data(), piece.size())) > 0;)
    all.insert(all.end(), piece.begin(), piece.begin() + count);
  return all;
}

inline asio::awaitable<Bytes> read_some(Transport& wire) {
  Bytes buffer(256);
  const auto result = co_await wire.read(buffer);
  buffer.resize(result.bytes);
  co_return buffer;
}

}  // namespace matanai::printer::testing_support
