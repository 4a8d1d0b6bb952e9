#include "printer/emulator/server.hpp"

#include <array>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>
#include <chrono>
#include <system_error>
#include <utility>

namespace matanai::printer::emulator {
namespace asio = boost::asio;
using asio::ip::tcp;
using ErrorCode = boost::system::error_code;

namespace {

constexpr auto kSlowTick = std::chrono::milliseconds(20);
constexpr int kDotsPerMm = 8;

}  // namespace

struct Server::State : std::enable_shared_from_this<Server::State> {
  State(asio::any_io_executor on, ServerOptions with)
      : executor(on),
        options(std::move(with)),
        device(options.device),
        acceptor(on),
        pace(on),
        room(on) {
    room.expires_at(std::chrono::steady_clock::time_point::max());
  }

  asio::any_io_executor executor;
  ServerOptions options;
  Device device;
  tcp::acceptor acceptor;
  asio::steady_timer pace;  // prints on while the fault `slow` is set
  asio::steady_timer room;  // cancelled when the device may take bytes again
  std::shared_ptr<tcp::socket> client;
  std::deque<Paper> papers;
  std::int64_t cut = 0;
  std::uint64_t received = 0;
  std::vector<std::uint8_t> to_send;
  bool is_sending = false;
  bool is_stopped = false;
  std::function<void()> changed;

  void listen() {
    const tcp::endpoint endpoint(asio::ip::make_address(options.address), options.port);
    ErrorCode error;
    acceptor.open(endpoint.protocol(), error);
    if (!error) acceptor.set_option(tcp::acceptor::reuse_address(true), error);
    if (!error) acceptor.bind(endpoint, error);
    if (!error) acceptor.listen(asio::socket_base::max_listen_connections, error);
    if (error) {
      throw std::system_error(error, "virtual printer: cannot listen on " + options.address + ":" +
                                         std::to_string(options.port));
    }
  }

  // After anything that may have made the device work: collect tickets and answers.
  void settle() {
    for (auto& bitmap : device.take_tickets()) {
      const auto now = std::chrono::floor<Millis>(std::chrono::system_clock::now());
      papers.push_back({.id = ++cut, .at = now, .bitmap = std::move(bitmap)});
      if (papers.size() > options.keep) papers.pop_front();
    }
    const auto replies = device.take_replies();
    if (client) to_send.insert(to_send.end(), replies.begin(), replies.end());
    if (!is_sending && !to_send.empty()) {
      is_sending = true;
      asio::co_spawn(executor, send(shared_from_this(), client), asio::detached);
    }
    room.cancel();
    tell();
  }

  // A copy is called: the callback may set another one.
  void tell() {
    if (const auto callback = changed) callback();
  }

  static asio::awaitable<void> send(std::shared_ptr<State> self,
                                    std::shared_ptr<tcp::socket> socket) {
    while (self->client == socket && !self->to_send.empty()) {
      const auto bytes = std::exchange(self->to_send, {});
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
      auto socket = std::make_shared<tcp::socket>(self->executor);
      co_await self->acceptor.async_accept(*socket,
                                           asio::redirect_error(asio::use_awaitable, error));
      if (self->is_stopped) co_return;
      if (error) continue;
      socket->set_option(tcp::no_delay(true), error);
      self->client = socket;
      self->tell();
      co_await read(self, socket);
      if (self->client == socket) self->client.reset();
      self->to_send.clear();
      if (!self->is_stopped) self->tell();
    }
  }

  static asio::awaitable<void> read(std::shared_ptr<State> self,
                                    std::shared_ptr<tcp::socket> socket) {
    std::array<std::uint8_t, 4096> buffer{};
    while (self->client == socket) {
      ErrorCode error;
      const auto room = std::min(buffer.size(), self->device.room());
      if (room == 0) {
        co_await self->room.async_wait(asio::redirect_error(asio::use_awaitable, error));
        continue;
      }
      const auto count = co_await socket->async_read_some(
          asio::buffer(buffer.data(), room), asio::redirect_error(asio::use_awaitable, error));
      if (error) co_return;
      if (self->client != socket) co_return;
      self->received += count;
      self->device.receive(std::span(buffer).first(count));
      self->settle();
    }
  }

  static asio::awaitable<void> keep_pace(std::shared_ptr<State> self) {
    while (!self->is_stopped && self->device.faults().slow) {
      self->device.grant_rows(self->options.slow_mm_per_s * kDotsPerMm *
                              static_cast<int>(kSlowTick.count()) / 1000);
      self->settle();
      self->pace.expires_after(kSlowTick);
      ErrorCode error;
      co_await self->pace.async_wait(asio::redirect_error(asio::use_awaitable, error));
    }
  }

  void drop_client() {
    if (!client) return;
    ErrorCode ignored;
    client->close(ignored);
    client.reset();
    to_send.clear();
    room.cancel();
  }
};

Server::Server(asio::any_io_executor executor, ServerOptions options)
    : state_(std::make_shared<State>(executor, std::move(options))) {
  state_->listen();
  asio::co_spawn(executor, State::serve(state_), asio::detached);
}

Server::~Server() { stop(); }

std::uint16_t Server::port() const { return state_->acceptor.local_endpoint().port(); }

const std::deque<Paper>& Server::papers() const { return state_->papers; }

std::int64_t Server::cut_count() const { return state_->cut; }

const Faults& Server::faults() const { return state_->device.faults(); }

void Server::set_faults(const Faults& faults) {
  const bool was_slow = state_->device.faults().slow;
  state_->device.set_faults(faults);
  state_->settle();
  if (faults.slow && !was_slow) {
    asio::co_spawn(state_->executor, State::keep_pace(state_), asio::detached);
  }
}

void Server::set_paper_left(std::optional<int> rows) { state_->device.set_paper_left(rows); }

void Server::power_cycle() {
  state_->drop_client();
  state_->device.power_cycle();
  state_->tell();
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
  state_->drop_client();
}

}  // namespace matanai::printer::emulator
