#include "server/http/session.hpp"

#include <array>
#include <boost/asio/as_tuple.hpp>
#include <boost/asio/buffer.hpp>
#include <boost/asio/read.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/read.hpp>
#include <boost/beast/http/string_body.hpp>

#include "schema/types/text.hpp"
#include "server/http/access_log.hpp"
#include "server/http/address.hpp"
#include "server/http/decode.hpp"
#include "server/http/origin.hpp"

namespace matanai::http {
namespace asio = boost::asio;
namespace beast = boost::beast;
namespace {

constexpr auto kToken = asio::as_tuple(asio::use_awaitable);
constexpr std::size_t kReadSize = 4 * 1024;
constexpr std::size_t kBufferLimit = 64 * 1024;
constexpr std::size_t kWritePiece = 64 * 1024;
constexpr std::size_t kLingerLimit = 256 * 1024;

Method method_of(std::string_view name) {
  constexpr std::pair<std::string_view, Method> kNames[] = {
      {"GET", Method::get}, {"HEAD", Method::head},  {"POST", Method::post},
      {"PUT", Method::put}, {"DELETE", Method::del}, {"OPTIONS", Method::options}};
  for (const auto& [known, method] : kNames) {
    if (known == name) return method;
  }
  return Method::other;
}

asio::ip::address address_of(const tcp::socket& socket) {
  boost::system::error_code error;
  auto address = socket.remote_endpoint(error).address();
  if (!error && address.is_v6() && address.to_v6().is_v4_mapped()) {
    address = asio::ip::make_address_v4(asio::ip::v4_mapped, address.to_v6());
  }
  return address;
}

// What our proxy wrote last into X-Forwarded-For: the client as the proxy saw it.
std::string forwarded_address(std::string_view list) {
  if (const auto comma = list.rfind(','); comma != std::string_view::npos)
    list.remove_prefix(comma + 1);
  while (list.starts_with(' ')) list.remove_prefix(1);
  while (list.ends_with(' ')) list.remove_suffix(1);
  return normal_address(list).value_or("");
}

}  // namespace

Session::Session(std::shared_ptr<ServerState> server, tcp::socket socket)
    : server_(std::move(server)), socket_(std::move(socket)), buffer_(kBufferLimit) {
  const auto address = address_of(socket_);
  peer_ = address.to_string();
  const auto& options = server_->options;
  is_proxy_ = options.proxies.contains(peer_);
  const bool is_counted = options.counts_loopback || !address.is_loopback();
  if (is_counted && !is_proxy_) network_ = network_of(peer_);
  is_admitted_ = server_->connections.enter(network_);
  server_->sessions.insert(this);
}

Session::~Session() {
  if (is_admitted_) server_->connections.leave(network_);
  server_->sessions.erase(this);
  server_->finish_if_empty();
}

void Session::set_deadline(std::chrono::milliseconds after) {
  deadline_ = std::chrono::steady_clock::now() + after;
  has_timed_out_ = false;
}
void Session::clear_deadline() { deadline_ = SteadyTime::max(); }

void Session::tick(SteadyTime now) {
  if (now < deadline_) return;
  deadline_ = SteadyTime::max();
  has_timed_out_ = true;
  if (socket_controls_.abort) return socket_controls_.abort();
  boost::system::error_code ignored;
  socket_.cancel(ignored);
}

void Session::stop() {
  if (socket_controls_.stop) return socket_controls_.stop(beast::websocket::close_code::going_away);
  if (is_idle_) abort();
}

void Session::end_socket() {
  if (socket_controls_.stop) socket_controls_.stop(beast::websocket::close_code::policy_error);
}

void Session::abort() {
  is_aborted_ = true;
  if (socket_controls_.abort) return socket_controls_.abort();
  boost::system::error_code ignored;
  socket_.close(ignored);
}

std::string_view Session::buffered() const {
  const auto data = buffer_.data();
  return {static_cast<const char*>(data.data()), data.size()};
}

awaitable<void> Session::run() {
  if (!is_admitted_) co_return co_await turn_away();
  while (!is_aborted_) {
    const auto next = co_await serve_one();
    if (next == Next::close || server_->is_stopping) break;
  }
}

awaitable<HeadScanner::Outcome> Session::wait_for_head() {
  scanner_.reset();
  is_idle_ = buffer_.size() == 0;
  set_deadline(is_idle_ ? server_->options.deadlines.idle : server_->options.deadlines.head);
  while (true) {
    auto outcome = scanner_.scan(buffered());
    if (!std::holds_alternative<std::monostate>(outcome)) co_return outcome;
    auto [error, count] = co_await socket_.async_read_some(buffer_.prepare(kReadSize), kToken);
    if (error) {
      const bool is_slow = has_timed_out_ && buffer_.size() > 0;
      clear_deadline();
      if (is_slow) co_return HeadRefused{RefusalCode::request_timeout, 408};
      co_return std::monostate{};
    }
    buffer_.commit(count);
    if (is_idle_) set_deadline(server_->options.deadlines.head);
    is_idle_ = false;
  }
}

// One request and its answer.
awaitable<Session::Next> Session::serve_one() {
  auto outcome = co_await wait_for_head();
  is_idle_ = false;
  clear_deadline();
  if (std::holds_alternative<std::monostate>(outcome)) co_return Next::close;
  if (auto* refused = std::get_if<HeadRefused>(&outcome)) co_return co_await refuse(*refused);
  const auto head_length = std::get<std::size_t>(outcome);
  auto parsed = read_head(buffered().substr(0, head_length));
  if (auto* refused = std::get_if<HeadRefused>(&parsed)) co_return co_await refuse(*refused);
  const Head head = std::get<Head>(std::move(parsed));

  AccessEntry entry(*server_);
  Request request;
  const bool is_readable = fill_request(head, request);
  const bool keeps_alive = head.keeps_alive;
  if (head.wants_websocket && is_readable) {
    co_return co_await serve_socket(std::move(request), head, head_length);
  }

  HeadRefused refused;
  if (!co_await read_body(head, head_length, request.body, refused)) {
    if (has_timed_out_) refused = {RefusalCode::request_timeout, 408};
    if (!socket_.is_open() || refused.status == 0) co_return Next::close;
    co_return co_await refuse(refused);
  }
  Request shell;  // for the answer's words and the log, while the handler owns the request
  shell.method = request.method;
  shell.id = request.id;
  shell.remote_address = request.remote_address;
  if (server_->access) shell.path = server_->router.masked(request);
  Response response;
  if (!is_readable) {
    response = problem(request, RefusalCode::bad_request);
  } else if (is_write(request.method) && !is_own_origin(request, server_->public_origin)) {
    response = problem(request, RefusalCode::wrong_origin);
  } else {
    response = co_await server_->router.handle(std::move(request));
  }
  const bool stays = keeps_alive && !server_->is_stopping;
  const bool was_written = co_await write(shell, response, stays);
  entry.finish(shell, response);
  if (!was_written) co_return Next::close;
  if (stays) co_return Next::again;
  co_await linger();
  co_return Next::close;
}

// The answer to what the gate refused; the connection ends, because where the next request starts
// is unknown.
awaitable<Session::Next> Session::refuse(HeadRefused refused) {
  const auto id = server_->next_request_id();
  auto response = problem(Locale::ja, id, refused.code);
  response.status = refused.status;
  co_await answer_and_close(id, std::move(response));
  co_return Next::close;
}

// There are too many connections: said before anything is read, so that it costs next to nothing.
awaitable<void> Session::turn_away() {
  auto id = server_->next_request_id();
  auto response = problem(Locale::ja, id,
                          Refusal(RefusalCode::too_many_connections).with("retry_after_s", "10"));
  co_await answer_and_close(std::move(id), std::move(response));
}

// For what was never read as a request: it has no method and no path.
awaitable<void> Session::answer_and_close(std::string id, Response response) {
  AccessEntry entry(*server_);
  Request request;
  request.method = Method::other;
  request.id = std::move(id);
  request.path = "-";
  request.remote_address = peer_;
  co_await write(request, response, false);
  entry.finish(request, response);
  co_await linger();
}

// False when the target's escapes are malformed; everything else is filled in all the same.
bool Session::fill_request(const Head& head, Request& request) {
  request.method = method_of(head.method);
  request.id = server_->next_request_id();
  for (const auto& [name, value] : head.fields) {
    if (!is_valid_utf8(value)) continue;
    auto& slot = request.headers[to_lower(name)];
    if (!slot.empty()) slot += name.size() == 6 && to_lower(name) == "cookie" ? "; " : ", ";
    slot += value;
  }
  request.cookies = parse_cookies(request.header("cookie"));
  request.remote_address = peer_;
  if (is_proxy_) {
    auto forwarded = forwarded_address(request.header("x-forwarded-for"));
    if (!forwarded.empty()) request.remote_address = std::move(forwarded);
  }
  auto target = decode_target(head.target);
  if (!target) return false;
  request.path = std::move(target->path);
  request.query = std::move(target->query);
  return true;
}

// Reads the body and consumes the request from the buffer. Reading moves the buffer, so of `head`
// only its values count, not its views. False with refused.status 0: the client went away.
awaitable<bool> Session::read_body(const Head& head, std::size_t head_length, std::string& body,
                                   HeadRefused& refused) {
  const auto length = head.content_length.value_or(0);
  if (length > server_->options.body_limit) {
    refused = {RefusalCode::too_large, 413};
    co_return false;
  }
  if (!head.is_chunked && length == 0) {
    buffer_.consume(head_length);
    co_return true;
  }
  set_deadline(server_->options.deadlines.body);
  refused.status = 0;
  if (head.expects_continue && buffer_.size() == head_length) {
    constexpr std::string_view kGoOn = "HTTP/1.1 100 Continue\r\n\r\n";
    auto [error, count] = co_await asio::async_write(socket_, asio::buffer(kGoOn), kToken);
    if (error) co_return false;
  }
  bool is_read = false;
  if (head.is_chunked) {
    is_read = co_await read_chunked_body(body, refused);
  } else {
    buffer_.consume(head_length);
    is_read = co_await read_sized_body(static_cast<std::size_t>(length), body);
  }
  clear_deadline();
  co_return is_read;
}

// Memory follows what has arrived, not what the head promises: a promise costs its sender nothing.
awaitable<bool> Session::read_sized_body(std::size_t length, std::string& body) {
  const auto here = std::min(length, buffer_.size());
  body.assign(buffered().substr(0, here));
  buffer_.consume(here);
  while (body.size() < length) {
    const auto known = body.size();
    body.resize(std::min(length, known + kReadSize));
    auto [error, count] = co_await socket_.async_read_some(
        asio::buffer(body.data() + known, body.size() - known), kToken);
    body.resize(known + count);
    if (error) co_return false;
  }
  co_return true;
}

// Beast reads the chunks (and the head once more). Trailers are read and dropped: the request has
// its fields already.
awaitable<bool> Session::read_chunked_body(std::string& body, HeadRefused& refused) {
  beast::http::request_parser<beast::http::string_body> parser;
  parser.header_limit(2 * kHeadLimit);
  parser.body_limit(server_->options.body_limit);
  auto [error, count] = co_await beast::http::async_read(socket_, buffer_, parser, kToken);
  if (!error) {
    body = std::move(parser.get().body());
    co_return true;
  }
  if (error == beast::http::error::body_limit) refused = {RefusalCode::too_large, 413};
  const bool is_malformed =
      error.category() == beast::http::make_error_code(beast::http::error::bad_chunk).category() &&
      error != beast::http::error::end_of_stream && error != beast::http::error::partial_message;
  if (refused.status == 0 && (is_malformed || error == beast::http::error::buffer_overflow))
    refused = HeadRefused{};
  co_return false;
}

awaitable<Session::Next> Session::serve_socket(Request request, const Head& head,
                                               std::size_t head_length) {
  AccessEntry entry(*server_);
  const bool has_body = head.is_chunked || head.content_length.value_or(0) > 0;
  std::string handshake(buffered());
  const bool is_handshake = !has_body && handshake.size() == head_length &&
                            request.header("sec-websocket-version") == "13" &&
                            request.header("sec-websocket-key").size() == 24;
  Result<Watch> watch = Refusal(RefusalCode::bad_request);
  if (is_handshake && !is_own_origin(request, server_->public_origin)) {
    watch = Refusal(RefusalCode::wrong_origin);
  } else if (is_handshake) {
    watch = co_await server_->router.handle_socket(request);
  }
  Response response;
  response.status = 101;
  if (watch.has_error()) response = problem(request, watch.error());
  if (watch.has_error()) co_await write(request, response, false);
  request.path = server_->router.masked(request);
  entry.finish(request, response);
  if (watch.has_error()) {
    co_await linger();
    co_return Next::close;
  }
  // A follower stays for hours: it keeps nothing of its request.
  buffer_.clear();
  buffer_.shrink_to_fit();
  request = Request();
  response = Response();
  co_await run_socket(shared_from_this(), std::move(handshake), *std::move(watch));
  co_return Next::close;
}

// Head and body go out together; a large body in pieces, each with its own deadline.
awaitable<bool> Session::write(const Request& request, const Response& response, bool keeps_alive) {
  out_.clear();
  write_head(out_, *server_, response, request.id, keeps_alive);
  std::string_view body;
  const bool has_body =
      request.method != Method::head && response.status != 204 && response.status != 304;
  if (response.body && has_body) body = *response.body;
  std::string_view head = out_;
  do {
    const auto piece = body.substr(0, kWritePiece);
    const std::array<asio::const_buffer, 2> both = {asio::buffer(head), asio::buffer(piece)};
    set_deadline(server_->options.deadlines.write);
    auto [error, count] = co_await asio::async_write(socket_, both, kToken);
    clear_deadline();
    if (error) co_return false;
    head = {};
    body.remove_prefix(piece.size());
  } while (!body.empty());
  co_return true;
}

// Closes so that the answer arrives: says "no more", then waits for the client's end, but not for
// long.
awaitable<void> Session::linger() {
  boost::system::error_code ignored;
  socket_.shutdown(tcp::socket::shutdown_send, ignored);
  set_deadline(server_->options.deadlines.linger);
  std::size_t total = 0;
  buffer_.consume(buffer_.size());
  while (total < kLingerLimit) {
    auto [error, count] = co_await socket_.async_read_some(buffer_.prepare(kReadSize), kToken);
    if (error) break;
    total += count;
  }
  clear_deadline();
}

}  // namespace matanai::http
