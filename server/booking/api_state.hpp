// What the endpoints of booking share. Private to api*.cpp. `hold_rate` belongs to the network
// thread, the rest is read-only.
#pragma once

#include <memory>
#include <string_view>
#include <utility>

#include "server/booking/api.hpp"
#include "server/booking/commands.hpp"
#include "server/booking/secrets.hpp"
#include "server/db/once.hpp"
#include "server/http/rate_limit.hpp"

namespace matanai::booking {

struct Api {
  static constexpr double kHoldBurst = 120;
  static constexpr double kHoldsPerMinute = 60;

  explicit Api(BookingServices given) : services(std::move(given)), secrets(services.key) {}

  Rooms rooms() const { return {services.directory, secrets, services.on_change}; }
  Instant now() const { return services.clock.now(); }

  BookingServices services;
  Secrets secrets;
  http::RateLimit hold_rate{kHoldBurst, kHoldsPerMinute};
};
using ApiPtr = std::shared_ptr<Api>;

// Calls a coroutine function with the shared state: router.add(…, bind(api, &create_hold)).
using Endpoint = boost::asio::awaitable<http::Response> (*)(ApiPtr, http::Request);
inline http::Handler bind(const ApiPtr& api, Endpoint endpoint) {
  return [api, endpoint](http::Request request) { return endpoint(api, std::move(request)); };
}

void add_office_routes(http::Router& router, const ApiPtr& api);
void add_hold_routes(http::Router& router, const ApiPtr& api);
void add_reservation_routes(http::Router& router, const ApiPtr& api);

// The Idempotency-Key of a command, 8–200 visible ASCII characters. Refusals:
// idempotency_key_missing, invalid_fields.
Result<db::OnceKey> once_key(const http::Request& request);

// db::once with a described struct as what is kept (nothing secret or personal belongs into it).
template <class Kept>
Result<Kept> once_kept(db::Transaction& tx, const db::OnceKey& key, Instant now,
                       const std::function<Result<Kept>()>& work) {
  auto text = db::once(tx, key, now, [&](db::Transaction&) -> Result<std::string> {
    auto kept = work();
    if (kept.has_error()) return kept.error();
    return write_json(*kept);
  });
  if (text.has_error()) return text.error();
  return read_json<Kept>(*text);
}

inline Refusal invalid(std::string pointer, std::string code) {
  return Refusal(RefusalCode::invalid_fields, {{std::move(pointer), std::move(code)}});
}

}  // namespace matanai::booking
