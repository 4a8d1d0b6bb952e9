// Pushes boards to screens after a commit: at once when nothing was pushed in the last 20 ms, else
// together with what comes within that time; and once a minute, since clocks and opening hours move
// too. Network thread only.
#pragma once

#include <boost/asio/io_context.hpp>
#include <functional>
#include <memory>
#include <string>

#include "server/db/database.hpp"
#include "server/floor/context.hpp"
#include "server/http/hub.hpp"

namespace matanai::floor {

std::string board_topic(const OfficeId& office);
std::string floor_topic(const OfficeId& office);

class Publisher {
 public:
  // All outlive the publisher. `epoch` names this run of the server.
  Publisher(boost::asio::io_context& network, db::Database& database, http::Hub& hub,
            const Context& context, std::string epoch);
  ~Publisher();
  // Something of the office changed: read it again and push it, and tell on_change.
  void changed(const OfficeId& office);
  // The same without telling: what others made of a change.
  void push(const OfficeId& office);
  void on_change(std::function<void(const OfficeId&)> listener);
  // Starts the minute's tick; ends with stop().
  void start();
  void stop();
  const std::string& epoch() const;
  std::int64_t next_seq();

 private:
  struct State;
  std::shared_ptr<State> state_;
};

}  // namespace matanai::floor
