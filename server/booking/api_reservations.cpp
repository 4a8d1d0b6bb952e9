// Reservations: create, show, cancel, calendar file.
#include <algorithm>
#include <array>

#include "server/booking/api_state.hpp"
#include "server/booking/present.hpp"
#include "server/booking/store.hpp"

namespace matanai::booking {

// What a repeated request gets again; the rest is read from the row, the secrets are derived.
struct KeptReservation {
  ReservationId id;
  std::string state;
  bool cancellable = false;
};
BOOST_DESCRIBE_STRUCT(KeptReservation, (), (id, state, cancellable))

namespace {

using boost::asio::awaitable;

constexpr std::size_t kLongestPhone =
    30;  // characters of openapi.yaml; bytes are counted as three each
constexpr std::size_t kLongestMail = 254;
constexpr std::size_t kBytesPerCharacter = 3;

void read_contact(const std::optional<std::string>& typed, const char* pointer, ContactKind kind,
                  std::size_t longest, std::vector<NormalContact>& out,
                  std::vector<FieldError>& errors) {
  if (!typed || typed->empty()) return;
  if (typed->size() > longest * kBytesPerCharacter) {
    errors.push_back({pointer, "too_long"});
    return;
  }
  auto text = kind == ContactKind::phone ? normalise_phone(*typed) : normalise_mail(*typed);
  if (text) {
    out.push_back({kind, std::move(*text)});
  } else {
    errors.push_back({pointer, "bad_format"});
  }
}

// Refusals: invalid_fields, hold_not_found.
Result<BookOrder> read_order(const Api& api, const messages::ReservationRequest& body) {
  BookOrder order;
  std::vector<FieldError> errors;
  order.locale = locale_from_tag(body.locale, Locale::ja);
  if (tag_of(order.locale) != body.locale) errors.push_back({"/locale", "bad_format"});
  if (body.contact) {
    read_contact(body.contact->phone, "/contact/phone", ContactKind::phone, kLongestPhone,
                 order.contacts, errors);
    read_contact(body.contact->mail, "/contact/mail", ContactKind::mail, kLongestMail,
                 order.contacts, errors);
  }
  for (const auto help : body.help.value_or(std::vector<Help>{})) {
    if (std::ranges::find(order.help, help) == order.help.end()) order.help.push_back(help);
  }
  if (!errors.empty()) return Refusal(RefusalCode::invalid_fields, std::move(errors));
  const auto hold = api.secrets.hold_of(body.hold);
  if (!hold) return Refusal(RefusalCode::hold_not_found);
  order.hold = *hold;
  for (std::size_t i = 0; i < kCodeDraws; ++i) {
    std::array<std::uint8_t, 4> bytes{};
    api.services.random(bytes);
    order.code_draws.push_back(std::uint32_t{bytes[0]} << 24 | std::uint32_t{bytes[1]} << 16 |
                               std::uint32_t{bytes[2]} << 8 | bytes[3]);
  }
  return order;
}

messages::Reservation present(db::Transaction& tx, const Api& api, const Reservation& row,
                              Instant now) {
  return present_reservation(api.services.directory, api.secrets, row, store::contacts(tx, row.id),
                             now);
}

KeptReservation kept(const Reservation& row, Instant now) {
  return {row.id, std::string(name_of(row.state)), is_cancellable(row, now)};
}

// The first answer again, rebuilt.
Result<messages::Reservation> present_kept(db::Transaction& tx, const Api& api,
                                           const KeptReservation& kept, Instant now) {
  const auto row = store::find(tx, kept.id);
  if (!row || !row->code) return Refusal(RefusalCode::reservation_not_found);
  auto message = present(tx, api, *row, now);
  message.state = kept.state;
  message.cancellable = kept.cancellable;
  return message;
}

Result<messages::Reservation> book_once(db::Transaction& tx, const Api& api, const db::OnceKey& key,
                                        const BookOrder& order) {
  const auto now = api.now();
  const auto stored = once_kept<KeptReservation>(tx, key, now, [&]() -> Result<KeptReservation> {
    auto row = book(tx, api.rooms(), order, now);
    if (row.has_error()) return row.error();
    return kept(*row, now);
  });
  if (stored.has_error()) return stored.error();
  return present_kept(tx, api, *stored, now);
}

awaitable<http::Response> create_reservation(ApiPtr api, http::Request request) {
  const auto key = once_key(request);
  if (key.has_error()) co_return http::problem(request, key.error());
  const auto body = http::read_body<messages::ReservationRequest>(request);
  if (body.has_error()) co_return http::problem(request, body.error());
  const auto order = read_order(*api, *body);
  if (order.has_error()) co_return http::problem(request, order.error());
  const auto booked = co_await api->services.db.write<messages::Reservation>(
      [api, key = *key, order = *order](db::Transaction& tx) {
        return book_once(tx, *api, key, order);
      });
  co_return http::answer(request, booked, 201);
}

// A refusal of proof travels as a value, so that the failed try is committed.
template <class T>
struct Committed {
  std::optional<T> value;
  std::optional<Refusal> refusal;
};

template <class T>
Result<T> taken_out(const Result<Committed<T>>& committed) {
  if (committed.has_error()) return committed.error();
  if (committed->refusal) return *committed->refusal;
  return committed->value.value();
}

struct Asked {
  Proof proof;
  std::string remote_address;
};

Result<Asked> read_asked(const http::Request& request) {
  const auto body = http::read_body<messages::ReservationProof>(request);
  if (body.has_error()) return body.error();
  auto proof = read_proof(*body);
  if (proof.has_error()) return proof.error();
  return Asked{*std::move(proof), request.remote_address};
}

// Runs `use` on the proven reservation. A proof by secret writes nothing; one by code may count a
// try.
template <class T>
awaitable<Result<T>> with_proven(
    ApiPtr api, Asked asked, bool is_write,
    std::function<Result<T>(db::Transaction&, const Reservation&, Instant)> use) {
  const std::function<Result<Committed<T>>(db::Transaction&)> work =
      [api, asked, use](db::Transaction& tx) -> Result<Committed<T>> {
    const auto now = api->now();
    auto proven =
        prove(tx, api->secrets, asked.proof, asked.remote_address, api->services.proof_limits, now);
    if (proven.refusal) return Committed<T>{std::nullopt, std::move(proven.refusal)};
    auto used = use(tx, *proven.reservation, now);
    if (used.has_error()) return used.error();
    return Committed<T>{*std::move(used), std::nullopt};
  };
  auto& db = api->services.db;
  const bool is_read = !is_write && !asked.proof.secret.empty();
  if (is_read) co_return taken_out(co_await db.template read<Committed<T>>(work));
  co_return taken_out(co_await db.template write<Committed<T>>(work));
}

awaitable<http::Response> show_reservation(ApiPtr api, http::Request request) {
  const auto asked = read_asked(request);
  if (asked.has_error()) co_return http::problem(request, asked.error());
  const auto shown = co_await with_proven<messages::Reservation>(
      api, *asked, false,
      [api](db::Transaction& tx, const Reservation& row,
            Instant now) -> Result<messages::Reservation> { return present(tx, *api, row, now); });
  co_return http::answer(request, shown);
}

Result<messages::Reservation> cancel_once(db::Transaction& tx, const Api& api,
                                          const db::OnceKey& key, const ReservationId& id,
                                          Instant now) {
  const auto stored = once_kept<KeptReservation>(tx, key, now, [&]() -> Result<KeptReservation> {
    auto row = cancel(tx, api.rooms(), id, now);
    if (row.has_error()) return row.error();
    return kept(*row, now);
  });
  if (stored.has_error()) return stored.error();
  return present_kept(tx, api, *stored, now);
}

awaitable<http::Response> cancel_reservation(ApiPtr api, http::Request request) {
  const auto key = once_key(request);
  if (key.has_error()) co_return http::problem(request, key.error());
  const auto asked = read_asked(request);
  if (asked.has_error()) co_return http::problem(request, asked.error());
  const auto cancelled = co_await with_proven<messages::Reservation>(
      api, *asked, true,
      [api, key = *key](db::Transaction& tx, const Reservation& row, Instant now) {
        return cancel_once(tx, *api, key, row.id, now);
      });
  co_return http::answer(request, cancelled);
}

awaitable<http::Response> reservation_calendar(ApiPtr api, http::Request request) {
  const auto asked = read_asked(request);
  if (asked.has_error()) co_return http::problem(request, asked.error());
  const auto file = co_await with_proven<std::string>(
      api, *asked, false,
      [api](db::Transaction&, const Reservation& row, Instant) -> Result<std::string> {
        return calendar_file(
            calendar_event(api->services.directory, row, api->services.public_url));
      });
  if (file.has_error()) co_return http::problem(request, file.error());
  http::Response response;
  response.headers.emplace_back("Content-Type", "text/calendar; charset=utf-8");
  response.headers.emplace_back("Content-Disposition", "attachment; filename=\"reservation.ics\"");
  response.headers.emplace_back("Cache-Control", "no-store");
  response.body = std::make_shared<const std::string>(*file);
  co_return response;
}

}  // namespace

void add_reservation_routes(http::Router& router, const ApiPtr& api) {
  using http::Access;
  using http::Method;
  router.add(Method::post, "/api/v1/reservations", Access::open, bind(api, create_reservation));
  router.add(Method::post, "/api/v1/reservations/show", Access::open, bind(api, show_reservation));
  router.add(Method::post, "/api/v1/reservations/cancel", Access::open,
             bind(api, cancel_reservation));
  router.add(Method::post, "/api/v1/reservations/calendar", Access::open,
             bind(api, reservation_calendar));
}

}  // namespace matanai::booking
