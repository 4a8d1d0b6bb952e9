// Holds: create, extend, release.
#include <algorithm>

#include "server/booking/api_state.hpp"
#include "server/booking/rules.hpp"
#include "server/booking/store.hpp"
#include "server/http/address.hpp"

namespace matanai::booking {

// What a repeated request gets again; the secret is derived from the id.
struct KeptHold {
  ReservationId id;
  OfficeId office;
  ServiceId service;
  Instant start{};
  Instant end{};
  Instant expires_at{};
  Instant extendable_until{};
};
BOOST_DESCRIBE_STRUCT(KeptHold, (), (id, office, service, start, end, expires_at, extendable_until))

struct KeptNothing {};
BOOST_DESCRIBE_STRUCT(KeptNothing, (), ())

namespace {

using boost::asio::awaitable;

KeptHold kept(const Reservation& row) {
  return {row.id,
          row.office,
          row.service,
          row.start,
          row.end,
          row.release_at.value(),
          std::min(row.held_at + kLongestHold, row.start)};
}

messages::Hold present(const Secrets& secrets, const KeptHold& hold) {
  return {secrets.hold_secret(hold.id),
          hold.office,
          hold.service,
          local_day(hold.start),
          to_wire(local_time_of_day(hold.start)),
          hold.start,
          hold.end,
          hold.expires_at,
          hold.extendable_until};
}

// The body as an order with a new id.
Result<HoldOrder> read_order(const Api& api, const messages::HoldRequest& body,
                             const std::string& network) {
  const auto time = parse_time_of_day(body.time);
  if (!time) return invalid("/time", "bad_format");
  HoldOrder order;
  order.id = ReservationId(db::random_id(api.services.random));
  order.office = body.office;
  order.service = body.service;
  order.day = body.date;
  order.time = *time;
  order.party = body.party.value_or(1);
  if (body.replaces) order.replaces = api.secrets.hold_of(*body.replaces);
  if (api.services.limit_rates) order.held_from = api.secrets.lookup("hold/network", network);
  order.share = api.services.hold_share;
  return order;
}

Result<messages::Hold> hold_once(db::Transaction& tx, const Api& api, const db::OnceKey& key,
                                 const HoldOrder& order) {
  const auto now = api.now();
  const auto stored = once_kept<KeptHold>(tx, key, now, [&]() -> Result<KeptHold> {
    auto row = hold(tx, api.services.directory, order, now);
    if (row.has_error()) return row.error();
    return kept(*row);
  });
  if (stored.has_error()) return stored.error();
  return present(api.secrets, *stored);
}

using NearTimes = std::vector<std::string>;  // "2026-11-24T10:30", the office's wall clock

// The free times nearest to the one that was full, looked up outside the writer.
Result<NearTimes> near_times(db::Transaction& tx, const Api& api, const HoldOrder& order) {
  const auto& directory = api.services.directory;
  const auto offer = find_offer(directory, order.office, order.service);
  if (offer.has_error()) return offer.error();
  const auto now = api.now();
  const auto wanted = instant_at(order.day, order.time);
  const auto first = instant_at(order.day - kNearestReach, TimeOfDay(0));
  const auto last = instant_at(order.day + kNearestReach + std::chrono::days(1), TimeOfDay(0));
  const auto usage = store::usage(tx, order.office, offer->service->group, first, last, now);
  NearTimes times;
  for (const auto& time : nearest(directory, *offer, wanted, order.channel, now, usage)) {
    times.push_back(to_wire(time.slot.day) + "T" + to_wire(time.slot.time));
  }
  return times;
}

Refusal slot_full(const Result<NearTimes>& times) {
  Refusal refusal(RefusalCode::slot_full);
  if (times.has_error()) return refusal;
  for (std::size_t i = 0; i < times->size(); ++i)
    refusal.with("nearest" + std::to_string(i + 1), (*times)[i]);
  return refusal;
}

awaitable<http::Response> create_hold(ApiPtr api, http::Request request) {
  const auto key = once_key(request);
  if (key.has_error()) co_return http::problem(request, key.error());
  const auto network = http::network_of(request.remote_address);
  if (api->services.limit_rates && !api->hold_rate.allow(network, api->now())) {
    co_return http::problem(request,
                            Refusal(RefusalCode::too_many_requests).with("retry_after_s", "10"));
  }
  const auto body = http::read_body<messages::HoldRequest>(request);
  if (body.has_error()) co_return http::problem(request, body.error());
  const auto order = read_order(*api, *body, network);
  if (order.has_error()) co_return http::problem(request, order.error());
  const auto held = co_await api->services.db.write<messages::Hold>(
      [api, key = *key, order = *order](db::Transaction& tx) {
        return hold_once(tx, *api, key, order);
      });
  if (held.has_error() && held.error().code == RefusalCode::slot_full) {
    const auto times = co_await api->services.db.read<NearTimes>(
        [api, order = *order](db::Transaction& tx) { return near_times(tx, *api, order); });
    co_return http::problem(request, slot_full(times));
  }
  co_return http::answer(request, held, 201);
}

// The id of the hold whose secret is in the body.
Result<ReservationId> read_secret(const Api& api, const http::Request& request) {
  const auto body = http::read_body<messages::HoldSecret>(request);
  if (body.has_error()) return body.error();
  auto id = api.secrets.hold_of(body->hold);
  if (!id) return Refusal(RefusalCode::hold_not_found);
  return *std::move(id);
}

Result<messages::Hold> extend_once(db::Transaction& tx, const Api& api, const db::OnceKey& key,
                                   const ReservationId& id) {
  const auto now = api.now();
  const auto stored = once_kept<KeptHold>(tx, key, now, [&]() -> Result<KeptHold> {
    auto row = extend(tx, api.services.directory, id, now);
    if (row.has_error()) return row.error();
    return kept(*row);
  });
  if (stored.has_error()) return stored.error();
  return present(api.secrets, *stored);
}

awaitable<http::Response> extend_hold(ApiPtr api, http::Request request) {
  const auto key = once_key(request);
  if (key.has_error()) co_return http::problem(request, key.error());
  const auto id = read_secret(*api, request);
  if (id.has_error()) co_return http::problem(request, id.error());
  const auto held = co_await api->services.db.write<messages::Hold>(
      [api, key = *key, id = *id](db::Transaction& tx) { return extend_once(tx, *api, key, id); });
  co_return http::answer(request, held);
}

Result<KeptNothing> release_once(db::Transaction& tx, const Api& api, const db::OnceKey& key,
                                 const ReservationId& id) {
  const auto now = api.now();
  return once_kept<KeptNothing>(tx, key, now, [&]() -> Result<KeptNothing> {
    release(tx, id, now);
    return KeptNothing{};
  });
}

awaitable<http::Response> release_hold(ApiPtr api, http::Request request) {
  const auto key = once_key(request);
  if (key.has_error()) co_return http::problem(request, key.error());
  const auto id = read_secret(*api, request);
  if (id.has_error()) co_return http::problem(request, id.error());
  const auto done = co_await api->services.db.write<KeptNothing>(
      [api, key = *key, id = *id](db::Transaction& tx) { return release_once(tx, *api, key, id); });
  if (done.has_error()) co_return http::problem(request, done.error());
  co_return http::Response::no_content();
}

}  // namespace

void add_hold_routes(http::Router& router, const ApiPtr& api) {
  using http::Access;
  using http::Method;
  router.add(Method::post, "/api/v1/holds", Access::open, bind(api, create_hold));
  router.add(Method::post, "/api/v1/holds/extend", Access::open, bind(api, extend_hold));
  router.add(Method::post, "/api/v1/holds/release", Access::open, bind(api, release_hold));
}

}  // namespace matanai::booking
