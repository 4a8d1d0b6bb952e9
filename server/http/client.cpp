#include "server/http/client.hpp"

#include <spdlog/spdlog.h>

#include <algorithm>
#include <boost/asio/as_tuple.hpp>
#include <boost/asio/connect.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/beast/core/buffers_to_string.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/core/tcp_stream.hpp>
#include <boost/beast/http.hpp>
#include <boost/beast/websocket.hpp>
#include <random>
#include <stdexcept>

#include "server/http/decode.hpp"

namespace matanai::http {
namespace asio = boost::asio;
namespace beast = boost::beast;
namespace websocket = beast::websocket;
using asio::awaitable;
using asio::ip::tcp;
using Fields = std::vector<std::pair<std::string, std::string>>;

namespace {

constexpr auto kToken = asio::as_tuple(asio::use_awaitable);
constexpr std::size_t kResponseLimit = 1024 * 1024;
constexpr std::chrono::seconds kSocketConnectLimit(5);
constexpr std::chrono::milliseconds kFirstPause(500);
constexpr std::chrono::milliseconds kLongestPause(10'000);

struct Base {
  std::string host;
  std::string port;
  std::string authority;  // as written in the Host field
};

Base parse_base(std::string_view url) {
  constexpr std::string_view kScheme = "http://";
  if (!url.starts_with(kScheme))
    throw std::invalid_argument("not an http:// address: " + std::string(url));
  url.remove_prefix(kScheme.size());
  const auto authority = url.substr(0, url.find('/'));
  const auto bracket = authority.rfind(']');
  const auto colon = authority.find(':', bracket == std::string_view::npos ? 0 : bracket);
  std::string host(authority.substr(0, colon));
  if (host.starts_with('[') && host.ends_with(']')) host = host.substr(1, host.size() - 2);
  if (host.empty()) throw std::invalid_argument("no host in the address");
  const std::string port(colon == std::string_view::npos ? "80" : authority.substr(colon + 1));
  return {host, port, std::string(authority)};
}

bool has_field(const Fields& fields, std::string_view lower_case_name) {
  return std::any_of(fields.begin(), fields.end(),
                     [&](const auto& field) { return to_lower(field.first) == lower_case_name; });
}

awaitable<bool> connect(beast::tcp_stream& stream, Base base) {
  tcp::resolver resolver(stream.get_executor());
  auto [resolve_error, endpoints] = co_await resolver.async_resolve(base.host, base.port, kToken);
  if (resolve_error) co_return false;
  auto [connect_error, endpoint] = co_await stream.async_connect(endpoints, kToken);
  if (connect_error) co_return false;
  boost::system::error_code ignored;
  stream.socket().set_option(tcp::no_delay(true), ignored);
  co_return true;
}

}  // namespace

struct Client::State {
  State(asio::any_io_executor io, Base where, Fields always)
      : executor(std::move(io)), base(std::move(where)), headers(std::move(always)) {}

  asio::any_io_executor executor;
  Base base;
  Fields headers;
  std::optional<beast::tcp_stream> stream;  // the kept connection
  beast::flat_buffer buffer;

  using Request = beast::http::request<beast::http::string_body>;
  struct Attempt {
    std::optional<ClientResponse> response;
    bool may_repeat = false;  // a kept connection turned out to be closed before anything came back
  };

  Request make_request(beast::http::verb verb, const std::string& target) const;
  awaitable<Result<ClientResponse>> exchange(Request request, std::chrono::milliseconds timeout,
                                             bool is_repeatable);
  awaitable<Attempt> attempt(const Request& request,
                             std::chrono::steady_clock::time_point deadline);
  void disconnect();
};

Client::State::Request Client::State::make_request(beast::http::verb verb,
                                                   const std::string& target) const {
  Request request(verb, target, 11);
  request.set(beast::http::field::host, base.authority);
  for (const auto& [name, value] : headers) request.set(name, value);
  return request;
}

void Client::State::disconnect() {
  if (stream) stream->close();
  stream.reset();
  buffer.clear();
}

awaitable<Client::State::Attempt> Client::State::attempt(
    const Request& request, std::chrono::steady_clock::time_point deadline) {
  Attempt outcome;
  const bool is_kept = stream.has_value();
  if (!is_kept) stream.emplace(executor);
  stream->expires_at(deadline);
  if (!is_kept && !co_await connect(*stream, base)) co_return outcome;
  auto [write_error, written] = co_await beast::http::async_write(*stream, request, kToken);
  if (write_error) {
    outcome.may_repeat = is_kept && write_error != beast::error::timeout;
    co_return outcome;
  }
  beast::http::response_parser<beast::http::string_body> parser;
  parser.body_limit(kResponseLimit);
  auto [read_error, count] = co_await beast::http::async_read(*stream, buffer, parser, kToken);
  if (read_error) {
    outcome.may_repeat = is_kept && !parser.got_some() && read_error != beast::error::timeout;
    co_return outcome;
  }
  const bool stays = parser.keep_alive();
  auto message = parser.release();
  ClientResponse response;
  response.status = static_cast<int>(message.result_int());
  response.content_type = std::string(message[beast::http::field::content_type]);
  response.body = std::move(message.body());
  outcome.response = std::move(response);
  if (stays) {
    stream->expires_never();
  } else {
    disconnect();
  }
  co_return outcome;
}

awaitable<Result<ClientResponse>> Client::State::exchange(Request request,
                                                          std::chrono::milliseconds timeout,
                                                          bool is_repeatable) {
  const auto deadline = std::chrono::steady_clock::now() + timeout;
  auto outcome = co_await attempt(request, deadline);
  if (!outcome.response) disconnect();
  if (!outcome.response && outcome.may_repeat && is_repeatable) {
    outcome = co_await attempt(request, deadline);
    if (!outcome.response) disconnect();
  }
  if (!outcome.response) co_return Refusal(RefusalCode::server_unreachable);
  co_return *std::move(outcome.response);
}

Client::Client(asio::any_io_executor executor, std::string base_url, Fields headers)
    : state_(
          std::make_shared<State>(std::move(executor), parse_base(base_url), std::move(headers))) {}

Client::~Client() {
  if (state_->stream) state_->stream->cancel();
}

awaitable<Result<ClientResponse>> Client::get(std::string target,
                                              std::chrono::milliseconds timeout) {
  const auto state = state_;
  auto request = state->make_request(beast::http::verb::get, target);
  co_return co_await state->exchange(std::move(request), timeout, true);
}

awaitable<Result<ClientResponse>> Client::post(std::string target, std::string json_body,
                                               Fields headers, std::chrono::milliseconds timeout) {
  const auto state = state_;
  auto request = state->make_request(beast::http::verb::post, target);
  request.set(beast::http::field::content_type, "application/json");
  for (const auto& [name, value] : headers) request.set(name, value);
  request.body() = std::move(json_body);
  request.prepare_payload();
  const bool is_repeatable = has_field(headers, "idempotency-key");
  co_return co_await state->exchange(std::move(request), timeout, is_repeatable);
}

namespace {

// Follows one connection until it ends. True when it had been open.
awaitable<bool> follow_once(asio::any_io_executor executor, Base base, Fields headers,
                            std::string target, std::function<void(std::string)>& on_frame,
                            std::function<void(bool)>& on_state) {
  websocket::stream<beast::tcp_stream> socket(executor);
  auto& connection = beast::get_lowest_layer(socket);
  connection.expires_after(kSocketConnectLimit);
  if (!co_await connect(connection, base)) co_return false;
  connection.expires_never();
  websocket::stream_base::timeout timeouts{};
  timeouts.handshake_timeout = kSocketConnectLimit;
  timeouts.idle_timeout = std::chrono::seconds(40);  // Beast pings at half of it
  timeouts.keep_alive_pings = true;
  socket.set_option(timeouts);
  socket.read_message_max(kResponseLimit);
  socket.set_option(websocket::stream_base::decorator(
      [headers = std::move(headers)](websocket::request_type& request) {
        for (const auto& [name, value] : headers) request.set(name, value);
      }));
  auto [error] = co_await socket.async_handshake(base.authority, target, kToken);
  if (error) co_return false;
  on_state(true);
  beast::flat_buffer buffer;
  while (true) {
    auto [read_error, count] = co_await socket.async_read(buffer, kToken);
    if (read_error) break;
    if (socket.got_text()) on_frame(beast::buffers_to_string(buffer.data()));
    buffer.consume(buffer.size());
  }
  on_state(false);
  co_return true;
}

}  // namespace

awaitable<void> Client::follow(std::string target, std::function<void(std::string)> on_frame,
                               std::function<void(bool)> on_state) {
  const auto state = state_;
  co_await asio::this_coro::reset_cancellation_state(asio::enable_total_cancellation());
  co_await asio::this_coro::throw_if_cancelled(false);
  const auto cancellation = co_await asio::this_coro::cancellation_state;
  asio::steady_timer timer(state->executor);
  std::minstd_rand random(std::random_device{}());
  auto pause = kFirstPause;
  while (cancellation.cancelled() == asio::cancellation_type::none) {
    const bool was_open = co_await follow_once(state->executor, state->base, state->headers, target,
                                               on_frame, on_state);
    if (cancellation.cancelled() != asio::cancellation_type::none) break;
    if (was_open) pause = kFirstPause;
    const auto jitter =
        std::uniform_int_distribution<int>(0, static_cast<int>(pause.count()) / 2)(random);
    timer.expires_after(pause / 2 + std::chrono::milliseconds(jitter) + pause / 4);
    co_await timer.async_wait(kToken);
    pause = std::min(pause * 2, kLongestPause);
  }
}

}  // namespace matanai::http
