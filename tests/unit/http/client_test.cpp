#include "server/http/client.hpp"

#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>

#include "tests/unit/http/support.hpp"

namespace matanai::http::test {
namespace {

using boost::asio::awaitable;
using std::chrono::milliseconds;
constexpr std::chrono::seconds kPatience(20);

// Drives one client on the test's own thread.
class ClientTest : public testing::Test {
 protected:
  boost::asio::io_context context{1};

  Result<ClientResponse> wait_for(awaitable<Result<ClientResponse>> work) {
    auto result = boost::asio::co_spawn(context, std::move(work), boost::asio::use_future);
    context.restart();
    context.run();
    return result.get();
  }
};

TEST_F(ClientTest, GetsAndPostsOverOneConnection) {
  TestServer server;
  Client client(context.get_executor(), server.url());
  const auto hello = wait_for(client.get("/", kPatience));
  ASSERT_TRUE(hello.has_value());
  EXPECT_EQ(hello->status, 200);
  EXPECT_EQ(hello->content_type, "application/json");
  EXPECT_EQ(hello->body, R"({"hello":true})");
  const auto echo = wait_for(client.post("/echo", R"({"a":1})", {}, kPatience));
  ASSERT_TRUE(echo.has_value());
  EXPECT_EQ(echo->body, R"({"a":1})");
  EXPECT_EQ(server.ask([&] { return server.listener().connections(); }), 1U);
}

TEST_F(ClientTest, SendsItsFieldsWithEveryRequest) {
  TestServer server({}, [](Router& router) {
    router.add(Method::post, "/fields", Access::open, [](Request request) -> awaitable<Response> {
      co_return Response::json(std::string(request.header("authorization")) + "|" +
                               std::string(request.header("idempotency-key")) + "|" +
                               std::string(request.header("content-type")));
    });
  });
  Client client(context.get_executor(), server.url(), {{"Authorization", "Bearer k"}});
  const auto reply = wait_for(client.post("/fields", "{}", {{"Idempotency-Key", "7"}}, kPatience));
  EXPECT_EQ(reply->body, "Bearer k|7|application/json");
}

TEST_F(ClientTest, NobodyThereIsARefusal) {
  std::uint16_t port = 0;
  {
    TestServer gone;
    port = gone.port();
  }
  Client client(context.get_executor(), "http://127.0.0.1:" + std::to_string(port));
  const auto reply = wait_for(client.get("/", kPatience));
  ASSERT_TRUE(reply.has_error());
  EXPECT_EQ(reply.error().code, RefusalCode::server_unreachable);
}

TEST_F(ClientTest, SilenceEndsInARefusalAndTheClientGoesOn) {
  ListenerOptions options;
  options.deadlines.stop = milliseconds(5);  // the handler never ends
  TestServer server(options, [](Router& router) {
    router.add(Method::get, "/never", Access::open, [](Request) -> awaitable<Response> {
      boost::asio::steady_timer timer(co_await boost::asio::this_coro::executor);
      timer.expires_after(std::chrono::hours(1));
      co_await timer.async_wait(boost::asio::use_awaitable);
      co_return Response();
    });
  });
  Client client(context.get_executor(), server.url());
  EXPECT_TRUE(wait_for(client.get("/never", milliseconds(20))).has_error());
  EXPECT_TRUE(wait_for(client.get("/", kPatience)).has_value());
}

TEST_F(ClientTest, AnAnswerTooLargeIsARefusal) {
  TestServer server({}, [](Router& router) {
    router.add(Method::get, "/large", Access::open, [](Request) -> awaitable<Response> {
      co_return Response::json(std::string(1024 * 1024 + 1, 'x'));
    });
  });
  Client client(context.get_executor(), server.url());
  EXPECT_TRUE(wait_for(client.get("/large", kPatience)).has_error());
}

TEST_F(ClientTest, AKeptConnectionThatTheServerClosedIsReplaced) {
  ListenerOptions options;
  options.deadlines.idle = milliseconds(5);
  options.deadlines.sweep = milliseconds(5);
  TestServer server(options);
  Client client(context.get_executor(), server.url());
  ASSERT_TRUE(wait_for(client.get("/", kPatience)).has_value());
  while (server.ask([&] { return server.listener().connections(); }) > 0) std::this_thread::yield();
  EXPECT_TRUE(wait_for(client.get("/", kPatience)).has_value());
}

TEST_F(ClientTest, BadAddressesAreBugs) {
  for (const char* url : {"https://h", "h:80", "http://", "ftp://h"}) {
    EXPECT_THROW(Client(context.get_executor(), url), std::invalid_argument) << url;
  }
}

TEST_F(ClientTest, FollowsAcrossARestartAndEndsWhenCancelled) {
  const auto live = [](Router& router) {
    router.add_socket("/live", Access::open, [](Request request) -> awaitable<Result<std::string>> {
      if (request.header("authorization") != "Bearer k")
        co_return Refusal(RefusalCode::unknown_device);
      co_return std::string("board");
    });
  };
  auto server = std::make_unique<TestServer>(ListenerOptions{}, live);
  ListenerOptions same;
  same.port = server->port();
  server->hub().publish("board", "one");
  Client client(context.get_executor(), server->url(), {{"Authorization", "Bearer k"}});
  std::vector<std::string> log;
  bool has_ended = false;
  boost::asio::cancellation_signal cancel;
  boost::asio::co_spawn(context,
                        client.follow(
                            "/live", [&](std::string frame) { log.push_back(std::move(frame)); },
                            [&](bool is_open) { log.push_back(is_open ? "open" : "lost"); }),
                        boost::asio::bind_cancellation_slot(
                            cancel.slot(), [&](std::exception_ptr) { has_ended = true; }));
  const auto run_until = [&](const std::string& last) {
    const auto give_up = std::chrono::steady_clock::now() + kPatience;
    while (log.empty() || log.back() != last) {
      ASSERT_GT(context.run_one_until(give_up), 0U) << "waited for " << last;
    }
  };
  run_until("one");
  std::thread stopper([&] { server->stop(); });
  run_until("lost");
  stopper.join();
  server = nullptr;
  server = std::make_unique<TestServer>(same, live);
  server->hub().publish("board", "two");
  run_until("two");
  EXPECT_EQ(log, (std::vector<std::string>{"open", "one", "lost", "open", "two"}));
  cancel.emit(boost::asio::cancellation_type::terminal);
  const auto give_up = std::chrono::steady_clock::now() + kPatience;
  while (!has_ended) ASSERT_GT(context.run_one_until(give_up), 0U) << "the follower does not end";
}

}  // namespace
}  // namespace matanai::http::test
