// Keeps the estimates of open offices young: after a change at most every 200 ms per office and
// never for more than a twentieth of a core, so that a crowd of hundreds is looked at less often;
// without a change every ten seconds, as time passes. Network thread only.
#pragma once

#include <boost/asio/io_context.hpp>
#include <functional>
#include <memory>

#include "server/db/database.hpp"
#include "server/floor/context.hpp"

namespace matanai::floor {

class EstimateLoop {
 public:
  // `on_news`: what an office's people are told has changed. All outlive the loop.
  EstimateLoop(boost::asio::io_context& network, db::Database& database, const Context& context,
               std::function<void(const OfficeId&)> on_news);
  ~EstimateLoop();
  // Something of the office changed.
  void changed(const OfficeId& office);
  // Looks at every office once and begins the ten seconds' tick; ends with stop().
  void start();
  void stop();

 private:
  struct State;
  std::shared_ptr<State> state_;
};

}  // namespace matanai::floor
