#include "server/staff/api.hpp"

#include <utility>

#include "schema/types/messages_staff.hpp"
#include "server/db/server_key.hpp"
#include "server/http/address.hpp"
#include "server/staff/password.hpp"
#include "server/staff/store.hpp"

namespace matanai::staff {
namespace {

using boost::asio::awaitable;
using http::Request;
using http::Response;

constexpr int kForgottenAtOnce = 200;

messages::StaffSession session_message(const Account& account) {
  return {account.name, account.display_name, account.office, account.must_change_password};
}

// One try at a password of one name from one network.
std::string try_key(const std::string& name, const Request& request) {
  return name + "\n" + http::network_of(request.remote_address);
}

Result<messages::SignIn> read_sign_in(const Request& request) {
  auto body = http::read_body<messages::SignIn>(request);
  if (body.has_error()) return body;
  std::vector<FieldError> errors;
  if (body->name.size() > kLongestName) errors.push_back({"/name", "too_long"});
  if (body->password.size() > kLongestPassword) errors.push_back({"/password", "too_long"});
  if (!errors.empty()) return Refusal(RefusalCode::invalid_fields, std::move(errors));
  body->name = to_login_name(body->name);
  return body;
}

Result<messages::PasswordChange> read_password_change(const Request& request) {
  auto body = http::read_body<messages::PasswordChange>(request);
  if (body.has_error()) return body;
  std::vector<FieldError> errors;
  if (body->old_password.size() > kLongestPassword) errors.push_back({"/old_password", "too_long"});
  if (body->new_password.size() > kLongestPassword) errors.push_back({"/new_password", "too_long"});
  if (!errors.empty()) return Refusal(RefusalCode::invalid_fields, std::move(errors));
  return body;
}

awaitable<Result<std::optional<Account>>> find(db::Database& database, std::string name) {
  return database.read<std::optional<Account>>(
      [name](db::Transaction& tx) -> Result<std::optional<Account>> {
        return find_account(tx, name);
      });
}

// One write for a wrong password and for an unknown name. The latter is not kept: anyone can invent
// names for ever, and some type their password there.
awaitable<Result<bool>> note_failure(Services& services, std::optional<Account> account,
                                     std::string network) {
  return services.database.write<bool>(
      [account, network, now = services.clock.now()](db::Transaction& tx) -> Result<bool> {
        if (account)
          append_audit(tx, {now, account->name, "sign_in_failed", account->office, network});
        else
          count_guess(tx, now, network);
        return true;
      });
}

// The account of that name, if there is one, and whether the password fits. Refusals:
// too_many_requests, storage_unavailable.
struct Checked {
  std::optional<Account> account;
  bool fits = false;
};
awaitable<Result<Checked>> check(Services& services, std::string address, std::string name,
                                 std::string password) {
  auto account = co_await find(services.database, name);
  if (account.has_error()) co_return account.error();
  std::optional<std::string> hash;
  if (*account) hash = (*account)->password_hash;
  auto fits = co_await services.desk.check(address, std::move(password), std::move(hash));
  if (fits.has_error()) co_return fits.error();
  co_return Checked{*std::move(account), *fits};
}

// The account, when name and password fit. Refusals: too_many_sign_ins, too_many_requests,
// bad_credentials, storage_unavailable.
awaitable<Result<Account>> prove(Services& services, Request request, std::string name,
                                 std::string password) {
  const std::string key = try_key(name, request);
  if (!services.tries.begin(key, services.clock.now()))
    co_return Refusal(RefusalCode::too_many_sign_ins).with("retry_after_s", "900");
  auto checked = co_await check(services, request.remote_address, name, std::move(password));
  if (checked.has_error()) {
    services.tries.give_back(key);
    co_return checked.error();
  }
  if (!checked->fits) {
    auto noted =
        co_await note_failure(services, checked->account, http::network_of(request.remote_address));
    if (noted.has_error()) co_return noted.error();
    co_return Refusal(RefusalCode::bad_credentials);
  }
  services.tries.succeeded(key);
  co_return *std::move(checked->account);
}

awaitable<Response> sign_in(Services& services, Request request) {
  auto body = read_sign_in(request);
  if (body.has_error()) co_return http::problem(request, body.error());
  auto account = co_await prove(services, request, body->name, body->password);
  if (account.has_error()) co_return http::problem(request, account.error());
  const std::string token = make_session_token();
  const Instant now = services.clock.now();
  auto stored = co_await services.database.write<bool>(
      [hash = db::hash_secret(token), name = account->name, proven = account->password_hash,
       office = account->office, network = http::network_of(request.remote_address),
       now](db::Transaction& tx) -> Result<bool> {
        const auto current = find_account(tx, name);
        if (!current || current->password_hash != proven)
          return Refusal(RefusalCode::bad_credentials);
        delete_dead_sessions(tx, now);
        insert_session(tx, hash, name, now);
        append_audit(tx, {now, name, "signed_in", office, network});
        forget_old_audit(tx, kForgottenAtOnce);
        return true;
      });
  if (stored.has_error()) co_return http::problem(request, stored.error());
  co_return Response::json(write_json(session_message(*account)))
      .with("Set-Cookie", services.cookies.set_session(token));
}

awaitable<Response> who_am_i(Services& services, Request request) {
  auto account = co_await find(services.database, request.identity.id);
  if (account.has_error()) co_return http::problem(request, account.error());
  if (!*account) co_return http::problem(request, RefusalCode::not_signed_in);
  co_return Response::json(write_json(session_message(**account)));
}

awaitable<Response> sign_out(Services& services, Request request) {
  const auto cookie = request.cookies.find(services.cookies.session_name());
  if (cookie != request.cookies.end() && !cookie->second.empty()) {
    auto ended = co_await services.database.write<bool>(
        [hash = db::hash_secret(cookie->second),
         now = services.clock.now()](db::Transaction& tx) -> Result<bool> {
          const auto session = find_session(tx, hash);
          if (!session) return false;
          delete_session(tx, hash);
          append_audit(tx, {now, session->account.name, "signed_out", session->account.office, ""});
          return true;
        });
    services.sessions_ended();
    if (ended.has_error()) co_return http::problem(request, ended.error());
  }
  co_return Response::no_content().with("Set-Cookie", services.cookies.clear_session());
}

awaitable<Response> change_password(Services& services, Request request) {
  auto body = read_password_change(request);
  if (body.has_error()) co_return http::problem(request, body.error());
  const std::string name = request.identity.id;
  auto account = co_await prove(services, request, name, body->old_password);
  if (account.has_error()) co_return http::problem(request, account.error());
  if (is_weak_password(body->new_password, name) || body->new_password == body->old_password) {
    co_return http::problem(request, RefusalCode::weak_password);
  }
  auto hash = co_await services.desk.make_hash(request.remote_address, body->new_password);
  if (hash.has_error()) co_return http::problem(request, hash.error());
  auto stored = co_await services.database.write<bool>(
      [name, proven = account->password_hash, hash = *hash, kept = request.identity.session,
       office = account->office, now = services.clock.now()](db::Transaction& tx) -> Result<bool> {
        const auto current = find_account(tx, name);
        if (!current || current->password_hash != proven)
          return Refusal(RefusalCode::bad_credentials);
        set_password(tx, name, hash, /*must_change=*/false, now);
        delete_other_sessions(tx, name, kept);
        append_audit(tx, {now, name, "password_changed", office, ""});
        return true;
      });
  services.sessions_ended();
  if (stored.has_error()) co_return http::problem(request, stored.error());
  co_await services.desk.forget_first(services.first_passwords, name);
  co_return Response::no_content();
}

awaitable<Response> open_device_session(Services& services, Request request) {
  auto body = http::read_body<messages::DeviceKey>(request);
  if (body.has_error()) co_return http::problem(request, body.error());
  auto device = co_await services.database.read<Device>(
      [hash = db::hash_secret(body->key)](db::Transaction& tx) -> Result<Device> {
        auto found = find_device(tx, hash);
        if (!found) return Refusal(RefusalCode::unknown_device);
        return *std::move(found);
      });
  if (device.has_error()) co_return http::problem(request, device.error());
  const messages::Device message{device->id, device->office, device->kind};
  co_return Response::json(write_json(message))
      .with("Set-Cookie", services.cookies.set_device(body->key));
}

awaitable<Response> which_device(Services&, Request request) {
  const messages::Device message{request.identity.id, request.identity.office,
                                 request.identity.role};
  co_return Response::json(write_json(message));
}

using Endpoint = awaitable<Response> (*)(Services&, Request);

http::Handler with(Services& services, Endpoint endpoint) {
  return [&services, endpoint](Request request) { return endpoint(services, std::move(request)); };
}

}  // namespace

void add_routes(http::Router& router, Services& services) {
  using http::Access;
  using http::Method;
  const std::string session = "/api/v1/staff/session";
  router.add(Method::post, session, Access::open, with(services, sign_in));
  router.add(Method::get, session, Access::signed_in, with(services, who_am_i));
  router.add(Method::del, session, Access::open, with(services, sign_out));
  router.add(Method::post, "/api/v1/staff/password", Access::signed_in,
             with(services, change_password));
  router.add(Method::post, "/api/v1/devices/session", Access::open,
             with(services, open_device_session));
  router.add(Method::get, "/api/v1/devices/session", Access::device, with(services, which_device));
}

}  // namespace matanai::staff
