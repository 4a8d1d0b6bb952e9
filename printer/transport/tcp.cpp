#include "printer/transport/tcp.hpp"

#include <boost/asio/connect.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <utility>

#include "printer/transport/tcp_system.hpp"
#include "printer/transport/watchdog.hpp"

namespace matanai::printer {
namespace asio = boost::asio;
using asio::ip::tcp;
using ErrorCode = boost::system::error_code;

TcpTransport::TcpTransport(asio::any_io_executor executor, std::string host, std::uint16_t port)
    : executor_(executor), host_(std::move(host)), port_(port), socket_(executor) {}

TcpTransport::~TcpTransport() { close(); }

bool TcpTransport::is_open() const { return socket_.is_open(); }

asio::awaitable<ErrorCode> TcpTransport::open(std::chrono::milliseconds deadline) {
  if (is_open()) co_return ErrorCode();
  tcp::resolver resolver(executor_);
  Watchdog watchdog(executor_, deadline, [this, &resolver] {
    resolver.cancel();
    close();
  });
  ErrorCode error;
  tcp::resolver::results_type endpoints;
  // An address needs no resolver, which is a thread.
  if (const auto address = asio::ip::make_address(host_, error); !error) {
    endpoints = tcp::resolver::results_type::create(tcp::endpoint(address, port_), host_, "");
  } else {
    endpoints = co_await resolver.async_resolve(host_, std::to_string(port_),
                                                asio::redirect_error(asio::use_awaitable, error));
  }
  if (!error && !watchdog.has_fired()) {
    co_await asio::async_connect(socket_, endpoints,
                                 asio::redirect_error(asio::use_awaitable, error));
  }
  if (watchdog.has_fired()) error = asio::error::timed_out;
  if (error) {
    close();
    co_return error;
  }
  ErrorCode ignored;
  socket_.set_option(tcp::no_delay(true), ignored);
  keep_alive(socket_);
  co_return ErrorCode();
}

asio::awaitable<WriteResult> TcpTransport::write(std::span<const std::uint8_t> bytes,
                                                 std::chrono::milliseconds stall) {
  WriteResult result;
  while (result.accepted < bytes.size()) {
    const auto rest = bytes.subspan(result.accepted);
    Watchdog watchdog(executor_, stall, [this] { close(); });
    result.accepted +=
        co_await socket_.async_write_some(asio::buffer(rest.data(), rest.size()),
                                          asio::redirect_error(asio::use_awaitable, result.error));
    if (watchdog.has_fired()) result.error = asio::error::timed_out;
    if (result.error) co_return result;
  }
  co_return result;
}

asio::awaitable<ReadResult> TcpTransport::read(std::span<std::uint8_t> buffer) {
  ReadResult result;
  result.bytes =
      co_await socket_.async_read_some(asio::buffer(buffer.data(), buffer.size()),
                                       asio::redirect_error(asio::use_awaitable, result.error));
  co_return result;
}

asio::awaitable<ErrorCode> TcpTransport::finish(std::chrono::milliseconds deadline) {
  const auto until = std::chrono::steady_clock::now() + deadline;
  while (is_open()) {
    if (unacknowledged_bytes(socket_) == 0) co_return ErrorCode();
    if (std::chrono::steady_clock::now() >= until) co_return asio::error::timed_out;
    asio::steady_timer pause(executor_, std::chrono::milliseconds(2));
    ErrorCode ignored;
    co_await pause.async_wait(asio::redirect_error(asio::use_awaitable, ignored));
  }
  co_return asio::error::operation_aborted;
}

void TcpTransport::close() {
  if (!is_open()) return;
  ErrorCode ignored;
  // What a busy printer has not taken would be delivered by the kernel minutes after this: when the
  // roll is changed, say. A reset takes it back; all else ends in order.
  if (unsent_bytes(socket_) > 0) socket_.set_option(asio::socket_base::linger(true, 0), ignored);
  socket_.shutdown(tcp::socket::shutdown_send, ignored);
  socket_.close(ignored);
}

std::string TcpTransport::name() const { return host_ + ":" + std::to_string(port_); }

}  // namespace matanai::printer
