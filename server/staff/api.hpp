// Signing in and out over HTTP, for people and devices. Network thread.
#pragma once

#include <functional>
#include <string>
#include <string_view>

#include "server/db/database.hpp"
#include "server/http/router.hpp"
#include "server/staff/authenticator.hpp"
#include "server/staff/password_desk.hpp"
#include "server/staff/rules.hpp"
#include "server/staff/try_limit.hpp"

namespace matanai::staff {

// What the endpoints share. Lives longer than the router and shorter than the io_context and the
// database; the clock is the real one (see StaffAuthenticator). `public_url` decides the cookies:
// https makes them Secure.
struct Services {
  Services(db::Database& the_database, const Clock& the_clock, std::string_view public_url)
      : database(the_database),
        clock(the_clock),
        cookies(public_url),
        authenticator(the_database, the_clock, cookies) {}

  db::Database& database;
  const Clock& clock;
  Cookies cookies;
  StaffAuthenticator authenticator;
  PasswordDesk desk{};
  TryLimit tries{};
  // Called when nobody has the made-up first password any more: the file that holds it can go.
  std::function<void()> on_all_changed{};
};

// /api/v1/staff/session, /api/v1/staff/password, /api/v1/devices/session.
void add_routes(http::Router& router, Services& services);

}  // namespace matanai::staff
