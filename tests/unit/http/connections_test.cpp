// What very many connections, or greedy ones, may cost.
#include <fstream>
#include <list>

#include "server/http/connection_count.hpp"
#include "tests/unit/http/support.hpp"

namespace matanai::http::test {
namespace {

constexpr std::string_view kGet = "GET / HTTP/1.1\r\nHost: h\r\n\r\n";

int status_of(RawClient& client) {
  client.send(kGet);
  return client.read_reply().status;
}

void expect_turned_away(std::uint16_t port) {
  RawClient client(port);
  const auto reply = client.read_reply();  // nothing need be sent
  EXPECT_EQ(reply.status, 503);
  EXPECT_EQ(reply.field("Retry-After"), "10");
  EXPECT_EQ(reply.field("Connection"), "close");
  EXPECT_EQ(reply.field("Content-Type"), "application/problem+json");
  EXPECT_NE(reply.body.find("\"too_many_connections\""), std::string::npos);
  client.finish_sending();
  EXPECT_TRUE(client.is_closed());
}

TEST(ConnectionCount, LimitsTheTotalAndEachNetwork) {
  ConnectionCount count(4, 2);
  EXPECT_TRUE(count.enter("a"));
  EXPECT_TRUE(count.enter("a"));
  EXPECT_FALSE(count.enter("a"));
  EXPECT_TRUE(count.enter("b"));
  EXPECT_TRUE(count.enter(""));
  EXPECT_FALSE(count.enter("")) << "the total";
  EXPECT_FALSE(count.enter("c"));
  EXPECT_EQ(count.total(), 4U);
  count.leave("a");
  EXPECT_TRUE(count.enter("a"));
}

TEST(ConnectionCount, KeepsNothingOfThoseWhoLeft) {
  ConnectionCount count(10, 1);
  for (int i = 0; i < 100; ++i) {
    ASSERT_TRUE(count.enter("network " + std::to_string(i)));
    count.leave("network " + std::to_string(i));
  }
  EXPECT_TRUE(count.enter(""));
  count.leave("");
  EXPECT_EQ(count.total(), 0U);
  EXPECT_EQ(count.networks(), 0U);
}

TEST(Connections, BeyondTheLimitAreToldToComeBack) {
  ListenerOptions options;
  options.connection_limit = 2;
  TestServer server(options);
  RawClient first(server.port());
  EXPECT_EQ(status_of(first), 200);
  {
    RawClient second(server.port());
    EXPECT_EQ(status_of(second), 200);
    expect_turned_away(server.port());
    EXPECT_EQ(status_of(first), 200) << "who is inside is served on";
    second.finish_sending();
    EXPECT_TRUE(second.is_closed());
  }
  RawClient third(server.port());
  EXPECT_EQ(status_of(third), 200) << "a place is free again";
}

TEST(Connections, OfOneNetworkHaveTheirOwnLimit) {
  ListenerOptions options;
  options.connection_limit_per_network = 2;
  options.counts_loopback = true;
  TestServer server(options);
  RawClient first(server.port());
  RawClient second(server.port());
  EXPECT_EQ(status_of(first), 200);
  EXPECT_EQ(status_of(second), 200);
  expect_turned_away(server.port());
}

TEST(Connections, OfLoopbackAreNotCountedByNetwork) {
  ListenerOptions options;
  options.connection_limit_per_network = 1;
  TestServer server(options);
  RawClient first(server.port());
  RawClient second(server.port());
  EXPECT_EQ(status_of(first), 200);
  EXPECT_EQ(status_of(second), 200);
}

TEST(Connections, OfOurProxyAreNotCountedByNetworkButThoseThatComePastItAre) {
  ListenerOptions options;
  options.connection_limit_per_network = 1;
  options.counts_loopback = true;
  options.proxies = {"127.0.0.1"};
  TestServer server(options);
  RawClient first(server.port());
  RawClient second(server.port());
  EXPECT_EQ(status_of(first), 200);
  EXPECT_EQ(status_of(second), 200);
  RawClient past(server.port(), "127.0.0.2");
  EXPECT_EQ(status_of(past), 200);
  RawClient too_many(server.port(), "127.0.0.2");
  EXPECT_EQ(too_many.read_reply().status, 503);
}

TEST(Connections, TurnedAwayOnesAreFewAtOnce) {
  ListenerOptions options;
  options.connection_limit = 1;
  options.deadlines.linger = std::chrono::minutes(1);
  TestServer server(options);
  RawClient inside(server.port());
  EXPECT_EQ(status_of(inside), 200);
  std::list<RawClient> crowd;
  int told = 0;
  for (int i = 0; i < 130; ++i)
    told += crowd.emplace_back(server.port()).read_reply().status == 503;
  EXPECT_EQ(told, 100) << "the rest is only closed";
  EXPECT_EQ(status_of(inside), 200);
}

// Of this process, in bytes.
std::size_t resident() {
  std::ifstream file("/proc/self/statm");
  std::size_t total = 0;
  std::size_t pages = 0;
  file >> total >> pages;
  return pages * 4096;
}

TEST(Connections, APromisedBodyCostsNoMemoryUntilItComes) {
  constexpr int kCount = 400;
  constexpr std::size_t kPromised = 256 * 1024;
  TestServer server;
  RawClient probe(server.port());
  EXPECT_EQ(status_of(probe), 200);
  const auto before = resident();
  std::list<RawClient> half;
  for (int i = 0; i < kCount; ++i) {
    auto& client = half.emplace_back(server.port());
    client.send("POST /echo HTTP/1.1\r\nHost: h\r\nExpect: 100-continue\r\nContent-Length: " +
                std::to_string(kPromised) + "\r\n\r\n");
    ASSERT_EQ(client.read_reply().status, 100);
    client.send("abc");
  }
  EXPECT_EQ(status_of(probe), 200);  // so that every body is being read
  EXPECT_EQ(server.ask([&] { return server.listener().connections(); }), kCount + 1U);
  EXPECT_LT(resident() - before, kCount * kPromised / 2);
}

TEST(Connections, ABodyInManyPiecesArrivesWhole) {
  TestServer server;
  std::string body(20'000, 'x');
  for (std::size_t i = 0; i < body.size(); ++i) body[i] = static_cast<char>('a' + i % 23);
  RawClient client(server.port());
  client.send("POST /echo HTTP/1.1\r\nHost: h\r\nContent-Length: 20000\r\n\r\n");
  for (std::size_t i = 0; i < body.size(); i += 7) client.send(std::string_view(body).substr(i, 7));
  client.send(kGet);
  EXPECT_EQ(client.read_reply().body, body);
  EXPECT_EQ(client.read_reply().body, R"({"hello":true})");
}

}  // namespace
}  // namespace matanai::http::test
