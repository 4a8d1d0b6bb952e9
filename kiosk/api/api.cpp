#include "kiosk/api/api.hpp"

namespace matanai::kiosk {
namespace {

using http::Access;
using http::Method;
using http::Response;
template <class T>
using Awaitable = boost::asio::awaitable<T>;

constexpr std::size_t kShortestKey = 8;
constexpr std::size_t kLongestKey = 200;

bool is_loopback_name(std::string_view host) {
  const auto is_name = [host](std::string_view name) {
    return host.starts_with(name) && (host.size() == name.size() || host[name.size()] == ':');
  };
  return is_name("127.0.0.1") || is_name("localhost") || is_name("[::1]");
}

// Asked only when the page was loaded from this machine.
Awaitable<Response> guard(const http::Handler& handler, http::Request request) {
  if (!is_loopback_name(request.header("host"))) {
    co_return http::problem(request, RefusalCode::wrong_origin);
  }
  co_return co_await handler(std::move(request));
}

http::Handler guarded(http::Handler handler) {
  return [handler = std::move(handler)](http::Request request) {
    return guard(handler, std::move(request));
  };
}

Result<std::string> press_of(const http::Request& request) {
  const auto key = request.header("idempotency-key");
  if (key.size() < kShortestKey || key.size() > kLongestKey)
    return RefusalCode::idempotency_key_missing;
  return std::string(key);
}

Response created(const http::Request& request, const Result<TicketAnswer>& answer) {
  return http::answer(request, answer, 201);
}

Response done(const http::Request& request, const Result<bool>& result) {
  return result.has_error() ? http::problem(request, result.error()) : Response::no_content();
}

Awaitable<Response> walk_in(Desk& desk, http::Request request) {
  auto press = press_of(request);
  if (press.has_error()) co_return http::problem(request, press.error());
  auto body = http::read_body<WalkIn>(request);
  if (body.has_error()) co_return http::problem(request, body.error());
  auto answer = co_await desk.walk_in(std::move(*body), std::move(*press));
  co_return created(request, answer);
}

Awaitable<Response> check_in(Desk& desk, http::Request request) {
  auto press = press_of(request);
  if (press.has_error()) co_return http::problem(request, press.error());
  auto body = http::read_body<CheckIn>(request);
  if (body.has_error()) co_return http::problem(request, body.error());
  auto answer = co_await desk.check_in(std::move(*body), std::move(*press));
  co_return created(request, answer);
}

Awaitable<Response> print_answer(Desk& desk, http::Request request) {
  auto body = http::read_body<PrintAnswer>(request);
  if (body.has_error()) co_return http::problem(request, body.error());
  auto result = co_await desk.answer_print(std::move(*body));
  co_return done(request, result);
}

Awaitable<Response> staff_call(StaffBell& bell, http::Request request) {
  auto body = http::read_body<CallStaff>(request);
  if (body.has_error()) co_return http::problem(request, body.error());
  auto result = co_await bell.call(body->reason);
  co_return done(request, result);
}

Awaitable<Response> state(const Screen& screen) {
  co_return Response::json(write_json(screen.state()));
}

Awaitable<Response> office(const OfficeLink& link) { co_return Response::json(link.office_json()); }

Awaitable<Response> health() { co_return Response::json(R"({"status":"ok"})"); }

Awaitable<Response> readiness(const OfficeLink& link, http::Request request) {
  if (!link.is_up()) co_return http::problem(request, RefusalCode::server_unreachable);
  co_return Response::json(R"({"status":"ready"})");
}

Awaitable<Result<std::string>> live_topic(http::Request request) {
  if (!is_loopback_name(request.header("host"))) co_return RefusalCode::wrong_origin;
  co_return kScreenTopic;
}

}  // namespace

void add_routes(http::Router& router, Desk& desk, StaffBell& bell, Screen& screen,
                OfficeLink& link) {
  const auto add = [&router](Method method, const char* pattern, http::Handler handler) {
    router.add(method, pattern, Access::open, guarded(std::move(handler)));
  };
  add(Method::get, "/api/state", [&screen](http::Request) { return state(screen); });
  add(Method::get, "/api/office", [&link](http::Request) { return office(link); });
  add(Method::post, "/api/walk-in",
      [&desk](http::Request request) { return walk_in(desk, std::move(request)); });
  add(Method::post, "/api/check-in",
      [&desk](http::Request request) { return check_in(desk, std::move(request)); });
  add(Method::post, "/api/print-answer",
      [&desk](http::Request request) { return print_answer(desk, std::move(request)); });
  add(Method::post, "/api/staff-call",
      [&bell](http::Request request) { return staff_call(bell, std::move(request)); });
  add(Method::get, "/healthz", [](http::Request) { return health(); });
  add(Method::get, "/readyz",
      [&link](http::Request request) { return readiness(link, std::move(request)); });
  router.add_socket("/api/live", Access::open, live_topic);
}

}  // namespace matanai::kiosk
