#include "server/http/listener.hpp"

#include <sodium.h>
#include <spdlog/spdlog.h>

#include <array>
#include <boost/asio/as_tuple.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <ctime>

#include "server/http/origin.hpp"
#include "server/http/session.hpp"

namespace matanai::http {
namespace asio = boost::asio;
namespace {

constexpr std::string_view kSecurityFields =
    "Content-Security-Policy: default-src 'self'; script-src 'self'; style-src 'self'; img-src "
    "'self' data: blob:; "
    "connect-src 'self'; object-src 'none'; base-uri 'none'; frame-ancestors 'none'; form-action "
    "'self'\r\n"
    "X-Content-Type-Options: nosniff\r\n"
    "Referrer-Policy: no-referrer\r\n"
    "Permissions-Policy: camera=(), geolocation=(), microphone=(), payment=(), usb=()\r\n"
    "Cross-Origin-Opener-Policy: same-origin\r\n"
    "Cross-Origin-Resource-Policy: same-origin\r\n";
// Connections that are just being told that there are too many.
constexpr std::size_t kTurnedAwayAtOnce = 100;
constexpr std::string_view kTransportSecurity =
    "Strict-Transport-Security: max-age=63072000; includeSubDomains\r\n";

std::string hex_id() {
  std::array<unsigned char, 4> bytes{};
  randombytes_buf(bytes.data(), bytes.size());
  std::array<char, 9> hex{};
  sodium_bin2hex(hex.data(), hex.size(), bytes.data(), bytes.size());
  return hex.data();
}

tcp::acceptor bind_to(asio::io_context& context, const ListenerOptions& options) {
  const auto where = options.address + ":" + std::to_string(options.port);
  try {
    const tcp::endpoint endpoint(asio::ip::make_address(options.address), options.port);
    return tcp::acceptor(context, endpoint, true);
  } catch (const boost::system::system_error& error) {
    throw std::system_error(error.code(), "cannot listen on " + where);
  }
}

void start_session(const std::shared_ptr<ServerState>& server, tcp::socket socket) {
  boost::system::error_code ignored;
  if (server->sessions.size() >= server->connections.total() + kTurnedAwayAtOnce) {
    socket.close(ignored);
    return;
  }
  socket.set_option(tcp::no_delay(true), ignored);
  auto session = std::make_shared<Session>(server, std::move(socket));
  asio::co_spawn(server->context, session->run(), [session](std::exception_ptr failure) {
    if (!failure) return;
    try {
      std::rethrow_exception(failure);
    } catch (const std::exception& error) {
      spdlog::error("http session failed: {}", error.what());
    }
  });
}

awaitable<void> accept_all(std::shared_ptr<ServerState> server) {
  constexpr auto kToken = asio::as_tuple(asio::use_awaitable);
  while (server->acceptor.is_open()) {
    auto [error, socket] = co_await server->acceptor.async_accept(kToken);
    if (!error) {
      start_session(server, std::move(socket));
      continue;
    }
    if (!server->acceptor.is_open()) break;
    spdlog::error("http: accept failed: {}",
                  error.message());  // mostly no descriptors left: let some go first
    server->retry_timer.expires_after(std::chrono::milliseconds(200));
    co_await server->retry_timer.async_wait(kToken);
  }
}

awaitable<void> sweep(std::shared_ptr<ServerState> server) {
  constexpr auto kToken = asio::as_tuple(asio::use_awaitable);
  while (true) {
    server->sweep_timer.expires_after(server->options.deadlines.sweep);
    auto [error] = co_await server->sweep_timer.async_wait(kToken);
    if (error) break;
    const auto now = std::chrono::steady_clock::now();
    for (auto* session : server->sessions) session->tick(now);
  }
}

}  // namespace

ServerState::ServerState(asio::io_context& io, ListenerOptions given, const Router& routes,
                         Hub& live)
    : context(io),
      options(std::move(given)),
      router(routes),
      hub(live),
      acceptor(bind_to(io, options)),
      sweep_timer(io),
      retry_timer(io),
      stop_timer(io),
      connections(options.connection_limit, options.connection_limit_per_network),
      public_origin(origin_of(options.public_url)),
      fixed_fields(kSecurityFields),
      id_prefix_(hex_id()) {
  if (public_origin.starts_with("https://")) fixed_fields += kTransportSecurity;
  if (options.access_log) access = spdlog::get("access");
}

std::string ServerState::next_request_id() { return id_prefix_ + "-" + std::to_string(++last_id_); }

const std::string& ServerState::date() {
  const auto now = std::time(nullptr);
  if (now != date_second_) {
    std::tm parts{};
    gmtime_r(&now, &parts);
    std::array<char, 40> text{};
    const auto length =
        std::strftime(text.data(), text.size(), "%a, %d %b %Y %H:%M:%S GMT", &parts);
    date_.assign(text.data(), length);
    date_second_ = now;
  }
  return date_;
}

void ServerState::finish_if_empty() {
  if (is_stopping && sessions.empty()) finish();
}

void ServerState::finish() {
  if (!done) return;
  has_finished = true;
  sweep_timer.cancel();
  stop_timer.cancel();
  asio::post(context, std::exchange(done, nullptr));
}

struct Listener::State {
  std::shared_ptr<ServerState> server;

  std::set<std::string> followers(std::string Watch::* name) const {
    std::set<std::string> found;
    for (const auto* session : server->sessions) found.insert(session->watch().*name);
    found.erase("");
    return found;
  }
};

Listener::Listener(asio::io_context& context, ListenerOptions options, const Router& router,
                   Hub& hub)
    : state_(std::make_shared<State>(
          std::make_shared<ServerState>(context, std::move(options), router, hub))) {}

Listener::~Listener() {
  boost::system::error_code ignored;
  state_->server->acceptor.close(ignored);
  state_->server->sweep_timer.cancel();
  state_->server->retry_timer.cancel();
  state_->server->stop_timer.cancel();
}

void Listener::start() {
  asio::co_spawn(state_->server->context, accept_all(state_->server), asio::detached);
  asio::co_spawn(state_->server->context, sweep(state_->server), asio::detached);
}

std::uint16_t Listener::port() const { return state_->server->acceptor.local_endpoint().port(); }

std::size_t Listener::connections() const { return state_->server->sessions.size(); }

std::set<std::string> Listener::socket_sessions() const {
  return state_->followers(&Watch::session);
}

std::set<std::string> Listener::socket_devices() const { return state_->followers(&Watch::device); }

void Listener::end_sockets(const std::set<std::string>& sessions) {
  for (auto* session : state_->server->sessions) {
    const auto& of = session->watch().session;
    if (!of.empty() && sessions.contains(of)) session->end_socket();
  }
}

void Listener::stop(std::function<void()> done) {
  auto& server = *state_->server;
  if (server.has_finished) {
    asio::post(server.context, std::move(done));
    return;
  }
  if (server.is_stopping) {
    server.done = [earlier = std::move(server.done), later = std::move(done)] {
      if (earlier) earlier();
      later();
    };
    return;
  }
  server.is_stopping = true;
  server.done = std::move(done);
  boost::system::error_code ignored;
  server.acceptor.close(ignored);
  server.retry_timer.cancel();
  const std::vector<Session*> all(server.sessions.begin(), server.sessions.end());
  for (auto* session : all) session->stop();
  server.stop_timer.expires_after(server.options.deadlines.stop);
  server.stop_timer.async_wait(
      [weak = std::weak_ptr(state_->server)](boost::system::error_code error) {
        const auto still = weak.lock();
        if (error || !still) return;
        const std::vector<Session*> rest(still->sessions.begin(), still->sessions.end());
        for (auto* session : rest) session->abort();
        still->finish();  // a handler that hangs holds nobody up
      });
  server.finish_if_empty();
}

}  // namespace matanai::http
