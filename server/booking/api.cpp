#include "server/booking/api.hpp"

#include <algorithm>

#include "server/booking/api_state.hpp"

namespace matanai::booking {

Result<db::OnceKey> once_key(const http::Request& request) {
  const auto key = request.header("idempotency-key");
  if (key.empty()) return Refusal(RefusalCode::idempotency_key_missing);
  const bool is_visible = std::ranges::all_of(key, [](char c) { return c > ' ' && c < 0x7F; });
  if (key.size() < 8 || key.size() > 200 || !is_visible)
    return invalid("Idempotency-Key", "bad_format");
  return db::OnceKey{"web", std::string(key), db::hash_request("POST", request.path, request.body)};
}

void add_routes(http::Router& router, BookingServices services) {
  const auto api = std::make_shared<Api>(std::move(services));
  add_office_routes(router, api);
  add_hold_routes(router, api);
  add_reservation_routes(router, api);
}

}  // namespace matanai::booking
