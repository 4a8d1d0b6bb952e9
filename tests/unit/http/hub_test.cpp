#include "server/http/hub.hpp"

#include <boost/asio/steady_timer.hpp>

#include "tests/unit/http/support.hpp"

namespace matanai::http::test {
namespace {

using boost::asio::awaitable;

TEST(Hub, AFollowerGetsTheLatestFrameOnce) {
  boost::asio::io_context context;
  Hub hub(context);
  hub.publish("t", "1");
  hub.publish("t", "2");
  context.run();
  const auto follower = hub.follow("t", [] {});
  EXPECT_EQ(*hub.next_frame(*follower), "2");
  EXPECT_FALSE(hub.next_frame(*follower));
}

TEST(Hub, ASlowFollowerSkipsToTheNewest) {
  boost::asio::io_context context;
  Hub hub(context);
  int wakes = 0;
  const auto follower = hub.follow("t", [&] { ++wakes; });
  for (int i = 1; i <= 5; ++i) hub.publish("t", std::to_string(i));
  context.run();
  EXPECT_EQ(*hub.next_frame(*follower), "5");
  EXPECT_FALSE(hub.next_frame(*follower));
  EXPECT_GE(wakes, 1);
}

TEST(Hub, TheFirstFollowerOfAnEmptyTopicIsAnnounced) {
  boost::asio::io_context context;
  Hub hub(context);
  std::vector<std::string> asked;
  hub.on_first_follower([&](const std::string& topic) { asked.push_back(topic); });
  const auto first = hub.follow("t", [] {});
  const auto second = hub.follow("t", [] {});
  hub.publish("u", "x");
  context.run();
  const auto third = hub.follow("u", [] {});
  EXPECT_EQ(asked, std::vector<std::string>{"t"});
}

TEST(Hub, AForgottenTopicIsAskedForAgain) {
  boost::asio::io_context context;
  Hub hub(context);
  std::vector<std::string> asked;
  hub.on_first_follower([&](const std::string& topic) { asked.push_back(topic); });
  hub.publish("t", "old");
  hub.forget("t");
  context.run();
  const auto follower = hub.follow("t", [] {});
  EXPECT_EQ(asked, std::vector<std::string>{"t"});
  EXPECT_FALSE(hub.next_frame(*follower));
}

TEST(Hub, WhoCameBeforeTheForgettingIsServedAnew) {
  boost::asio::io_context context;
  Hub hub(context);
  std::vector<std::string> asked;
  hub.on_first_follower([&](const std::string& topic) { asked.push_back(topic); });
  hub.publish("t", "old");
  context.run();
  context.restart();
  hub.forget("t");
  const auto follower = hub.follow("t", [] {});
  context.run();
  EXPECT_EQ(asked, std::vector<std::string>{"t"});
}

TEST(Hub, FollowersAreCountedUntilTheyLeave) {
  boost::asio::io_context context;
  Hub hub(context);
  auto first = hub.follow("t", [] {});
  const auto second = hub.follow("u", [] {});
  EXPECT_EQ(hub.followers("t"), 1U);
  EXPECT_EQ(hub.total_followers(), 2U);
  first.reset();
  EXPECT_EQ(hub.followers("t"), 0U);
  EXPECT_EQ(hub.total_followers(), 1U);
  EXPECT_EQ(hub.followers("nowhere"), 0U);
}

TEST(Hub, WakesInChunksAndLetsOthersRunBetween) {
  boost::asio::io_context context;
  Hub hub(context);
  std::size_t woken = 0;
  std::vector<std::shared_ptr<Hub::Follower>> followers;
  for (int i = 0; i < 1000; ++i) followers.push_back(hub.follow("t", [&] { ++woken; }));
  hub.publish("t", "x");
  context.run_one();
  EXPECT_EQ(woken, 128U);
  followers[999].reset();
  context.run();
  EXPECT_GE(woken, 999U);
  EXPECT_LE(woken, 1000U);
}

TEST(Hub, APublishDuringABroadcastReachesEverybody) {
  boost::asio::io_context context;
  Hub hub(context);
  std::vector<std::string> seen(300);
  std::vector<std::shared_ptr<Hub::Follower>> followers(300);
  for (std::size_t i = 0; i < followers.size(); ++i) {
    followers[i] = hub.follow("t", [&, i] {
      if (const auto frame = hub.next_frame(*followers[i])) seen[i] = *frame;
    });
  }
  hub.publish("t", "old");
  context.run_one();
  hub.publish("t", "new");
  context.run();
  for (const auto& frame : seen) EXPECT_EQ(frame, "new");
}

TEST(Hub, SequenceNumbersOnlyGrow) {
  boost::asio::io_context context;
  Hub hub(context);
  const auto first = hub.next_seq();
  EXPECT_GT(hub.next_seq(), first);
  EXPECT_EQ(hub.epoch().size(), 12U);
  EXPECT_NE(hub.epoch(), Hub(context).epoch());
}

// ---- over a real connection
// --------------------------------------------------------------------------------------------

void add_live(Router& router) {
  router.add_socket("/live/{name:slug}", Access::open,
                    [](Request request) -> awaitable<Result<std::string>> {
                      co_return request.parameter("name");
                    });
  router.add_socket("/closed", Access::open, [](Request) -> awaitable<Result<std::string>> {
    co_return Refusal(RefusalCode::not_signed_in);
  });
}

std::string upgrade(std::string_view target, std::string_view more = "") {
  return "GET " + std::string(target) +
         " HTTP/1.1\r\nHost: h\r\nConnection: Upgrade\r\nUpgrade: "
         "websocket\r\nSec-WebSocket-Version: 13\r\n"
         "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n" +
         std::string(more) + "\r\n";
}

// A client's text frame with a zero mask.
std::string text_frame(std::string_view text) {
  std::string frame = "\x81";
  if (text.size() < 126) {
    frame += static_cast<char>(0x80 | text.size());
  } else {
    frame += static_cast<char>(0x80 | 126);
    frame += static_cast<char>(text.size() >> 8);
    frame += static_cast<char>(text.size() & 0xFF);
  }
  frame.append(4, '\0');
  return frame + std::string(text);
}

struct Frame {
  int opcode;
  std::string payload;
};

// Cuts a server's bytes into frames.
std::vector<Frame> frames_in(std::string_view bytes) {
  std::vector<Frame> frames;
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(bytes[i]); };
  while (bytes.size() >= 2) {
    std::size_t length = byte(1);
    std::size_t header = 2;
    if (length >= 126) {
      const std::size_t width = length == 126 ? 2 : 8;
      length = 0;
      for (std::size_t i = 0; i < width; ++i) length = length << 8 | byte(2 + i);
      header += width;
    }
    frames.push_back({byte(0) & 0x0F, std::string(bytes.substr(header, length))});
    bytes.remove_prefix(std::min(bytes.size(), header + length));
  }
  return frames;
}

int close_code(const Frame& frame) {
  if (frame.opcode != 8 || frame.payload.size() < 2) return 0;
  return static_cast<unsigned char>(frame.payload[0]) << 8 |
         static_cast<unsigned char>(frame.payload[1]);
}

TEST(Socket, SendsTheLatestFrameThenNewerOnesThenSaysGoodbye) {
  TestServer server({}, add_live);
  server.hub().publish("board", "first");
  RawClient client(server.port());
  client.send(upgrade("/live/board"));
  EXPECT_EQ(client.read_reply().status, 101);
  client.send(text_frame("ping") + text_frame("anything else"));
  client.send(std::string("\x88\x80\0\0\0\0", 6));  // the client's close
  const auto frames = frames_in(client.read_to_end());
  ASSERT_GE(frames.size(), 2U);
  EXPECT_EQ(frames.back().opcode, 8);
  bool has_pong = false;
  for (const auto& frame : frames) {
    if (frame.opcode == 1)
      EXPECT_TRUE(frame.payload == "first" || frame.payload == "pong") << frame.payload;
    has_pong = has_pong || frame.payload == "pong";
  }
  EXPECT_EQ(frames.front().payload == "first" || has_pong, true);
}

TEST(Socket, ALongMessageIsRefused) {
  TestServer server({}, add_live);
  RawClient client(server.port());
  client.send(upgrade("/live/board"));
  EXPECT_EQ(client.read_reply().status, 101);
  client.send(text_frame(std::string(1025, 'x')));
  client.finish_sending();
  const auto frames = frames_in(client.read_to_end());
  ASSERT_FALSE(frames.empty());
  EXPECT_EQ(close_code(frames.back()), 1009);
}

TEST(Socket, ARefusedUpgradeIsAnOrdinaryAnswer) {
  TestServer server({}, add_live);
  const struct {
    std::string bytes;
    int status;
  } cases[] = {
      {upgrade("/closed"), 401},
      {upgrade("/nowhere"), 404},
      {upgrade("/"), 404},
      {upgrade("/live/board", "Origin: http://evil.example\r\n"), 403},
      {upgrade("/live/board", "Origin: http://h\r\n"), 101},
      {upgrade("/live/board", "Content-Length: 3\r\n") + "abc", 400},
      {upgrade("/live/board", "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"), 400},
      {"GET /live/board HTTP/1.1\r\nHost: h\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n",
       400},
      {"GET /live/board HTTP/1.1\r\nHost: h\r\n\r\n", 400},
  };
  for (const auto& c : cases) {
    RawClient client(server.port());
    client.send(c.bytes);
    EXPECT_EQ(client.read_reply().status, c.status) << c.bytes;
  }
}

TEST(Socket, StopSaysGoingAway) {
  TestServer server({}, add_live);
  RawClient client(server.port());
  client.send(upgrade("/live/board"));
  EXPECT_EQ(client.read_reply().status, 101);
  std::promise<void> done;
  server.ask([&] { server.listener().stop([&] { done.set_value(); }); });
  client.finish_sending();
  const auto frames = frames_in(client.read_to_end());
  ASSERT_FALSE(frames.empty());
  EXPECT_EQ(close_code(frames.back()), 1001);
  done.get_future().wait();
  EXPECT_EQ(server.hub().total_followers(), 0U);
}

TEST(Socket, AReaderThatStallsSkipsToTheNewestFrame) {
  constexpr int kFrames = 100;
  TestServer server({}, add_live);
  RawClient client(server.port());
  client.send(upgrade("/live/board"));
  EXPECT_EQ(client.read_reply().status, 101);
  // 100 MB while the client reads nothing: far more than the network between can hold.
  for (int i = 1; i <= kFrames; ++i) {
    server.hub().publish("board", std::to_string(i) + std::string(1'000'000, '.'));
    server.ask([] { return 0; });
  }
  server.hub().publish("board", "newest");
  server.ask([] { return 0; });
  RawClient other(server.port());  // nobody else is held up
  other.send("GET / HTTP/1.1\r\nHost: h\r\n\r\n");
  EXPECT_EQ(other.read_reply().status, 200);
  std::string bytes;
  const auto newest =
      "\x81\x06"
      "newest";
  while (bytes.find(newest) == std::string::npos) bytes += client.read_some();
  const auto frames = frames_in(bytes);
  EXPECT_LT(frames.size(), static_cast<std::size_t>(kFrames) / 2);
  EXPECT_EQ(frames.back().payload, "newest");
}

}  // namespace
}  // namespace matanai::http::test
