#include "server/floor/api.hpp"

#include <charconv>

#include "server/db/once.hpp"
#include "server/floor/arrival.hpp"
#include "server/floor/boards.hpp"
#include "server/floor/clocks.hpp"
#include "server/floor/commands.hpp"
#include "server/floor/issue.hpp"
#include "server/floor/pages.hpp"
#include "server/floor/printer_calls.hpp"
#include "server/floor/staff_calls.hpp"
#include "server/floor/store.hpp"

namespace matanai::floor {
namespace {

using boost::asio::awaitable;
using db::Transaction;
using http::Access;
using http::Method;
using http::Request;
using http::Response;

constexpr std::size_t kLongestName = 64;

OfficeId office_of(const Request& request) { return OfficeId(request.parameter("office")); }

// Staff and devices act in their own office; those without one in every office.
Result<OfficeId> own_office(const Request& request, const Context& context) {
  OfficeId office = office_of(request);
  if (!context.directory.find_office(office)) return Refusal(RefusalCode::unknown_office);
  const auto& identity = request.identity;
  if (!identity.office.empty() && identity.office != office.value)
    return Refusal(RefusalCode::forbidden);
  return office;
}

// A hall display's key stands in a public browser: it shows, it does not issue.
bool may_issue(const http::Identity& identity) {
  return identity.kind == http::Identity::Kind::staff || identity.role == "kiosk";
}

Clerk clerk_of(const Request& request) { return {request.identity.id, request.identity.name}; }

db::OnceKey once_key(const Request& request) {
  return {request.identity.id, std::string(request.header("idempotency-key")),
          db::hash_request(http::method_name(request.method), request.path, request.body)};
}

std::optional<std::int64_t> query_number(const Request& request, std::string_view name,
                                         std::int64_t fallback, std::int64_t low,
                                         std::int64_t high) {
  const auto text = request.query_value(name);
  if (text.empty()) return fallback;
  std::int64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size() || value < low || value > high)
    return std::nullopt;
  return value;
}

Refusal bad_query(std::string name) {
  return Refusal(RefusalCode::invalid_fields, {{std::move(name), "out_of_range"}});
}

Result<void> check_names(const std::string& issuer, const std::string& message_id) {
  std::vector<FieldError> errors;
  if (issuer.empty() || issuer.size() > kLongestName) errors.push_back({"/issuer", "too_long"});
  if (message_id.empty() || message_id.size() > kLongestName)
    errors.push_back({"/message_id", "too_long"});
  if (!errors.empty()) return Refusal(RefusalCode::invalid_fields, std::move(errors));
  return {};
}

template <class Body>
struct Order {
  OfficeId office;
  Body body;
};

// What is wanted in which office. Refusals: unknown_office, forbidden, those of the body.
template <class Body>
Result<Order<Body>> read_order(const Request& request, const Context& context) {
  auto office = own_office(request, context);
  if (office.has_error()) return office.error();
  auto body = http::read_body<Body>(request);
  if (body.has_error()) return body.error();
  if constexpr (requires { body->message_id; }) {
    if (auto names = check_names(body->issuer, body->message_id); names.has_error())
      return names.error();
    body->issuer = request.identity.id;  // a message id is unique per sender
  }
  if (!may_issue(request.identity)) return Refusal(RefusalCode::forbidden);
  return Order<Body>{*std::move(office), *std::move(body)};
}

template <class T>
Result<std::string> as_json(const Result<T>& result) {
  if (result.has_error()) return result.error();
  return write_json(*result);
}

using Work = std::function<Result<std::string>(Transaction&, Instant)>;
// The answer anew from what once() kept.
using Retell = std::function<std::string(Transaction&, const std::string& kept)>;

// Does the work, or gives its first answer again, and pushes.
awaitable<Response> answer_once(Services services, Request request, OfficeId office, int status,
                                Work work, Retell retell = {}) {
  std::function<Result<std::string>(Transaction&)> in_transaction =
      [context = &services.context, key = once_key(request), work = std::move(work),
       retell = std::move(retell)](Transaction& tx) -> Result<std::string> {
    const auto now = context->clock.now();
    auto kept = db::once(tx, key, now, [&](Transaction& inner) { return work(inner, now); });
    if (kept.has_error() || !retell) return kept;
    return retell(tx, *kept);
  };
  auto answer = co_await services.database.write<std::string>(std::move(in_transaction));
  if (answer.has_error()) co_return http::problem(request, answer.error());
  services.publisher.changed(office);
  co_return Response::json(*std::move(answer), status);
}

// What once() keeps of an issued ticket: its token is a secret and is rebuilt, never stored.
struct KeptTicket {
  TicketId id;
  bool is_repeat = false;
};
BOOST_DESCRIBE_STRUCT(KeptTicket, (), (id, is_repeat))

template <class Body>
awaitable<Response> create(Services services, Request request,
                           Result<IssuedTicket> (*act)(Transaction&, const Context&,
                                                       const OfficeId&, const Body&,
                                                       const std::string&, Instant)) {
  auto order = read_order<Body>(request, services.context);
  if (order.has_error()) co_return http::problem(request, order.error());
  const auto* context = &services.context;
  Work work = [context, order = *order, actor = request.identity.id, act](
                  Transaction& tx, Instant now) -> Result<std::string> {
    const auto issued = act(tx, *context, order.office, order.body, actor, now);
    if (issued.has_error()) return issued.error();
    return write_json(KeptTicket{issued->id, issued->is_repeat});
  };
  Retell retell = [context](Transaction& tx, const std::string& kept) {
    const auto ticket = *read_json<KeptTicket>(kept);
    return write_json(issued_ticket(tx, *context, ticket.id, ticket.is_repeat));
  };
  co_return co_await answer_once(services, std::move(request), order->office, 201, std::move(work),
                                 std::move(retell));
}

awaitable<Response> move(Services services, Request request) {
  auto order = read_order<MoveRequest>(request, services.context);
  if (order.has_error()) co_return http::problem(request, order.error());
  Work work = [context = &services.context, order = *order](Transaction& tx, Instant now) {
    return as_json(move_reservation(tx, *context, order.office, order.body, now));
  };
  co_return co_await answer_once(services, std::move(request), order->office, 200, std::move(work));
}

awaitable<Response> command(Services services, Request request) {
  auto order = read_order<WindowCommand>(request, services.context);
  if (order.has_error()) co_return http::problem(request, order.error());
  const WindowId window(std::to_string(request.int_parameter("window")));
  Work work = [context = &services.context, order = *order, window, clerk = clerk_of(request)](
                  Transaction& tx, Instant now) -> Result<std::string> {
    const auto done = apply_command(tx, *context, order.office, window, order.body, clerk, now);
    if (done.has_error()) return done.error();
    return write_json(read_window(tx, *context, order.office, window, now));
  };
  co_return co_await answer_once(services, std::move(request), order->office, 200, std::move(work));
}

awaitable<Response> call(Services services, Request request) {
  auto order = read_order<StaffCallRequest>(request, services.context);
  if (order.has_error()) co_return http::problem(request, order.error());
  Work work = [context = &services.context, order = *order](Transaction& tx, Instant now) {
    return as_json(call_staff(tx, *context, order.office, order.body, now));
  };
  co_return co_await answer_once(services, std::move(request), order->office, 201, std::move(work));
}

constexpr std::int64_t kMostMetres = 100'000;

Result<void> check_report(const PrinterReport& report) {
  std::vector<FieldError> errors;
  if (report.model.size() > kLongestName) errors.push_back({"/model", "too_long"});
  if (report.paper_metres < 0 || report.paper_metres > kMostMetres)
    errors.push_back({"/paper_metres", "out_of_range"});
  if (!errors.empty()) return Refusal(RefusalCode::invalid_fields, std::move(errors));
  return {};
}

// The latest report counts, so a repeat needs no key.
awaitable<Response> report_printer(Services services, Request request) {
  auto order = read_order<PrinterReport>(request, services.context);
  if (order.has_error()) co_return http::problem(request, order.error());
  if (auto wrong = check_report(order->body); wrong.has_error())
    co_return http::problem(request, wrong.error());
  std::function<Result<FloorKiosk>(Transaction&)> work =
      [context = &services.context, order = *order, kiosk = request.identity.id](Transaction& tx) {
        return Result<FloorKiosk>(take_printer_report(tx, *context, order.office, kiosk, order.body,
                                                      context->clock.now()));
      };
  auto kiosk = co_await services.database.write<FloorKiosk>(std::move(work));
  if (kiosk.has_value()) services.publisher.changed(order->office);
  co_return http::answer(request, kiosk);
}

awaitable<Response> answer_call(Services services, Request request) {
  auto office = own_office(request, services.context);
  if (office.has_error()) co_return http::problem(request, office.error());
  std::function<Result<StaffCall>(Transaction&)> work =
      [context = &services.context, office = *office, id = request.int_parameter("call"),
       clerk = clerk_of(request)](Transaction& tx) {
        return answer_staff_call(tx, office, id, clerk, context->clock.now());
      };
  auto answer = co_await services.database.write<StaffCall>(std::move(work));
  if (answer.has_value()) services.publisher.changed(*office);
  co_return http::answer(request, answer);
}

// One frame outside the push, with the publisher's epoch and a seq of its own.
template <class Frame>
awaitable<Response> frame(Services services, Request request, OfficeId office,
                          Frame (*read)(Transaction&, const Context&, const OfficeId&, Instant)) {
  std::function<Result<Frame>(Transaction&)> work = [context = &services.context, office,
                                                     read](Transaction& tx) {
    return Result<Frame>(read(tx, *context, office, context->clock.now()));
  };
  auto result = co_await services.database.read<Frame>(std::move(work));
  if (result.has_value()) {
    result->epoch = services.publisher.epoch();
    result->seq = services.publisher.next_seq();
  }
  co_return http::answer(request, result);
}

awaitable<Response> board(Services services, Request request) {
  const auto office = office_of(request);
  if (!services.context.directory.find_office(office)) {
    co_return http::problem(request, Refusal(RefusalCode::unknown_office));
  }
  co_return co_await frame<Board>(services, std::move(request), office, &read_board);
}

awaitable<Response> floor_frame(Services services, Request request) {
  auto office = own_office(request, services.context);
  if (office.has_error()) co_return http::problem(request, office.error());
  co_return co_await frame<Floor>(services, std::move(request), *office, &read_floor);
}

awaitable<Response> events(Services services, Request request) {
  auto office = own_office(request, services.context);
  if (office.has_error()) co_return http::problem(request, office.error());
  const auto after = query_number(request, "after", 0, 0, std::numeric_limits<std::int64_t>::max());
  const auto limit = query_number(request, "limit", 200, 1, 1000);
  if (!after) co_return http::problem(request, bad_query("after"));
  if (!limit) co_return http::problem(request, bad_query("limit"));
  std::function<Result<EventList>(Transaction&)> work =
      [office = *office, after = *after, limit = static_cast<int>(*limit)](Transaction& tx) {
        return Result<EventList>(EventList{store::events_after(tx, office, after, limit)});
      };
  auto list = co_await services.database.read<EventList>(std::move(work));
  co_return http::answer(request, list);
}

awaitable<Response> waits(Services services, Request request) {
  auto office = own_office(request, services.context);
  if (office.has_error()) co_return http::problem(request, office.error());
  auto day = std::optional(local_day(services.context.clock.now()));
  if (const auto text = request.query_value("date"); !text.empty()) day = parse_day(text);
  if (!day) co_return http::problem(request, bad_query("date"));
  std::function<Result<WaitList>(Transaction&)> work = [office = *office,
                                                        day = *day](Transaction& tx) {
    const auto log = store::events_of_day(tx, office, day);
    return Result<WaitList>(WaitList{day, clocks_of(log, store::ticket_facts(tx, office, day))});
  };
  auto list = co_await services.database.read<WaitList>(std::move(work));
  co_return http::answer(request, list);
}

awaitable<Response> promises(Services services, Request request) {
  auto office = own_office(request, services.context);
  if (office.has_error()) co_return http::problem(request, office.error());
  const auto today = local_day(services.context.clock.now());
  std::function<Result<PromiseRecord>(Transaction&)> work = [office = *office,
                                                             today](Transaction& tx) {
    const auto from = today + std::chrono::days(1) - queue::KeptPromises::kRecord;
    const auto kept = store::kept_promises(tx, office, from, today + std::chrono::days(1));
    return Result<PromiseRecord>(PromiseRecord{from, today, static_cast<int>(kept.told()),
                                               kept.in_range(), kept.by_latest()});
  };
  auto record = co_await services.database.read<PromiseRecord>(std::move(work));
  co_return http::answer(request, record);
}

awaitable<Response> ticket(Services services, Request request) {
  std::function<Result<TicketStatus>(Transaction&)> work =
      [context = &services.context, token = request.parameter("token"), locale = request.locale()](
          Transaction& tx) { return ticket_status(tx, *context, token, locale); };
  auto status = co_await services.database.read<TicketStatus>(std::move(work));
  if (status.has_error()) co_return http::problem(request, status.error());
  co_return http::conditional_on(request, http::answer(request, status), etag_of(*status));
}

awaitable<Result<std::string>> follow(Services services, Request request,
                                      std::string (*topic)(const OfficeId&)) {
  auto office = own_office(request, services.context);
  if (office.has_error()) co_return office.error();
  co_return topic(*office);
}

}  // namespace

void add_routes(http::Router& router, const Services& services) {
  const std::string root = "/api/v1/offices/{office:slug}";
  router.add(Method::post, root + "/tickets", Access::staff_or_device, [services](Request request) {
    return create<TicketRequest>(services, std::move(request), &issue_ticket);
  });
  router.add(Method::post, root + "/check-ins", Access::staff_or_device,
             [services](Request request) {
               return create<CheckInRequest>(services, std::move(request), &check_in);
             });
  router.add(Method::post, root + "/moves", Access::staff_or_device,
             [services](Request request) { return move(services, std::move(request)); });
  router.add(Method::post, root + "/windows/{window:int}/commands", Access::staff,
             [services](Request request) { return command(services, std::move(request)); });
  router.add(Method::post, root + "/staff-calls", Access::device,
             [services](Request request) { return call(services, std::move(request)); });
  router.add(Method::post, root + "/printer-reports", Access::device,
             [services](Request request) { return report_printer(services, std::move(request)); });
  router.add(Method::post, root + "/staff-calls/{call:int}/answer", Access::staff,
             [services](Request request) { return answer_call(services, std::move(request)); });
  router.add(Method::get, root + "/board", Access::open,
             [services](Request request) { return board(services, std::move(request)); });
  router.add(Method::get, root + "/floor", Access::staff,
             [services](Request request) { return floor_frame(services, std::move(request)); });
  router.add(Method::get, root + "/events", Access::staff,
             [services](Request request) { return events(services, std::move(request)); });
  router.add(Method::get, root + "/promises", Access::staff,
             [services](Request request) { return promises(services, std::move(request)); });
  router.add(Method::get, root + "/waits", Access::staff,
             [services](Request request) { return waits(services, std::move(request)); });
  router.add(Method::get, "/api/v1/tickets/{token:token}", Access::open,
             [services](Request request) { return ticket(services, std::move(request)); });
  router.add_socket(root + "/board/live", Access::staff_or_device, [services](Request request) {
    return follow(services, std::move(request), &board_topic);
  });
  router.add_socket(root + "/floor/live", Access::staff, [services](Request request) {
    return follow(services, std::move(request), &floor_topic);
  });
  add_pages(router, services);
}

}  // namespace matanai::floor
