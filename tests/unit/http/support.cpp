#include "tests/unit/http/support.hpp"

#include <arpa/inet.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

#include <array>
#include <stdexcept>

namespace matanai::http::test {

TestServer::TestServer(ListenerOptions options, const std::function<void(Router&)>& more) {
  router_.add(Method::get, "/", Access::open, [this](Request) -> boost::asio::awaitable<Response> {
    ++handled_;
    co_return Response::json(R"({"hello":true})");
  });
  router_.add(Method::post, "/echo", Access::open,
              [this](Request request) -> boost::asio::awaitable<Response> {
                ++handled_;
                co_return Response::json(request.body);
              });
  if (more) more(router_);
  listener_ = std::make_unique<Listener>(context_, std::move(options), router_, hub_);
  port_ = listener_->port();
  listener_->start();
  thread_ = std::thread([this] { context_.run(); });
}

TestServer::~TestServer() {
  stop();
  context_.stop();
  thread_.join();
}

void TestServer::stop() {
  if (is_stopped_) return;
  is_stopped_ = true;
  std::promise<void> done;
  boost::asio::post(context_, [&] { listener_->stop([&] { done.set_value(); }); });
  done.get_future().wait();
}

std::string Reply::field(std::string_view name) const {
  const auto start = head.find("\r\n" + std::string(name) + ": ");
  if (start == std::string::npos) return {};
  const auto value = start + name.size() + 4;
  return head.substr(value, head.find("\r\n", value) - value);
}

RawClient::RawClient(std::uint16_t port, const char* from)
    : socket_(::socket(AF_INET, SOCK_STREAM, 0)) {
  sockaddr_in own{};
  own.sin_family = AF_INET;
  own.sin_addr.s_addr = ::inet_addr(from);
  if (::bind(socket_, reinterpret_cast<const sockaddr*>(&own), sizeof(own)) != 0) {
    throw std::runtime_error("cannot come from that address");
  }
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(port);
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  const timeval limit{20, 0};  // only so that a broken server fails the test instead of hanging it
  ::setsockopt(socket_, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof(limit));
  if (::connect(socket_, reinterpret_cast<const sockaddr*>(&address), sizeof(address)) != 0) {
    throw std::runtime_error("cannot connect");
  }
}

RawClient::~RawClient() { ::close(socket_); }

void RawClient::send(std::string_view bytes) {
  while (!bytes.empty()) {
    const auto sent = ::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
    if (sent <= 0) return;  // the server may have closed already; what it said is still to be read
    bytes.remove_prefix(static_cast<std::size_t>(sent));
  }
}

void RawClient::finish_sending() { ::shutdown(socket_, SHUT_WR); }

bool RawClient::receive() {
  std::array<char, 16 * 1024> piece{};
  const auto count = ::recv(socket_, piece.data(), piece.size(), 0);
  if (count < 0 && (errno == EAGAIN || errno == EWOULDBLOCK))
    throw std::runtime_error("the server says nothing");
  if (count <= 0) return false;
  pending_.append(piece.data(), static_cast<std::size_t>(count));
  return true;
}

Reply RawClient::read_reply(bool is_head) {
  Reply reply;
  while (pending_.find("\r\n\r\n") == std::string::npos) {
    if (!receive()) return reply;
  }
  const auto head_length = pending_.find("\r\n\r\n") + 4;
  reply.head = pending_.substr(0, head_length);
  pending_.erase(0, head_length);
  reply.status = std::stoi(reply.head.substr(9, 3));
  const auto length_text = reply.field("Content-Length");
  const auto length = is_head || length_text.empty() ? 0 : std::stoul(length_text);
  while (pending_.size() < length && receive()) {
  }
  reply.body = pending_.substr(0, length);
  pending_.erase(0, length);
  return reply;
}

std::string RawClient::read_some() {
  if (pending_.empty() && !receive()) throw std::runtime_error("the server has closed");
  return std::exchange(pending_, {});
}

std::string RawClient::read_to_end() {
  while (receive()) {
  }
  return std::exchange(pending_, {});
}

std::vector<int> statuses_in(std::string_view stream) {
  std::vector<int> statuses;
  constexpr std::string_view kMark = "HTTP/1.1 ";
  for (auto at = stream.find(kMark); at != std::string_view::npos;
       at = stream.find(kMark, at + 1)) {
    statuses.push_back(std::stoi(std::string(stream.substr(at + kMark.size(), 3))));
  }
  return statuses;
}

Reply get(std::uint16_t port, std::string_view target, std::string_view more_fields,
          const char* from) {
  RawClient client(port, from);
  client.send("GET " + std::string(target) + " HTTP/1.1\r\nHost: h\r\nConnection: close\r\n" +
              std::string(more_fields) + "\r\n");
  return client.read_reply();
}

}  // namespace matanai::http::test
