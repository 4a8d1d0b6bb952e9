// Signing in and out over HTTP, for people and devices. Network thread.
#pragma once

#include <functional>
#include <string>
#include <string_view>

#include "server/db/database.hpp"
#include "server/http/router.hpp"
#include "server/staff/authenticator.hpp"
#include "server/staff/first_passwords.hpp"
#include "server/staff/password_desk.hpp"
#include "server/staff/rules.hpp"
#include "server/staff/try_limit.hpp"

namespace matanai::staff {

// What the endpoints share. Lives longer than the router and shorter than the io_context and the
// database; the clock is the real one (see StaffAuthenticator). `public_url` decides the cookies:
// https makes them Secure.
struct Services {
  Services(db::Database& the_database, const Clock& the_clock, std::string_view public_url,
           FirstPasswords the_first_passwords)
      : database(the_database),
        clock(the_clock),
        cookies(public_url),
        first_passwords(std::move(the_first_passwords)),
        authenticator(the_database, the_clock, cookies) {}

  db::Database& database;
  const Clock& clock;
  Cookies cookies;
  FirstPasswords first_passwords;
  StaffAuthenticator authenticator;
  PasswordDesk desk{};
  TryLimit tries{};
  // Called after sessions ended before their time: live sockets of theirs can go.
  std::function<void()> on_sessions_ended{};

  void sessions_ended() {
    authenticator.forget_sessions();
    if (on_sessions_ended) on_sessions_ended();
  }
};

// /api/v1/staff/session, /api/v1/staff/password, /api/v1/devices/session.
void add_routes(http::Router& router, Services& services);

}  // namespace matanai::staff
