#include "server/http/router.hpp"

#include <filesystem>
#include <fstream>
#include <stdexcept>

#include "tests/unit/http/support.hpp"

namespace matanai::http::test {
namespace {

using boost::asio::awaitable;

Handler say(std::string text) {
  return [text](Request request) -> awaitable<Response> {
    std::string out = text;
    for (const auto& [name, value] : request.parameters) out += " " + name + "=" + value;
    co_return Response::json(out);
  };
}

Request request_of(Method method, std::string path) {
  Request request;
  request.method = method;
  request.path = std::move(path);
  request.id = "r-1";
  return request;
}

Response ask(const Router& router, Method method, std::string path) {
  return run(router.handle(request_of(method, std::move(path))));
}

std::string body_of(const Response& response) {
  return response.body ? *response.body : std::string();
}

class Routing : public testing::Test {
 protected:
  Routing() {
    router.add(Method::get, "/", Access::open, say("root"));
    router.add(Method::get, "/o/{office:slug}", Access::open, say("office"));
    router.add(Method::get, "/o/special", Access::open, say("special"));
    router.add(Method::get, "/o/{office:slug}/w/{window:int}", Access::open, say("window"));
    router.add(Method::put, "/o/{office:slug}/w/{window:int}", Access::open, say("put"));
    router.add(Method::del, "/o/{office:slug}/w/{window:int}", Access::open, say("del"));
    router.add(Method::get, "/t/{token:token}", Access::open, say("token"));
    router.add(Method::get, "/c/{code:code}", Access::open, say("code"));
    router.add(Method::get, "/d/{day:date}", Access::open, say("day"));
    router.add(Method::get, "/a/{x:any}/{y:any}", Access::open, say("any"));
    router.add(Method::post, "/only-post", Access::open, say("post"));
    router.add(Method::get, "/throws", Access::open, [](Request) -> awaitable<Response> {
      throw std::runtime_error("secret detail");
      co_return Response();
    });
    router.add(Method::get, "/back/x/{n:int}", Access::open, say("literal branch"));
    router.add(Method::get, "/back/{s:slug}/end", Access::open, say("parameter branch"));
    router.add_socket("/live", Access::open, [](Request) -> awaitable<Result<std::string>> {
      co_return std::string("topic");
    });
  }
  Router router;
};

TEST_F(Routing, Table) {
  const struct {
    Method method;
    std::string path;
    int status;
    std::string body;  // of a 200
  } cases[] = {
      {Method::get, "/", 200, "root"},
      {Method::head, "/", 200, "root"},
      {Method::get, "/o/kokura-kita_2", 200, "office office=kokura-kita_2"},
      {Method::get, "/o/special", 200, "special"},
      {Method::get, "/o/Kokura", 404, ""},
      {Method::get, "/o/", 404, ""},
      {Method::get, "/o", 404, ""},
      {Method::get, "/o/a/", 404, ""},
      {Method::get, "//o/a", 404, ""},
      {Method::get, "/o/" + std::string(41, 'a'), 404, ""},
      {Method::get, "/o/a/w/3", 200, "window office=a window=3"},
      {Method::put, "/o/a/w/3", 200, "put office=a window=3"},
      {Method::del, "/o/a/w/3", 200, "del office=a window=3"},
      {Method::post, "/o/a/w/3", 405, ""},
      {Method::other, "/o/a/w/3", 405, ""},
      {Method::options, "/o/a/w/3", 204, ""},
      {Method::options, "/nowhere", 404, ""},
      {Method::get, "/o/a/w/03", 404, ""},
      {Method::get, "/o/a/w/-3", 404, ""},
      {Method::get, "/o/a/w/3x", 404, ""},
      {Method::get, "/o/a/w/2147483647", 200, "window office=a window=2147483647"},
      {Method::get, "/o/a/w/2147483648", 404, ""},
      {Method::get, "/o/a/w/99999999999", 404, ""},
      {Method::get, "/t/Ab345678", 200, "token token=Ab345678"},
      {Method::get, "/t/Ab34567", 404, ""},
      {Method::get, "/t/Ab3456-8", 404, ""},
      {Method::get, "/c/12345678", 200, "code code=12345678"},
      {Method::get, "/c/1234567", 404, ""},
      {Method::get, "/c/1234567a", 404, ""},
      {Method::get, "/d/2026-11-24", 200, "day day=2026-11-24"},
      {Method::get, "/d/2026-02-30", 404, ""},
      {Method::get, "/a/x y/区", 200, "any x=x y y=区"},
      {Method::get, "/a//b", 404, ""},
      {Method::get, "/a/" + std::string(101, 'x') + "/b", 404, ""},
      {Method::get, "/only-post", 405, ""},
      {Method::get, "/back/x/end", 200, "parameter branch s=x"},
      {Method::get, "/live", 400, ""},
      {Method::options, "*", 204, ""},
  };
  for (const auto& c : cases) {
    const auto response = ask(router, c.method, c.path);
    EXPECT_EQ(response.status, c.status) << method_name(c.method) << ' ' << c.path;
    if (c.status == 200) EXPECT_EQ(body_of(response), c.body) << c.path;
  }
}

TEST_F(Routing, MethodNotAllowedNamesTheMethods) {
  EXPECT_EQ(ask(router, Method::post, "/o/a/w/3").header("Allow"),
            "GET, HEAD, PUT, DELETE, OPTIONS");
  EXPECT_EQ(ask(router, Method::options, "/only-post").header("allow"), "POST, OPTIONS");
}

TEST_F(Routing, AThrowingHandlerIsA500WithoutDetail) {
  const auto response = ask(router, Method::get, "/throws");
  EXPECT_EQ(response.status, 500);
  EXPECT_EQ(body_of(response).find("secret"), std::string::npos);
  EXPECT_NE(body_of(response).find(R"("request_id":"r-1")"), std::string::npos);
}

TEST_F(Routing, SecretsAreMasked) {
  EXPECT_EQ(router.masked(request_of(Method::get, "/t/Ab345678")), "/t/***");
  EXPECT_EQ(router.masked(request_of(Method::get, "/c/12345678")), "/c/***");
  EXPECT_EQ(router.masked(request_of(Method::get, "/o/kokurakita")), "/o/kokurakita");
  EXPECT_EQ(router.masked(request_of(Method::get, "/mistyped/Ab345678")), "/***/***");
  EXPECT_EQ(router.masked(request_of(Method::get, "/")), "/");
}

TEST_F(Routing, RefusesBadPatterns) {
  for (const char* pattern : {"", "x", "/a//b", "/{x}", "/{x:what}", "/{:int}", "/a{b",
                              "/{x:int}/{x:int}", "/", "/o/{other:slug}"}) {
    EXPECT_THROW(router.add(Method::get, pattern, Access::open, say("")), std::logic_error)
        << pattern;
  }
  EXPECT_THROW(router.add(Method::head, "/h", Access::open, say("")), std::logic_error);
}

class OneKey : public Authenticator {
 public:
  awaitable<Result<Identity>> authenticate(const Request& request, Access access) override {
    if (request.header("authorization") == "Bearer k") {
      Identity identity;
      identity.kind = access == Access::staff ? Identity::Kind::staff : Identity::Kind::device;
      identity.id = "me";
      co_return identity;
    }
    co_return Refusal(RefusalCode::not_signed_in);
  }
};

TEST_F(Routing, AccessIsAskedBeforeTheHandler) {
  OneKey key;
  int calls = 0;
  router.set_authenticator(&key);
  router.add(Method::get, "/staff", Access::staff, [&](Request request) -> awaitable<Response> {
    ++calls;
    co_return Response::json(request.identity.id);
  });
  auto with_key = request_of(Method::get, "/staff");
  with_key.headers["authorization"] = "Bearer k";
  EXPECT_EQ(ask(router, Method::get, "/staff").status, 401);
  EXPECT_EQ(ask(router, Method::get, "/staff").header("WWW-Authenticate"), "");
  EXPECT_EQ(calls, 0);
  const auto response = run(router.handle(with_key));
  EXPECT_EQ(body_of(response), "me");
}

TEST_F(Routing, AProtectedRouteWithoutAuthenticatorFailsClosed) {
  router.add(Method::get, "/staff", Access::staff, say("in"));
  EXPECT_EQ(ask(router, Method::get, "/staff").status, 500);
}

TEST_F(Routing, HealthFollowsReadiness) {
  bool is_ready = false;
  add_health_routes(router, [&] { return is_ready; });
  EXPECT_EQ(ask(router, Method::get, "/healthz").status, 200);
  EXPECT_EQ(ask(router, Method::get, "/readyz").status, 503);
  is_ready = true;
  EXPECT_EQ(ask(router, Method::get, "/readyz").status, 200);
}

}  // namespace
}  // namespace matanai::http::test
