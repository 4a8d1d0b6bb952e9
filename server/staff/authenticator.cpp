#include "server/staff/authenticator.hpp"

#include <algorithm>
#include <chrono>
#include <utility>

#include "server/db/server_key.hpp"

namespace matanai::staff {
namespace {

constexpr Millis kKept = std::chrono::seconds(30);      // in memory before it is read again
constexpr Millis kSeenStep = std::chrono::seconds(60);  // how exactly the latest request is stored
constexpr std::string_view kScheme = "Device ";
constexpr std::size_t kLongestSecret = 128;

std::string cookie_of(const http::Request& request, std::string_view name) {
  const auto found = request.cookies.find(name);
  return found == request.cookies.end() || found->second.size() > kLongestSecret ? std::string()
                                                                                 : found->second;
}

// Of "Authorization: Device <key>".
std::string header_key(const http::Request& request) {
  const auto value = request.header("authorization");
  if (!value.starts_with(kScheme) || value.size() > kScheme.size() + kLongestSecret) return {};
  return std::string(value.substr(kScheme.size()));
}

// Clerks with a made-up password may do nothing but change it.
Result<http::Identity> admit(const Session& session, http::Access access) {
  if (session.account.must_change_password && access != http::Access::signed_in)
    return Refusal(RefusalCode::password_change_required);
  http::Identity out;
  out.kind = http::Identity::Kind::staff;
  out.id = session.account.name;
  out.name = session.account.display_name;
  out.office = session.account.office.value_or("");
  out.role = session.account.role;
  out.session = session.token_hash;
  return out;
}

http::Identity identity_of(const Device& device) {
  http::Identity out;
  out.kind = http::Identity::Kind::device;
  out.id = device.id;
  out.name = device.id;
  out.office = device.office;
  out.role = device.kind;
  return out;
}

}  // namespace

boost::asio::awaitable<Result<http::Identity>> StaffAuthenticator::authenticate(
    const http::Request& request, http::Access access) {
  std::string in_header = header_key(request);
  std::string session = cookie_of(request, cookies_.session_name());
  std::string in_cookie = cookie_of(request, cookies_.device_name());
  if (access == http::Access::open) co_return http::Identity{};
  if (access == http::Access::staff || access == http::Access::signed_in)
    co_return co_await by_session(std::move(session), access);
  if (!in_header.empty()) co_return co_await by_key(std::move(in_header));
  if (access == http::Access::device) co_return co_await by_key(std::move(in_cookie));
  if (in_cookie.empty()) co_return co_await by_session(std::move(session), access);
  if (session.empty()) co_return co_await by_key(std::move(in_cookie));
  auto staff = co_await by_session(std::move(session), access);  // a clerk at a hall's browser
  if (staff.has_value()) co_return staff;
  co_return co_await by_key(std::move(in_cookie));
}

boost::asio::awaitable<Result<http::Identity>> StaffAuthenticator::by_session(std::string token,
                                                                              http::Access access) {
  if (token.empty()) co_return Refusal(RefusalCode::not_signed_in);
  std::string hash = db::hash_secret(token);
  const Instant now = clock_.now();
  auto known = sessions_.find(hash);
  if (known == sessions_.end() || now - known->second.read_at >= kKept) {
    auto loaded = co_await load(hash);
    if (loaded.has_error()) co_return loaded.error();
    known = sessions_.find(hash);
    if (known == sessions_.end()) {  // something ended sessions meanwhile: true now, but not kept
      if (!is_session_alive(loaded->created_at, loaded->last_seen_at, now))
        co_return Refusal(RefusalCode::not_signed_in);
      co_return admit(*loaded, access);
    }
  }
  KnownSession& found = known->second;
  if (!is_session_alive(found.session.created_at, found.seen_at, now)) {
    sessions_.erase(known);
    co_return Refusal(RefusalCode::not_signed_in);
  }
  found.seen_at = now;
  auto identity = admit(found.session, access);
  if (now - found.written_at >= kSeenStep) {
    found.written_at = now;
    co_await write_seen(std::move(hash));
  }
  co_return identity;
}

boost::asio::awaitable<Result<Session>> StaffAuthenticator::load(std::string token_hash) {
  const auto generation = generation_;
  auto found =
      co_await database_.read<Session>([token_hash](db::Transaction& tx) -> Result<Session> {
        auto session = find_session(tx, token_hash);
        if (!session) return Refusal(RefusalCode::not_signed_in);
        return *std::move(session);
      });
  if (found.has_error()) {
    if (found.error().code == RefusalCode::not_signed_in) sessions_.erase(token_hash);
    co_return found;
  }
  if (generation == generation_) remember(*found, clock_.now());
  co_return found;
}

void StaffAuthenticator::remember(const Session& session, Instant now) {
  auto& known = sessions_[session.token_hash];
  known.session = session;
  known.read_at = now;
  known.seen_at = std::max(known.seen_at, session.last_seen_at);
  known.written_at = std::max(known.written_at, session.last_seen_at);
  std::erase_if(sessions_, [&](const auto& entry) {
    return !is_session_alive(entry.second.session.created_at, entry.second.seen_at, now) &&
           entry.first != session.token_hash;
  });
}

// A clerk is not sent away because this could not be stored.
boost::asio::awaitable<void> StaffAuthenticator::write_seen(std::string token_hash) {
  const Instant now = clock_.now();
  co_await database_.write<bool>([token_hash, now](db::Transaction& tx) -> Result<bool> {
    touch_session(tx, token_hash, now);
    return true;
  });
}

boost::asio::awaitable<Result<http::Identity>> StaffAuthenticator::by_key(std::string key) {
  if (key.empty()) co_return Refusal(RefusalCode::unknown_device);
  const std::string hash = db::hash_secret(key);
  const Instant now = clock_.now();
  const auto known = devices_.find(hash);
  if (known != devices_.end() && now - known->second.read_at < kKept)
    co_return identity_of(known->second.device);
  auto found = co_await database_.read<Device>([hash](db::Transaction& tx) -> Result<Device> {
    auto device = find_device(tx, hash);
    if (!device) return Refusal(RefusalCode::unknown_device);
    return *std::move(device);
  });
  if (found.has_error()) {
    if (found.error().code == RefusalCode::unknown_device) devices_.erase(hash);
    co_return found.error();
  }
  devices_[hash] = {*found, now};
  co_return identity_of(*found);
}

boost::asio::awaitable<Result<std::set<std::string>>> StaffAuthenticator::ended_of(
    std::set<std::string> sessions) {
  auto stored = co_await database_.read<std::vector<Session>>(
      [sessions](db::Transaction& tx) -> Result<std::vector<Session>> {
        std::vector<Session> found;
        for (const auto& hash : sessions) {
          if (auto session = find_session(tx, hash)) found.push_back(*std::move(session));
        }
        return found;
      });
  if (stored.has_error()) co_return stored.error();
  const Instant now = clock_.now();
  for (const auto& session : *stored) {
    const auto known = sessions_.find(session.token_hash);
    const Instant seen = known == sessions_.end()
                             ? session.last_seen_at
                             : std::max(session.last_seen_at, known->second.seen_at);
    if (is_session_alive(session.created_at, seen, now)) sessions.erase(session.token_hash);
  }
  co_return sessions;
}

void StaffAuthenticator::forget_sessions() {
  ++generation_;
  // The latest requests stay known, so that nobody's idle time starts a minute early; the rest is
  // read again.
  for (auto& [hash, known] : sessions_) known.read_at = Instant{};
}

}  // namespace matanai::staff
