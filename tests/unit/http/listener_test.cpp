#include "server/http/listener.hpp"

#include <spdlog/sinks/ostream_sink.h>
#include <spdlog/spdlog.h>

#include <boost/asio/redirect_error.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/json.hpp>
#include <sstream>

#include "tests/unit/http/support.hpp"

namespace matanai::http::test {
namespace {

using boost::asio::awaitable;
using std::chrono::milliseconds;

constexpr std::string_view kGet = "GET / HTTP/1.1\r\nHost: h\r\n\r\n";

ListenerOptions impatient() {
  ListenerOptions options;
  options.deadlines.head = milliseconds(20);
  options.deadlines.body = milliseconds(20);
  options.deadlines.idle = milliseconds(20);
  options.deadlines.sweep = milliseconds(5);
  return options;
}

std::string post(std::string_view body, std::string_view more = "") {
  return "POST /echo HTTP/1.1\r\nHost: h\r\nContent-Length: " + std::to_string(body.size()) +
         "\r\n" + std::string(more) + "\r\n" + std::string(body);
}

TEST(Listener, EveryAnswerCarriesTheSecurityFields) {
  TestServer server;
  for (const char* target : {"/", "/nowhere", "/%zz"}) {
    const auto reply = get(server.port(), target);
    const auto policy = reply.field("Content-Security-Policy");
    EXPECT_NE(policy.find("default-src 'self'"), std::string::npos) << target;
    EXPECT_EQ(policy.find("unsafe"), std::string::npos);
    EXPECT_EQ(reply.field("X-Content-Type-Options"), "nosniff");
    EXPECT_EQ(reply.field("Referrer-Policy"), "no-referrer");
    EXPECT_EQ(reply.field("Cross-Origin-Opener-Policy"), "same-origin");
    EXPECT_EQ(reply.field("Cache-Control"), "no-store");
    EXPECT_EQ(reply.field("Strict-Transport-Security"), "");
    EXPECT_EQ(reply.field("Date").size(), 29U);
  }
}

TEST(Listener, HttpsAddressAddsTransportSecurity) {
  ListenerOptions options;
  options.public_url = "https://office.example";
  TestServer server(options);
  EXPECT_NE(get(server.port(), "/").field("Strict-Transport-Security"), "");
}

TEST(Listener, OneConnectionServesManyRequests) {
  TestServer server;
  RawClient client(server.port());
  for (int i = 0; i < 100; ++i) {
    client.send(kGet);
    EXPECT_EQ(client.read_reply().body, R"({"hello":true})");
  }
  EXPECT_EQ(server.handled(), 100);
}

TEST(Listener, HeadSaysTheLengthAndSendsNothing) {
  TestServer server;
  RawClient client(server.port());
  client.send("HEAD / HTTP/1.1\r\nHost: h\r\n\r\n");
  EXPECT_EQ(client.read_reply(true).field("Content-Length"), "14");
  client.send(kGet);
  EXPECT_EQ(client.read_reply().body, R"({"hello":true})");
}

TEST(Listener, BodiesUpToTheLimitArriveWhole) {
  TestServer server;
  std::string body(256 * 1024, 'x');
  for (std::size_t i = 0; i < body.size(); ++i) body[i] = static_cast<char>('a' + i % 23);
  RawClient client(server.port());
  client.send(post(body));
  EXPECT_EQ(client.read_reply().body, body);
  client.send(post(body + "x"));
  const auto reply = client.read_reply();
  EXPECT_EQ(reply.status, 413);
  EXPECT_NE(reply.body.find("\"too_large\""), std::string::npos);
  EXPECT_TRUE(client.is_closed());
}

TEST(Listener, ContinueIsSaidBeforeTheBody) {
  TestServer server;
  RawClient client(server.port());
  client.send(
      "POST /echo HTTP/1.1\r\nHost: h\r\nExpect: 100-continue\r\nContent-Length: 2\r\n\r\n");
  EXPECT_EQ(client.read_reply().status, 100);
  client.send("ab");
  EXPECT_EQ(client.read_reply().body, "ab");
}

TEST(Listener, ASlowHeadIsRefusedAndClosed) {
  TestServer server(impatient());
  RawClient client(server.port());
  client.send("GET / HT");
  const auto reply = client.read_reply();
  EXPECT_EQ(reply.status, 408);
  EXPECT_EQ(reply.field("Connection"), "close");
  client.finish_sending();
  EXPECT_TRUE(client.is_closed());
}

TEST(Listener, ASlowBodyIsRefusedAndClosed) {
  TestServer server(impatient());
  for (const char* framing :
       {"Content-Length: 5\r\n\r\nab", "Transfer-Encoding: chunked\r\n\r\n5\r\nab"}) {
    RawClient client(server.port());
    client.send("POST /echo HTTP/1.1\r\nHost: h\r\n" + std::string(framing));
    EXPECT_EQ(client.read_reply().status, 408) << framing;
  }
  EXPECT_EQ(server.handled(), 0);
}

TEST(Listener, AnIdleConnectionIsClosedSilently) {
  TestServer server(impatient());
  RawClient unused(server.port());
  EXPECT_TRUE(unused.is_closed());
}

TEST(Listener, OtherSitesMayNotWrite) {
  ListenerOptions options;
  options.public_url = "https://office.example";
  TestServer server(options);
  const struct {
    const char* fields;
    int status;
  } cases[] = {{"", 200},
               {"Origin: http://h\r\n", 200},
               {"Origin: https://office.example\r\n", 200},
               {"Origin: http://evil.example\r\n", 403},
               {"Origin: null\r\n", 403},
               {"Sec-Fetch-Site: cross-site\r\n", 403},
               {"Sec-Fetch-Site: same-origin\r\n", 200}};
  for (const auto& c : cases) {
    RawClient client(server.port());
    client.send(post("x", c.fields));
    EXPECT_EQ(client.read_reply().status, c.status) << c.fields;
  }
  EXPECT_EQ(get(server.port(), "/", "Origin: http://evil.example\r\n").status, 200)
      << "reading changes nothing";
}

TEST(Listener, ATakenPortIsSaidClearly) {
  TestServer server;
  ListenerOptions options;
  options.port = server.port();
  boost::asio::io_context context;
  Router router;
  Hub hub(context);
  try {
    Listener second(context, options, router, hub);
    FAIL() << "the port was taken twice";
  } catch (const std::system_error& error) {
    EXPECT_NE(std::string(error.what()).find("127.0.0.1:" + std::to_string(server.port())),
              std::string::npos);
  }
}

TEST(Listener, TheClientsAddressIsTheWordOfOurProxyAndOfNobodyElse) {
  ListenerOptions options;
  options.proxies = {"127.0.0.1"};
  TestServer server(options, [](Router& router) {
    router.add(Method::get, "/me", Access::open, [](Request request) -> awaitable<Response> {
      co_return Response::json(request.remote_address);
    });
  });
  const auto address_of = [&](std::string_view fields, const char* from) {
    return get(server.port(), "/me", fields, from).body;
  };
  const auto* forwarded = "X-Forwarded-For: 6.6.6.6, 192.0.2.9\r\n";
  EXPECT_EQ(address_of(forwarded, "127.0.0.1"), "192.0.2.9");
  EXPECT_EQ(address_of("X-Forwarded-For: nonsense\r\n", "127.0.0.1"), "127.0.0.1");
  EXPECT_EQ(address_of(forwarded, "127.0.0.2"), "127.0.0.2") << "came past the proxy";
}

TEST(Listener, AFieldOfTwoLinesIsLeftOut) {
  TestServer server({}, [](Router& router) {
    router.add(Method::get, "/split", Access::open, [](Request) -> awaitable<Response> {
      co_return Response::json("{}").with("X-Bad", "a\r\nX-Injected: 1").with("X-Good", "1");
    });
  });
  const auto reply = get(server.port(), "/split");
  EXPECT_EQ(reply.field("X-Injected"), "");
  EXPECT_EQ(reply.field("X-Good"), "1");
}

TEST(Listener, TheAccessLogNamesNobody) {
  std::ostringstream out;
  auto logger = std::make_shared<spdlog::logger>(
      "access", std::make_shared<spdlog::sinks::ostream_sink_mt>(out));
  logger->set_pattern("%v");
  spdlog::register_logger(logger);
  {
    ListenerOptions options;
    options.access_log = true;
    TestServer server(options, [](Router& router) {
      router.add(Method::get, "/t/{token:token}", Access::open,
                 [](Request) -> awaitable<Response> { co_return Response::json("{}"); });
    });
    get(server.port(), "/t/SECRETTOKEN1?phone=0901234");
    RawClient(server.port()).send("nonsense\r\n\r\n");
  }
  spdlog::drop("access");
  const auto line = boost::json::parse(out.str().substr(0, out.str().find('\n'))).as_object();
  EXPECT_EQ(line.at("path").as_string(), "/t/***");
  EXPECT_EQ(line.at("status").as_int64(), 200);
  EXPECT_EQ(line.at("from").as_string(), "127.0.0.0/24");
  EXPECT_EQ(line.at("bytes").as_int64(), 2);
  EXPECT_EQ(out.str().find("SECRET"), std::string::npos);
  EXPECT_EQ(out.str().find("phone"), std::string::npos);
}

// A handler that waits for the test.
struct Gated {
  std::promise<void> entered;
  boost::asio::steady_timer* release = nullptr;

  void add_to(Router& router) {
    router.add(Method::get, "/slow", Access::open, [this](Request) -> awaitable<Response> {
      boost::asio::steady_timer timer(co_await boost::asio::this_coro::executor);
      timer.expires_at(std::chrono::steady_clock::time_point::max());
      release = &timer;
      entered.set_value();
      boost::system::error_code ignored;
      co_await timer.async_wait(boost::asio::redirect_error(boost::asio::use_awaitable, ignored));
      co_return Response::json("\"done\"");
    });
  }
};

TEST(ListenerStop, FinishesTheRunningRequestAndTakesNoNewOne) {
  Gated gated;
  TestServer server({}, [&](Router& router) { gated.add_to(router); });
  RawClient idle(server.port());
  idle.send(kGet);
  EXPECT_EQ(idle.read_reply().status, 200);
  RawClient busy(server.port());
  busy.send("GET /slow HTTP/1.1\r\nHost: h\r\n\r\n");
  gated.entered.get_future().wait();
  std::promise<void> done;
  server.ask([&] { server.listener().stop([&] { done.set_value(); }); });
  EXPECT_TRUE(idle.is_closed());
  EXPECT_THROW(RawClient(server.port()), std::runtime_error);
  auto finished = done.get_future();
  server.ask([&] { gated.release->cancel(); });
  const auto reply = busy.read_reply();
  EXPECT_EQ(reply.body, "\"done\"");
  EXPECT_EQ(reply.field("Connection"), "close");
  busy.finish_sending();
  finished.wait();
  EXPECT_EQ(server.ask([&] { return server.listener().connections(); }), 0U);
}

TEST(ListenerStop, EndsWhatDoesNotEndByItself) {
  ListenerOptions options;
  options.deadlines.stop = milliseconds(20);
  TestServer server(options);
  RawClient stuck(server.port());
  stuck.send("POST /echo HTTP/1.1\r\nHost: h\r\nContent-Length: 5\r\n\r\na");
  RawClient probe(server.port());
  probe.send(kGet);
  EXPECT_EQ(probe.read_reply().status, 200);  // so that the first connection is being read
  server.stop();
  EXPECT_EQ(server.ask([&] { return server.listener().connections(); }), 0U);
}

}  // namespace
}  // namespace matanai::http::test
