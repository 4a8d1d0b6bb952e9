// A wire whose other end a test writes: it sees every byte, answers what the test wants, and breaks
// when the test wants. No device behind it.
#pragma once

#include <boost/asio/error.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <deque>
#include <functional>
#include <utility>

#include "printer/protocol/encoded.hpp"
#include "printer/transport/transport.hpp"

namespace matanai::printer {

// What the test sees of the wire; outlives it.
struct FakeEnd {
  // Gets every byte once; what it returns is read by the driver.
  std::function<Bytes(std::uint8_t)> answer = [](std::uint8_t) { return Bytes(); };
  std::function<boost::system::error_code()> on_open = [] { return boost::system::error_code(); };
  Bytes received;
  std::size_t breaks_after = SIZE_MAX;  // bytes accepted until the line breaks, once
  int opened = 0;
  bool is_two_way = true;
  bool is_shared = false;
  std::optional<PortStatus> port;
  bool can_finish = true;
};

class FakeWire final : public Transport {
 public:
  FakeWire(boost::asio::any_io_executor executor, FakeEnd& end)
      : end_(end), news_(executor, std::chrono::steady_clock::time_point::max()) {}

  boost::asio::awaitable<boost::system::error_code> open(std::chrono::milliseconds) override {
    const auto error = end_.on_open();
    is_open_ = !error;
    if (is_open_) ++end_.opened;
    co_return error;
  }
  bool is_open() const override { return is_open_; }
  bool is_two_way() const override { return end_.is_two_way; }
  bool is_shared() const override { return end_.is_shared; }
  void close() override {
    is_open_ = false;
    to_read_.clear();
    news_.cancel();
  }
  boost::asio::awaitable<WriteResult> write(std::span<const std::uint8_t> bytes,
                                            std::chrono::milliseconds) override {
    WriteResult result;
    for (auto byte : bytes) {
      if (!is_open_ || end_.received.size() == end_.breaks_after) {
        end_.breaks_after = SIZE_MAX;
        result.error = boost::asio::error::connection_reset;
        co_return result;
      }
      end_.received.push_back(byte);
      ++result.accepted;
      for (auto reply : end_.answer(byte)) to_read_.push_back(reply);
    }
    news_.cancel();
    co_return result;
  }
  boost::asio::awaitable<ReadResult> read(std::span<std::uint8_t> buffer) override {
    boost::system::error_code ignored;
    const int line = end_.opened;  // a read never outlives its connection
    const auto is_alive = [&] { return is_open_ && line == end_.opened; };
    while (is_alive() && to_read_.empty())
      co_await news_.async_wait(boost::asio::redirect_error(boost::asio::use_awaitable, ignored));
    ReadResult result;
    if (!is_alive()) result.error = boost::asio::error::operation_aborted;
    while (is_alive() && !to_read_.empty() && result.bytes < buffer.size()) {
      buffer[result.bytes++] = to_read_.front();
      to_read_.pop_front();
    }
    co_return result;
  }
  boost::asio::awaitable<boost::system::error_code> finish(std::chrono::milliseconds) override {
    co_return end_.can_finish ? boost::system::error_code()
                              : boost::system::error_code(boost::asio::error::timed_out);
  }
  boost::asio::awaitable<std::optional<PortStatus>> port_status(
      std::chrono::milliseconds) override {
    co_return end_.port;
  }
  std::string name() const override { return "fake"; }

 private:
  FakeEnd& end_;
  bool is_open_ = false;
  std::deque<std::uint8_t> to_read_;
  boost::asio::steady_timer news_;
};

}  // namespace matanai::printer
