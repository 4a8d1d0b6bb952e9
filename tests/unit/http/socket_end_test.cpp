// Live sockets of clerks end with their sessions.
#include <future>

#include "server/http/address.hpp"
#include "tests/unit/http/support.hpp"

namespace matanai::http::test {
namespace {

using boost::asio::awaitable;
using Names = std::set<std::string>;

// The session, or the kiosk, is what the cookie "who" says.
class ByCookie final : public Authenticator {
 public:
  awaitable<Result<Identity>> authenticate(const Request& request, Access) override {
    Identity identity;
    const auto who = request.cookies.find("who");
    if (who == request.cookies.end()) co_return identity;
    if (who->second.starts_with("kiosk")) {
      identity.kind = Identity::Kind::device;
      identity.id = who->second;
    } else {
      identity.session = who->second;
    }
    co_return identity;
  }
};

class SocketEnd : public testing::Test {
 protected:
  static void follow(RawClient& client, const std::string& who) {
    client.send(
        "GET /live HTTP/1.1\r\nHost: h\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
        "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
        "Cookie: who=" +
        who + "\r\n\r\n");
    ASSERT_EQ(client.read_reply().status, 101);
  }
  Names sessions() {
    return server_.ask([this] { return server_.listener().socket_sessions(); });
  }
  Names devices() {
    return server_.ask([this] { return server_.listener().socket_devices(); });
  }
  void end(Names which) {
    server_.ask([&] { server_.listener().end_sockets(which); });
  }

  ByCookie authenticator_;
  TestServer server_{{}, [this](Router& router) {
                       router.set_authenticator(&authenticator_);
                       router.add_socket("/live", Access::staff,
                                         [](Request) -> awaitable<Result<std::string>> {
                                           co_return std::string("board");
                                         });
                     }};
};

TEST_F(SocketEnd, OnlyTheNamedSessionsAreClosedAsNoLongerAllowed) {
  RawClient mine(server_.port()), same(server_.port()), other(server_.port()),
      device(server_.port());
  follow(mine, "a");
  follow(same, "a");
  follow(other, "b");
  follow(device, "kiosk-1");
  EXPECT_EQ(sessions(), (Names{"a", "b"}));
  EXPECT_EQ(devices(), (Names{"kiosk-1"}));
  end({"a", "nobody's", ""});
  for (auto* client : {&mine, &same}) {
    client->finish_sending();
    EXPECT_EQ(client->read_to_end(), "\x88\x02\x03\xF0");  // a close frame with 1008
  }
  EXPECT_TRUE(sessions().contains("b"));
  server_.hub().publish("board", "still here");
  for (auto* client : {&other, &device})
    EXPECT_NE(client->read_some().find("still here"), std::string::npos);
}

TEST_F(SocketEnd, AConnectionWithoutASocketHasNoSessionToEnd) {
  RawClient client(server_.port());
  client.send("GET / HTTP/1.1\r\nHost: h\r\nCookie: who=a\r\n\r\n");
  EXPECT_EQ(client.read_reply().status, 200);
  EXPECT_EQ(sessions(), Names());
  end({"a", ""});
  client.send("GET / HTTP/1.1\r\nHost: h\r\n\r\n");
  EXPECT_EQ(client.read_reply().status, 200);
}

TEST(Address, LoopbackIsThisMachine) {
  for (const char* address : {"127.0.0.1", "127.8.8.8", "::1", "::ffff:127.0.0.1"})
    EXPECT_TRUE(is_loopback(address)) << address;
  for (const char* address : {"", "192.0.2.7", "::", "0.0.0.0", "2001:db8::1", "localhost"})
    EXPECT_FALSE(is_loopback(address)) << address;
}

}  // namespace
}  // namespace matanai::http::test
