// Offices and booking over HTTP: /api/v1/offices…, holds, reservations (schema/openapi.yaml).
// Validates, then runs one command in one transaction. Handlers run on the network thread, works on
// database threads.
#pragma once

#include <string>

#include "server/booking/outgoing.hpp"
#include "server/booking/proof.hpp"
#include "server/db/database.hpp"
#include "server/db/server_key.hpp"
#include "server/directory/directory.hpp"
#include "server/http/router.hpp"

namespace matanai::booking {

// References outlive the router.
struct BookingServices {
  db::Database& db;
  const directory::Directory& directory;
  const Clock& clock;
  db::ServerKey key;
  std::string public_url{};  // where people reach these pages; empty: links without a host
  OnChange on_change{};      // link listens here
  // New holds per network: 120 at once, 60 a minute, and places up to hold_share (rules.hpp).
  bool limit_rates = true;
  int hold_share = 25;  // per cent of a day's places of an office's group
  ProofLimits proof_limits{};
  db::RandomSource random = db::system_random();
};

void add_routes(http::Router& router, BookingServices services);

}  // namespace matanai::booking
