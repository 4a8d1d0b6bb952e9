#include "printer/transport/posix/device_transport.hpp"

#include <algorithm>
#include <boost/asio/error.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <cerrno>
#include <memory>

namespace matanai::printer {
namespace asio = boost::asio;
using ErrorCode = boost::system::error_code;

namespace {

ErrorCode system_error(ssize_t negative) {
  return {static_cast<int>(-negative), boost::system::system_category()};
}

struct Opened {
  ErrorCode error;
  OwnedFd fd;
};

}  // namespace

DeviceTransport::DeviceTransport(asio::any_io_executor executor, DeviceOs& os)
    : os_(os), descriptor_(executor), worker_(executor) {}

bool DeviceTransport::is_open() const { return descriptor_.is_open(); }

asio::awaitable<ErrorCode> DeviceTransport::open(std::chrono::milliseconds deadline) {
  if (is_open()) co_return ErrorCode();
  const auto generation = ++generation_;
  std::function<std::shared_ptr<Opened>()> job = [opener = make_opener()] {
    auto opened = std::make_shared<Opened>();
    opened->error = opener(opened->fd);
    return opened;
  };
  const auto answer = co_await worker_.run(std::move(job), deadline);
  if (generation != generation_) co_return asio::error::operation_aborted;
  if (!answer) co_return asio::error::timed_out;
  auto& opened = **answer;
  if (opened.error) co_return opened.error;
  ErrorCode error;
  descriptor_.assign(opened.fd.get(), error);
  if (!error) opened.fd.release();
  had_io_error_ = false;
  co_return error;
}

void DeviceTransport::close() {
  ++generation_;
  if (!is_open()) return;
  discard();
  ErrorCode ignored;
  descriptor_.close(ignored);
}

asio::awaitable<WriteResult> DeviceTransport::write(std::span<const std::uint8_t> bytes,
                                                    std::chrono::milliseconds stall) {
  WriteResult result;
  result.error = co_await write_all(bytes, stall, result.accepted);
  co_return result;
}

asio::awaitable<ErrorCode> DeviceTransport::write_all(std::span<const std::uint8_t> bytes,
                                                      std::chrono::milliseconds stall,
                                                      std::size_t& accepted) {
  if (!is_open()) co_return asio::error::bad_descriptor;
  const auto generation = generation_;
  auto until = Clock::now() + stall;
  bool was_writable = false;
  while (accepted < bytes.size()) {
    if (generation != generation_) co_return asio::error::operation_aborted;
    const auto rest = bytes.subspan(accepted, std::min(room(), bytes.size() - accepted));
    const auto count = rest.empty() ? -EAGAIN : os_.write(fd(), rest);
    if (count > 0) {
      accepted += static_cast<std::size_t>(count);
      until = Clock::now() + stall;
      was_writable = false;
      continue;
    }
    if (count == -EINTR) continue;
    if (count != -EAGAIN && count != 0) co_return system_error(count);
    if (Clock::now() >= until) co_return co_await why_stalled();
    // A driver may call itself writable and take nothing (usblp without paper).
    if (rest.empty() || was_writable) {
      co_await sleep(pause());
      was_writable = false;
    } else {
      was_writable = co_await wait_writable(until);
    }
  }
  co_return ErrorCode();
}

asio::awaitable<ReadResult> DeviceTransport::read(std::span<std::uint8_t> buffer) {
  const auto generation = generation_;
  while (is_open() && generation == generation_) {
    if (!is_two_way()) co_return ReadResult{asio::error::operation_not_supported, 0};
    const auto count = os_.read(fd(), buffer);
    if (count > 0) {
      had_io_error_ = false;
      co_return ReadResult{{}, static_cast<std::size_t>(count)};
    }
    if (count == 0) co_return ReadResult{asio::error::eof, 0};
    if (count == -EINVAL) {
      on_one_way();
      if (!is_two_way()) continue;
    }
    // usblp reports a transfer that failed once, and has begun another one already.
    if (count == -EIO && !had_io_error_) {
      had_io_error_ = true;
      continue;
    }
    if (count == -EINTR) continue;
    if (count != -EAGAIN) co_return ReadResult{system_error(count), 0};
    ErrorCode error;
    co_await descriptor_.async_wait(asio::posix::descriptor_base::wait_read,
                                    asio::redirect_error(asio::use_awaitable, error));
    if (error) co_return ReadResult{error, 0};
  }
  co_return ReadResult{asio::error::operation_aborted, 0};
}

asio::awaitable<ErrorCode> DeviceTransport::why_stalled() { co_return asio::error::timed_out; }

asio::awaitable<bool> DeviceTransport::wait_writable(Clock::time_point until) {
  struct Signal {
    Signal(const asio::any_io_executor& executor, Clock::time_point at) : timer(executor, at) {}
    asio::steady_timer timer;
    bool is_writable = false;
  };
  auto signal = std::make_shared<Signal>(executor(), until);
  descriptor_.async_wait(asio::posix::descriptor_base::wait_write,
                         [signal](const ErrorCode& error) {
                           signal->is_writable = !error;
                           signal->timer.cancel();
                         });
  ErrorCode ignored;
  co_await signal->timer.async_wait(asio::redirect_error(asio::use_awaitable, ignored));
  co_return signal->is_writable;
}

asio::awaitable<void> DeviceTransport::sleep(Clock::duration time) {
  asio::steady_timer timer(executor(), time);
  ErrorCode ignored;
  co_await timer.async_wait(asio::redirect_error(asio::use_awaitable, ignored));
}

}  // namespace matanai::printer
