// The server composed: database, clock, rooms, routes, listener, and what time alone sets off, on
// one network thread.
#pragma once

#include <boost/asio/io_context.hpp>
#include <cstdint>
#include <functional>
#include <memory>

#include "server/config.hpp"
#include "server/db/database.hpp"

namespace matanai {

class ServerProgram {
 public:
  // Opens everything and binds the port. Throws std::exception with one clear sentence. The context
  // has one thread and outlives the program.
  ServerProgram(boost::asio::io_context& network, ServerConfig config);
  ~ServerProgram();
  ServerProgram(const ServerProgram&) = delete;
  ServerProgram& operator=(const ServerProgram&) = delete;

  void start();
  std::uint16_t port() const;
  // Lets running requests finish (≤ 8 s), then calls done on the network thread.
  void stop(std::function<void()> done);
  // What ended the server by itself (storage that cannot be trusted any more); empty otherwise.
  const std::string& fatal() const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

// How the server's database in a data folder is opened.
db::Options database_options(const std::filesystem::path& data,
                             std::function<void(std::string)> on_fatal);

}  // namespace matanai
