// Who is asking: clerks by the session cookie, kiosks and halls by their key. What was found is
// kept in memory for some seconds, so that a request does not usually read the database. Network
// thread only.
#pragma once

#include <boost/asio/awaitable.hpp>
#include <cstdint>
#include <map>
#include <set>
#include <string>

#include "server/db/database.hpp"
#include "server/http/router.hpp"
#include "server/staff/rules.hpp"
#include "server/staff/store.hpp"

namespace matanai::staff {

class StaffAuthenticator final : public http::Authenticator {
 public:
  // The clock is the real one, never a demo's: moving the office's clock must not sign people out.
  StaffAuthenticator(db::Database& database, const Clock& clock, Cookies cookies)
      : database_(database), clock_(clock), cookies_(cookies) {}

  // Refusals: not_signed_in, password_change_required, unknown_device, storage_unavailable.
  boost::asio::awaitable<Result<http::Identity>> authenticate(const http::Request& request,
                                                              http::Access access) override;

  // Which of these sessions (Identity::session) are over: ended, too old or idle for too long.
  // Refusal: storage_unavailable.
  boost::asio::awaitable<Result<std::set<std::string>>> ended_of(std::set<std::string> sessions);

  // After a session ended or accounts changed: everything is read again.
  void forget_sessions();

 private:
  struct KnownSession {
    Session session;
    Instant read_at{};     // from the database
    Instant seen_at{};     // its latest request
    Instant written_at{};  // the latest that was written
  };
  struct KnownDevice {
    Device device;
    Instant read_at{};
  };

  boost::asio::awaitable<Result<http::Identity>> by_session(std::string token, http::Access access);
  boost::asio::awaitable<Result<http::Identity>> by_key(std::string key);
  boost::asio::awaitable<Result<Session>> load(std::string token_hash);
  boost::asio::awaitable<void> write_seen(std::string token_hash);
  void remember(const Session& session, Instant now);

  db::Database& database_;
  const Clock& clock_;
  Cookies cookies_;
  std::map<std::string, KnownSession> sessions_;  // by token hash
  std::map<std::string, KnownDevice> devices_;    // by key hash
  std::uint64_t generation_ =
      0;  // of sessions_: a read that began before forget_sessions is not kept
};

}  // namespace matanai::staff
