// The floor over HTTP: tickets, check-ins, boards, the clerk's commands, events and waits. Network
// thread.
#pragma once

#include "server/db/database.hpp"
#include "server/floor/context.hpp"
#include "server/floor/publisher.hpp"
#include "server/http/router.hpp"

namespace matanai::floor {

struct Services {
  db::Database& database;
  const Context& context;
  Publisher& publisher;
  bool is_demo = false;  // pages say so
};

// All of `services` outlives the router.
void add_routes(http::Router& router, const Services& services);

}  // namespace matanai::floor
