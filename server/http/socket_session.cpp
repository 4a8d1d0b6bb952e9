#include <boost/asio/as_tuple.hpp>
#include <boost/asio/buffer.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/beast/websocket/stream.hpp>

#include "server/http/hub.hpp"
#include "server/http/session.hpp"

namespace matanai::http {
namespace asio = boost::asio;
namespace beast = boost::beast;
namespace websocket = beast::websocket;
namespace {

constexpr auto kToken = asio::as_tuple(asio::use_awaitable);
constexpr std::size_t kMessageLimit = 1024;
constexpr std::chrono::seconds kWriteDeadline(30);

// One follower on one connection: a reader that only listens for "ping" and the end, a writer that
// sends the newest frame.
class SocketSession : public std::enable_shared_from_this<SocketSession> {
 public:
  explicit SocketSession(Session& session)
      : session_(session), stream_(session.take_socket()), wake_(session.server().context) {}

  awaitable<void> run(std::string handshake, std::string topic) {
    configure();
    auto [error] = co_await stream_.async_accept(asio::buffer(handshake), kToken);
    if (error) co_return;
    handshake = std::string();  // while the follower stays
    stream_.text(true);
    follower_ = session_.server().hub.follow(topic, [weak = weak_from_this()] {
      if (const auto self = weak.lock()) self->wake_.cancel();
    });
    const auto self = shared_from_this();
    asio::co_spawn(session_.server().context, read_until_end(self), asio::detached);
    co_await write_until_end();
    follower_.reset();
    abort();
  }

  void stop(websocket::close_code why) {
    closing_ = why;
    wake_.cancel();
  }

  void abort() {
    boost::system::error_code ignored;
    beast::get_lowest_layer(stream_).close(ignored);
    has_ended_ = true;
    wake_.cancel();
  }

 private:
  void configure() {
    websocket::stream_base::timeout timeouts{};
    timeouts.handshake_timeout = std::chrono::seconds(5);  // of the closing handshake too
    timeouts.idle_timeout = std::chrono::seconds(40);      // Beast pings at half of it
    timeouts.keep_alive_pings = true;
    stream_.set_option(timeouts);
    stream_.read_message_max(kMessageLimit);
    stream_.auto_fragment(false);
  }

  static awaitable<void> read_until_end(std::shared_ptr<SocketSession> self) {
    beast::flat_buffer buffer(2 * kMessageLimit);
    while (true) {
      auto [error, count] = co_await self->stream_.async_read(buffer, kToken);
      if (error) break;
      const auto data = buffer.data();
      if (std::string_view(static_cast<const char*>(data.data()), data.size()) == "ping") {
        self->owes_pong_ = true;
        self->wake_.cancel();
      }
      buffer.consume(buffer.size());
    }
    self->has_ended_ = true;
    self->wake_.cancel();
  }

  awaitable<void> write_until_end() {
    while (!has_ended_) {
      if (closing_) {
        co_await stream_.async_close(*closing_, kToken);
        co_return;
      }
      std::shared_ptr<const std::string> text;
      if (owes_pong_) {
        static const auto kPong = std::make_shared<const std::string>("pong");
        text = kPong;
        owes_pong_ = false;
      } else {
        text = session_.server().hub.next_frame(*follower_);
      }
      if (!text) {
        wake_.expires_at(SteadyTime::max());
        co_await wake_.async_wait(kToken);
        continue;
      }
      session_.set_deadline(kWriteDeadline);
      auto [error, count] = co_await stream_.async_write(asio::buffer(*text), kToken);
      session_.clear_deadline();
      if (error) co_return;
    }
  }

  Session& session_;  // kept alive by run_socket's caller, which awaits run()
  websocket::stream<tcp::socket> stream_;
  asio::steady_timer wake_;
  std::shared_ptr<Hub::Follower> follower_;
  bool owes_pong_ = false;
  std::optional<websocket::close_code> closing_;  // once it shall end
  bool has_ended_ = false;
};

}  // namespace

awaitable<void> run_socket(std::shared_ptr<Session> session, std::string handshake, Watch watch) {
  auto socket = std::make_shared<SocketSession>(*session);
  const std::weak_ptr weak(socket);
  session->become_socket({[weak](websocket::close_code why) {
                            if (const auto self = weak.lock()) self->stop(why);
                          },
                          [weak] {
                            if (const auto self = weak.lock()) self->abort();
                          }},
                         watch);
  if (session->server().is_stopping) socket->stop(websocket::close_code::going_away);
  co_await socket->run(std::move(handshake), std::move(watch.topic));
}

}  // namespace matanai::http
