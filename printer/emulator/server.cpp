#include "printer/emulator/server.hpp"

#include <algorithm>
#include <array>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>
#include <system_error>
#include <utility>

namespace matanai::printer::emulator {
namespace asio = boost::asio;
using asio::ip::tcp;
using Clock = std::chrono::steady_clock;
using ErrorCode = boost::system::error_code;

namespace {

// The device's time is followed in steps of at least this.
constexpr auto kTick = std::chrono::milliseconds(10);
constexpr auto kRetry = std::chrono::milliseconds(50);

}  // namespace

struct Server::State : std::enable_shared_from_this<Server::State> {
  State(asio::any_io_executor on, ServerOptions with)
      : executor(on),
        options(std::move(with)),
        device(options.device),
        acceptor(on),
        pace(on),
        room(on, Clock::time_point::max()),
        gate(on, Clock::time_point::max()),
        idle(on) {}

  asio::any_io_executor executor;
  ServerOptions options;
  Device device;
  Clock::time_point start = Clock::now();
  tcp::acceptor acceptor;
  asio::steady_timer pace;  // the device's next event
  asio::steady_timer room;  // cancelled when the device may take bytes again
  asio::steady_timer gate;  // cancelled when connections are accepted again
  asio::steady_timer idle;
  std::shared_ptr<tcp::socket> client;
  std::uint16_t port = 0;
  std::deque<Paper> papers;
  std::int64_t cut = 0;
  std::uint64_t received = 0;
  std::vector<std::uint8_t> to_send;
  bool is_sending = false;
  bool is_stopped = false;
  std::function<void()> changed;

  ErrorCode listen() {
    const tcp::endpoint endpoint(asio::ip::make_address(options.address),
                                 port == 0 ? options.port : port);
    ErrorCode error;
    acceptor.open(endpoint.protocol(), error);
    if (!error) acceptor.set_option(tcp::acceptor::reuse_address(true), error);
    if (!error) acceptor.bind(endpoint, error);
    if (!error) acceptor.listen(asio::socket_base::max_listen_connections, error);
    if (!error) port = acceptor.local_endpoint().port();
    ErrorCode ignored;
    if (error) acceptor.close(ignored);
    return error;
  }

  bool is_refusing() const { return device.faults().refusing || device.faults().powered_off; }

  // Brings the device to the present. Before every call that acts on it.
  void sync() {
    const auto age = std::chrono::duration_cast<std::chrono::microseconds>(Clock::now() - start);
    if (age > device.now()) device.advance(age - device.now());
  }

  // After anything that may have made the device work: collect tickets and answers.
  void settle() {
    for (auto& piece : device.take_pieces()) {
      const auto now = std::chrono::floor<Millis>(std::chrono::system_clock::now());
      papers.push_back({.id = ++cut,
                        .at = now,
                        .bitmap = std::move(piece.bitmap),
                        .texts = std::move(piece.texts),
                        .codes = std::move(piece.codes)});
      if (papers.size() > options.keep) papers.pop_front();
    }
    for (const auto& event : device.take_link_events()) act_on(event);
    if (is_refusing() && acceptor.is_open()) {
      ErrorCode ignored;
      acceptor.close(ignored);
    }
    if (!is_refusing()) gate.cancel();
    const auto replies = device.take_replies();
    if (client) to_send.insert(to_send.end(), replies.begin(), replies.end());
    if (client && !is_sending && !to_send.empty()) {
      is_sending = true;
      asio::co_spawn(executor, send(shared_from_this(), client), asio::detached);
    }
    room.cancel();
    wind();
    tell();
  }

  void act_on(const LinkEvent& event) {
    if (event.kind != LinkEvent::Kind::second_client) return drop_client(true);
    asio::co_spawn(executor, visit(shared_from_this(), event.amount), asio::detached);
  }

  // The device works on by time alone.
  void wind() {
    const auto next = device.next_event();
    if (!next || is_stopped) return;
    pace.expires_at(std::max(start + *next, Clock::now() + kTick));
    pace.async_wait([self = shared_from_this()](const ErrorCode& error) {
      if (error || self->is_stopped) return;
      self->sync();
      self->settle();
    });
  }

  // A copy is called: the callback may set another one.
  void tell() {
    if (const auto callback = changed) callback();
  }

  static asio::awaitable<void> send(std::shared_ptr<State> self,
                                    std::shared_ptr<tcp::socket> socket) {
    while (self->client == socket && !self->to_send.empty()) {
      // With the fault `split` a byte a packet.
      const auto count = self->device.faults().split ? 1 : self->to_send.size();
      const auto end = self->to_send.begin() + static_cast<std::ptrdiff_t>(count);
      const std::vector<std::uint8_t> bytes(self->to_send.begin(), end);
      self->to_send.erase(self->to_send.begin(), end);
      ErrorCode error;
      co_await asio::async_write(*socket, asio::buffer(bytes),
                                 asio::redirect_error(asio::use_awaitable, error));
      if (error) break;
    }
    self->is_sending = false;
    if (self->client && !self->to_send.empty()) self->settle();
  }

  // One client after the other; the next waits in the listen queue.
  static asio::awaitable<void> serve(std::shared_ptr<State> self) {
    while (!self->is_stopped) {
      ErrorCode error;
      if (!self->acceptor.is_open() && !co_await reopen(self)) continue;
      auto socket = std::make_shared<tcp::socket>(self->executor);
      co_await self->acceptor.async_accept(*socket,
                                           asio::redirect_error(asio::use_awaitable, error));
      if (self->is_stopped) co_return;
      if (error) continue;
      socket->set_option(tcp::no_delay(true), error);
      socket->non_blocking(true, error);
      self->client = socket;
      self->sync();
      self->device.forget_replies();
      self->settle();
      co_await read(self, socket);
      if (self->client == socket) self->client.reset();
      self->idle.cancel();
      self->to_send.clear();
      if (!self->is_stopped) self->tell();
    }
  }

  // Waits while connections are refused; true when the port is open again.
  static asio::awaitable<bool> reopen(std::shared_ptr<State> self) {
    ErrorCode ignored;
    if (self->is_refusing()) {
      co_await self->gate.async_wait(asio::redirect_error(asio::use_awaitable, ignored));
      co_return false;
    }
    if (!self->listen()) co_return true;
    asio::steady_timer retry(self->executor, kRetry);
    co_await retry.async_wait(asio::redirect_error(asio::use_awaitable, ignored));
    co_return false;
  }

  static asio::awaitable<void> read(std::shared_ptr<State> self,
                                    std::shared_ptr<tcp::socket> socket) {
    std::array<std::uint8_t, 4096> buffer{};
    self->watch_idle(socket);
    while (self->client == socket) {
      ErrorCode error;
      self->sync();
      if (self->device.room() == 0) {
        self->watch_reset(socket);
        co_await self->room.async_wait(asio::redirect_error(asio::use_awaitable, error));
        continue;
      }
      // What fits is asked when something is there: by then it may take nothing any more.
      co_await socket->async_wait(tcp::socket::wait_read,
                                  asio::redirect_error(asio::use_awaitable, error));
      if (error || self->client != socket) co_return;
      self->sync();
      const auto room = std::min(buffer.size(), self->device.room());
      if (room == 0) continue;
      const auto count = socket->read_some(asio::buffer(buffer.data(), room), error);
      if (error == asio::error::would_block) continue;
      if (error) co_return;
      self->watch_idle(socket);
      self->received += count;
      self->sync();
      self->device.receive(std::span(buffer).first(count));
      self->settle();
    }
  }

  // A full buffer reads nothing, and so would not see the host go.
  void watch_reset(const std::shared_ptr<tcp::socket>& socket) {
    socket->async_wait(tcp::socket::wait_error,
                       [self = shared_from_this(), socket](const ErrorCode& error) {
                         if (!error && self->client == socket) self->drop_client(false);
                       });
  }

  void watch_idle(const std::shared_ptr<tcp::socket>& socket) {
    if (options.idle_close.count() == 0) return;
    idle.expires_after(options.idle_close);
    idle.async_wait([self = shared_from_this(), socket](const ErrorCode& error) {
      if (!error && self->client == socket) self->drop_client(false);
    });
  }

  // Another host: connects, waits to be served, stays, says nothing.
  static asio::awaitable<void> visit(std::shared_ptr<State> self, std::chrono::milliseconds stay) {
    tcp::socket socket(self->executor);
    ErrorCode error;
    co_await socket.async_connect({asio::ip::make_address(self->options.address), self->port},
                                  asio::redirect_error(asio::use_awaitable, error));
    if (error) co_return;
    asio::steady_timer leave(self->executor, stay);
    co_await leave.async_wait(asio::redirect_error(asio::use_awaitable, error));
  }

  void drop_client(bool is_reset) {
    if (!client) return;
    ErrorCode ignored;
    if (is_reset) client->set_option(tcp::socket::linger(true, 0), ignored);
    client->close(ignored);
    client.reset();
    to_send.clear();
    room.cancel();
    idle.cancel();
  }
};

Server::Server(asio::any_io_executor executor, ServerOptions options)
    : state_(std::make_shared<State>(executor, std::move(options))) {
  if (const auto error = state_->listen()) {
    throw std::system_error(error, "virtual printer: cannot listen on " + state_->options.address +
                                       ":" + std::to_string(state_->options.port));
  }
  asio::co_spawn(executor, State::serve(state_), asio::detached);
}

Server::~Server() { stop(); }

std::uint16_t Server::port() const { return state_->port; }

const std::deque<Paper>& Server::papers() const { return state_->papers; }

std::int64_t Server::cut_count() const { return state_->cut; }

const Device& Server::device() const { return state_->device; }

const Faults& Server::faults() const { return state_->device.faults(); }

void Server::set_faults(const Faults& faults) {
  state_->sync();
  state_->device.set_faults(faults);
  state_->settle();
}

void Server::set_paper_left(std::optional<int> rows) { state_->device.set_paper_left(rows); }

void Server::power_cycle() { perform({.kind = Action::Kind::power_cycle}); }

void Server::load_script(std::vector<ScriptLine> lines) {
  state_->sync();
  state_->device.load_script(std::move(lines));
  state_->settle();
}

void Server::perform(const Action& action) {
  state_->sync();
  state_->device.perform(action);
  state_->settle();
}

bool Server::has_client() const { return state_->client != nullptr; }

std::uint64_t Server::received() const { return state_->received; }

void Server::on_change(std::function<void()> callback) { state_->changed = std::move(callback); }

void Server::stop() {
  if (state_->is_stopped) return;
  state_->is_stopped = true;
  state_->changed = nullptr;
  ErrorCode ignored;
  state_->acceptor.close(ignored);
  state_->pace.cancel();
  state_->gate.cancel();
  state_->drop_client(false);
}

}  // namespace matanai::printer::emulator
