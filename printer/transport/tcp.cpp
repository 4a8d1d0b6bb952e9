#include "printer/transport/tcp.hpp"

#include <boost/asio/connect.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <memory>
#include <utility>

namespace matanai::printer {
namespace asio = boost::asio;
using asio::ip::tcp;
using ErrorCode = boost::system::error_code;

namespace {

// Calls `give_up` once when the time is over before the watchdog is gone.
class Watchdog {
 public:
  template <class Action>
  Watchdog(const asio::any_io_executor& executor, std::chrono::milliseconds after, Action give_up)
      : timer_(executor, after), state_(std::make_shared<State>()) {
    timer_.async_wait([state = state_, give_up = std::move(give_up)](const ErrorCode& error) {
      if (error || !state->is_watching) return;
      state->has_fired = true;
      give_up();
    });
  }
  ~Watchdog() { state_->is_watching = false; }
  Watchdog(const Watchdog&) = delete;
  Watchdog& operator=(const Watchdog&) = delete;

  bool has_fired() const { return state_->has_fired; }

 private:
  struct State {
    bool is_watching = true;
    bool has_fired = false;
  };
  asio::steady_timer timer_;
  std::shared_ptr<State> state_;
};

}  // namespace

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
  const auto endpoints = co_await resolver.async_resolve(
      host_, std::to_string(port_), asio::redirect_error(asio::use_awaitable, error));
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
  socket_.set_option(asio::socket_base::keep_alive(true), ignored);
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

void TcpTransport::close() {
  ErrorCode ignored;
  socket_.close(ignored);
}

std::string TcpTransport::name() const { return host_ + ":" + std::to_string(port_); }

}  // namespace matanai::printer
